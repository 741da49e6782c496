"""From the result to the start page: two things are taken along, and a question rests on them."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Dialog, Locator, expect

from tests.browser.client import Client
from tests.browser.conftest import LAPTOP, PHONE, CheckPage, OpenBrowser
from tests.browser.pages import FEED_FORWARD, Supervisor, sheet
from tests.browser.server import Person, Server, somebody
from tests.browser.words import QUESTIONNAIRE, Words
from tests.forms import Form
from zetwpo.accounts.actors import Role
from zetwpo.i18n import Language

LONG_NAME = "Maximiliaan-Alexander van der Hoeven-Zonnevelden"
AXIS = "gatekeeper"
TIP = "Zeg me eerder waar ik sta, „ook als het nog niet genoeg is” 🌱."
STRONGEST = "relationship"
FIRST, SAVED = "Hoe zeg ik het eerder?", "Waarom wacht ik tot het echt moet?"
OWN = sheet(Form.SELF, "7 4 4 4 4  4 4 4  4 4  4 4 4 4 4  4 4 4 4")


@dataclass(frozen=True)
class Signed:
    """A supervisor who is signed in."""

    person: Person
    client: Client


@pytest.fixture
def lena(server: Server) -> Signed:
    """A supervisor with whom a student shared one tip."""
    lena = server.add_person(somebody("Lena Pauw"), Role.SUPERVISOR)
    client = Client(server)
    client.sign_in(lena)
    scan = client.start_scan()
    form = client.ask(scan, "student", somebody(LONG_NAME), "nl")
    marks = " ".join("7" if number == 0 else "4" for number in range(_statements()))
    student = Client(server)
    student.fill_in(form, sheet(Form.STUDENT, marks, {(FEED_FORWARD, AXIS): TIP}))
    student.share(form)
    client.fill_in(scan, OWN)
    client.submit(scan)
    return Signed(lena, client)


def _statements() -> int:
    return len(QUESTIONNAIRE.forms[Form.STUDENT].statements)


def at_result(
    server: Server, open_browser: OpenBrowser, lena: Signed, language: Language, **options: Any
) -> Supervisor:
    """The supervisor, who looks at the result."""
    lena.client.speak(language)
    page = open_browser(server, language, signed_in=lena.client, **options)
    me = Supervisor(page, Words(language), lena.person, server.mailbox)
    me.open("/start")
    me.follow("See the result")
    me.arrives("/result")
    return me


def take(me: Supervisor, kind: str, key: str) -> None:
    """Press the button of one thing on the result."""
    me.page.locator(thing(kind, key)).get_by_role("button").click()
    me.arrives("/learning-question")


def thing(kind: str, key: str) -> str:
    fields = "".join(
        f':has(input[name="{name}"][value="{value}"])'
        for name, value in (("kind", kind), ("key", key))
    )
    return f"form.take-along{fields}"


def rests_on(me: Supervisor) -> Locator:
    """What stands beside the text."""
    return me.page.locator(".rests-on li")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_taken_along_stays_with_the_question(
    server: Server, open_browser: OpenBrowser, lena: Signed, language: Language
) -> None:
    me = at_result(server, open_browser, lena, language, viewport=PHONE)
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    me.page.on("dialog", leave)
    take(me, "tip", AXIS)
    expect(me.page.locator(f'input[name="axis"][value="{AXIS}"]')).to_be_checked()
    me.page.go_back()
    me.arrives("/result")
    expect(me.page.locator(thing("tip", AXIS)).get_by_role("button")).to_have_accessible_name(
        # With what tells it apart.
        re.compile(f"^{me.words('Leave out')}.+")
    )
    take(me, "strength", STRONGEST)
    expect(rests_on(me)).to_have_count(2)
    expect(rests_on(me).first.locator("blockquote")).to_have_text(TIP)
    expect(rests_on(me).last).to_contain_text(name_of(me, STRONGEST))
    # It belongs to another part; the one that was chosen stays.
    expect(me.page.locator(f'input[name="axis"][value="{AXIS}"]')).to_be_checked()

    me.page.locator("main textarea").press_sequentially(FIRST)
    expect(me.page.locator("[role=status].saved")).to_contain_text(
        me.words("Kept as a draft at %(time)s", time="")
    )
    me.go_to_start()
    me.follow("Go on writing")
    expect(me.page.locator("main textarea")).to_have_value(FIRST)
    expect(rests_on(me)).to_have_count(2)
    me.write("text", SAVED)
    me.press("Save my question")
    expect(me.page.locator(".versions > li > blockquote")).to_have_text([SAVED])
    me.go_to_start()
    expect(me.page.locator(".question blockquote")).to_have_text(SAVED)
    assert asked == []


def test_it_works_without_a_script(server: Server, open_browser: OpenBrowser, lena: Signed) -> None:
    me = at_result(server, open_browser, lena, "nl", java_script_enabled=False)
    take(me, "strength", STRONGEST)
    me.follow("Look at the result again")
    take(me, "tip", AXIS)
    expect(rests_on(me)).to_have_count(2)
    rests_on(me).first.get_by_role("button").click()
    me.arrives("/learning-question")
    expect(rests_on(me)).to_have_count(1)
    me.choose("axis", AXIS)
    me.write("text", SAVED)
    me.press("Save my question")
    me.go_to_start()
    expect(me.page.locator(".question blockquote")).to_have_text(SAVED)


def test_the_line_about_saving_lies_over_nothing(
    server: Server, open_browser: OpenBrowser, lena: Signed
) -> None:
    me = at_result(server, open_browser, lena, "nl", viewport=LAPTOP)
    take(me, "tip", AXIS)
    me.page.locator("main textarea").press_sequentially(FIRST)
    line = me.page.locator("[role=status].saved")
    expect(line).to_contain_text(me.words("Kept as a draft at %(time)s", time=""))
    for height in (500, 800):
        me.page.set_viewport_size({"width": LAPTOP["width"], "height": height})
        for top in (0, 150, 300):
            me.page.evaluate("(top) => scrollTo(0, top)", top)
            assert me.page.evaluate(OVERLAID) == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_pages_with_what_a_question_rests_on_fit_everywhere(
    server: Server,
    open_browser: OpenBrowser,
    check_page: CheckPage,
    lena: Signed,
    language: Language,
) -> None:
    me = at_result(server, open_browser, lena, language)
    for kind, key in (("tip", AXIS), ("strength", STRONGEST)):
        me.open("/start")
        me.page.locator("main a[href$='/result']").first.click()
        take(me, kind, key)
    check_page(me.page)
    me.write("text", FIRST)
    me.press("Save my question")
    me.page.locator(".versions summary").click()
    check_page(me.page)
    again = lena.client.start_scan()
    me.open("/start")
    expect(me.page.locator(".question")).to_be_visible()
    check_page(me.page)
    lena.client.fill_in(again, OWN)
    lena.client.submit(again)
    me.open(f"{again}/learning-question")
    expect(me.page.locator(".until-now")).to_be_visible()
    check_page(me.page)


# What stands in the form of a question and has the line about saving over it.
OVERLAID = """() => {
  const line = document.querySelector(".saved").getBoundingClientRect();
  return [...document.querySelectorAll(".writing form.card > :not(.saved, [type=hidden])")]
    .filter((each) => {
      const box = each.getBoundingClientRect();
      return box.bottom > line.top + 1 && box.top < line.bottom - 1;
    })
    .map((each) => each.textContent.trim());
}"""


def name_of(me: Supervisor, behaviour: str) -> str:
    [found] = [each for each in QUESTIONNAIRE.behaviours if each.key == behaviour]
    return me.words.of(found.name)
