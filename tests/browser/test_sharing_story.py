"""A supervisor shares their own view and their question with a colleague, and stops."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.client import Client
from tests.browser.conftest import LAPTOP, PHONE, CheckPage, OpenBrowser
from tests.browser.pages import EXAMPLE, FEED_FORWARD, Visitor, sheet
from tests.browser.server import Person, Server, somebody
from tests.browser.words import QUESTIONNAIRE, Words
from tests.forms import Form
from zetwpo.accounts.actors import Role
from zetwpo.i18n import LANGUAGES, Language

EXAMPLE_WORDS = "Op maandag stelt mijn student eerst zelf een doel."
TIP, QUESTION = "Vraag wat vaker door.", "Hoe laat ik mijn student eerst denken?"
OWN = sheet(
    Form.SELF,
    "6 5 4 5 5  3 4 5  2 2  5 6 5 6 6  4 4 4 4",
    {(EXAMPLE, "pedagogical"): EXAMPLE_WORDS},
)
STUDENT = sheet(
    Form.STUDENT, "7 6 x 6 5  6 6 6 6  x x  6 5 6 7 6  - 4", {(FEED_FORWARD, "pedagogical"): TIP}
)
STUDENT_NAME = "Noor Bakker"
pytestmark = pytest.mark.parametrize("language", LANGUAGES)


def account(server: Server, name: str, language: Language, *roles: Role) -> tuple[Person, Client]:
    """Somebody with an account, and a browser of theirs in which they are signed in."""
    person = server.add_person(somebody(name), *roles)
    client = Client(server)
    client.sign_in(person)
    client.speak(language)
    return person, client


def scan_with_feedback(server: Server, client: Client, language: Language) -> str:
    """A finished scan with a student's feedback, and a question that rests on it."""
    scan = client.start_scan()
    client.fill_in(scan, OWN)
    client.submit(scan)
    student = Client(server)
    form = client.ask(scan, "student", somebody(STUDENT_NAME), language)
    student.fill_in(form, STUDENT)
    student.share(form)
    client.write_question(scan, "pedagogical", QUESTION)
    return scan


class Colleague(Visitor):
    """Somebody who shares, or who reads what is shared."""

    def share(self, name: str, own_page: str, link: str, part: str = "") -> None:
        """From an own page, with whoever is found by this name."""
        self.open(own_page)
        self.follow(link)
        self.write("name", name)
        self.press("Search")
        self.page.locator('input[name="to"]').first.check()
        if part:
            self.choose("part", part)
        self.press("Share")
        expect(self.page.get_by_role("status").first).to_be_visible()

    def stop_sharing(self) -> None:
        """With the first one of the list."""
        words = re.compile(rf"^{re.escape(self.words('Stop sharing'))}")
        self.page.get_by_role("button", name=words).first.click()
        expect(self.page.get_by_role("status").first).to_be_visible()


@pytest.mark.parametrize("seen", [{"viewport": PHONE}, {"viewport": LAPTOP}], ids=["390", "1280"])
def test_what_is_shared_is_read_until_it_is_not_shared_any_more(
    server: Server,
    open_browser: OpenBrowser,
    check_page: CheckPage,
    language: Language,
    seen: dict[str, Any],
) -> None:
    # A name of its own for each run, as the server is the same one.
    els_name = f"Els {language} {seen['viewport']['width']}"
    els, els_client = account(server, els_name, language, Role.SCHOOL_TRAINER)
    _ans, ans_client = account(server, "Ans Vos", language, Role.SUPERVISOR)
    scan = scan_with_feedback(server, ans_client, language)
    me = Colleague(open_browser(server, language, ans_client, **seen), Words(language))
    reader = Colleague(open_browser(server, language, els_client, **seen), Words(language))

    def look(visitor: Visitor) -> None:
        # That is at every width already.
        if seen["viewport"] == PHONE:
            check_page(visitor.page)

    me.open(f"{scan}/result")
    me.follow("Share your own view")
    look(me)
    me.write("name", els_name)
    me.press("Search")
    me.press("Share")
    me.is_refused()
    look(me)
    me.share(els_name, f"{scan}/result", "Share your own view")
    me.reads(els_name)
    look(me)
    me.share(els_name, f"{scan}/result", "Share your own view", "pedagogical")
    me.share(els_name, f"{scan}/learning-question", "Share your question")
    letters = [server.mailbox.take(els.email) for _letter in range(3)]
    for letter in letters:
        assert "Ans Vos" in letter.subject
        assert EXAMPLE_WORDS not in letter.text
        assert QUESTION not in letter.text

    reader.open("/start")
    reader.follow("See what is shared with you")
    look(reader)
    links = [each.get_attribute("href") for each in reader.page.locator("main li a").all()]
    assert len(links) == 3
    for link in links:
        assert link
        reader.open(link)
        expect(reader.page.locator("#readers")).to_contain_text("Ans Vos")
        for word in (STUDENT_NAME, TIP):
            expect(reader.page.get_by_text(word)).to_have_count(0)
        look(reader)

    # The tab of the reader stays open while each is taken back.
    for path in (f"{scan}/learning-question", f"{scan}/result", f"{scan}/result"):
        me.open(path)
        me.stop_sharing()
    expect(me.page.locator("main ul.people")).to_have_count(0)
    reader.page.reload()
    expect(reader.page.get_by_text("Ans Vos")).to_have_count(0)
    reader.open("/shared")
    expect(reader.page.locator("main li a")).to_have_count(0)
    look(reader)


def test_one_shares_and_stops_with_the_keyboard_alone(
    server: Server, open_browser: OpenBrowser, language: Language
) -> None:
    els_name = {"nl": "Elske Visser", "en": "Bram Dekker"}[language]
    account(server, els_name, language, Role.FACILITATOR)
    _ans, client = account(server, "Ans Vos", language, Role.SUPERVISOR)
    scan = scan_with_feedback(server, client, language)
    me = Colleague(open_browser(server, language, client, viewport=LAPTOP), Words(language))
    me.open(f"/sharing/scan/{scan.rpartition('/')[2]}")
    page, press = me.page, me.page.keyboard.press

    def tab_to(selector: str) -> None:
        for _stop in range(30):
            press("Tab")
            if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"the keyboard does not reach {selector}")

    tab_to("input[name=name]")
    page.keyboard.type(els_name)
    press("Enter")
    expect(page.locator('input[name="to"]')).to_have_count(1)
    tab_to("input[name=to]")
    press("Space")
    tab_to("input[name=part]")
    for _part in QUESTIONNAIRE.axes[:1]:
        press("ArrowDown")
    tab_to("form[method=post] button.button")
    press("Enter")
    me.reads(els_name)
    expect(page.locator("main ul.people li")).to_have_count(1)
    me.reads(me.words.of(QUESTIONNAIRE.axes[0].title))
    tab_to("ul.people button")
    press("Enter")
    expect(page.locator("main ul.people")).to_have_count(0)
