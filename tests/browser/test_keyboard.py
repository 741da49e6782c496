"""From signing in to a learning question with the keyboard alone; one always sees where one is."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.checks import FOCUS
from tests.browser.client import Client
from tests.browser.conftest import LAPTOP, OpenBrowser
from tests.browser.pages import (
    CANNOT_JUDGE,
    EXAMPLE,
    FEED_FORWARD,
    Guest,
    Respondent,
    Sheet,
    Supervisor,
    sheet,
)
from tests.browser.server import Server, somebody
from tests.browser.words import Words
from tests.forms import Form
from zetwpo.accounts.actors import Role
from zetwpo.library.rules import HIGHEST

FILLED = sheet(
    Form.SELF,
    "1 2 3 4 5  6 7 1  2 3  4 5 6 7 1  2 3 4 5",
    {(EXAMPLE, "gatekeeper"): "Ik vraag eerst hoe het ging."},
)
FEEDBACK = sheet(
    Form.STUDENT,
    "7 6 x 6 5  6 6 6 6  x x  6 5 6 7 6  1 4",
    {(FEED_FORWARD, "pedagogical"): "Zeg halverwege waar ik sta."},
)
QUESTION = "Hoe vraag ik door?"
WORDS = Words("nl")
# A page does not have more stops than this before the one that is meant.
MOST_STOPS = 40

# What has the focus.
FOCUSED = f"""() => {{
  const field = document.activeElement;
  return {{
    html: field.outerHTML.slice(0, 200),
    words: field.innerText ?? "",
    name: field.name ?? "",
    href: field.getAttribute("href") ?? "",
    ...({FOCUS})(field),
  }};
}}"""


class Typist(Respondent):
    """Somebody without a mouse."""

    def tab_to(self, is_meant: Callable[[dict[str, str]], bool]) -> None:
        """Press Tab until the focus is there, and expect to see it at every stop."""
        for _stop in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            focus = self.page.evaluate(FOCUSED)
            assert focus["isOutlined"], focus
            assert focus["isInside"], focus
            assert not focus["isCovered"], focus
            if is_meant(focus):
                return
        raise AssertionError(f"the keyboard does not get there, but to {focus}")

    def enter(self, label: str, **values: object) -> None:
        """Go to the button or link with this name, and press Enter."""
        name = self.words(label, **values)
        self.tab_to(lambda focus: focus["words"].strip() == name)
        self.leaves_by_pressing("Enter")

    def leaves_by_pressing(self, key: str) -> None:
        """Press a key that leads to the next page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def type_in(self, name: str, text: str) -> None:
        """Go to a field and type."""
        self.tab_to(lambda focus: focus["name"] == name)
        self.page.keyboard.type(text)

    def pick(self, name: str) -> None:
        """Go to a group of radio buttons, and choose the first."""
        self.tab_to(lambda focus: focus["name"] == name)
        self.page.keyboard.press("Space")

    def fill_in_part(self, number: int, filled: Sheet) -> None:
        """Choose with the arrows, as in any group of radio buttons, and type the texts."""
        part = self.form.parts[number - 1]
        self.is_at_part(number)
        for statement in part.statements:
            self.pick(f"statement-{statement.key}")
            mark = filled.marks[statement.key]
            for _step in range(HIGHEST if mark == CANNOT_JUDGE else int(mark) - 1):
                self.page.keyboard.press("ArrowRight")
        for (kind, axis), text in filled.texts.items():
            if axis == part.axis:
                self.type_in(f"text-{kind}-{axis}", text)

    def fill_in_form(self, filled: Sheet) -> None:
        """All parts, with the button below each."""
        for number in range(1, 6):
            self.fill_in_part(number, filled)
            self.enter("Save and check everything" if number == 5 else "Save and continue")
        self.sees_overview(filled)


class TypingSupervisor(Typist, Supervisor):
    """A supervisor without a mouse."""


class TypingGuest(Typist, Guest):
    """Somebody who was asked, without a mouse."""


def test_from_signing_in_to_a_learning_question(server: Server, open_browser: OpenBrowser) -> None:
    person = server.add_person(somebody("Ans Vos"), Role.SUPERVISOR)
    ans = TypingSupervisor(open_browser(server, viewport=LAPTOP), WORDS, person, server.mailbox)
    ans.open("/")
    ans.enter("Sign in")
    ans.type_in("email", person.email)
    ans.leaves_by_pressing("Enter")
    ans.type_in("code", server.mailbox.take(person.email).code)
    ans.leaves_by_pressing("Enter")
    ans.enter("Start the self-scan")
    ans.fill_in_form(FILLED)
    ans.enter("Finish my self-scan")
    ans.has_finished()
    ans.enter("See the result")
    ans.arrives("/result")
    assert server.answers_of(person) == FILLED.stored

    ans.enter("Draft your learning question")
    ans.pick("axis")
    ans.type_in("text", QUESTION)
    ans.enter("Save my question")
    expect(ans.page.locator(".versions blockquote")).to_have_text(QUESTION)


def test_asking_for_and_giving_feedback(server: Server, open_browser: OpenBrowser) -> None:
    person = server.add_person(somebody("Ans Vos"), Role.SUPERVISOR)
    client = Client(server)
    client.sign_in(person)
    page = open_browser(server, viewport=LAPTOP, signed_in=client)
    ans = TypingSupervisor(page, WORDS, person, server.mailbox)
    student = somebody("Bo de Wit")
    ans.open(f"{client.start_scan()}/feedback")
    ans.pick("role")
    ans.type_in("name", student.name)
    ans.type_in("email", student.email)
    ans.enter("Send the request")
    expect(ans.asked(student)).to_be_visible()

    page = open_browser(server, viewport=LAPTOP)
    bo = TypingGuest(page, WORDS, Form.STUDENT, student, person)
    bo.open(server.mailbox.take(student.email).link)
    bo.enter("Start")
    bo.fill_in_form(FEEDBACK)
    bo.enter("Share with %(supervisor)s now", supervisor=person.name)
    bo.has_shared()
