"""An answer can be taken away again, by hand and with the keyboard, and it stays away."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.browser.client import Client
from tests.browser.conftest import OpenBrowser
from tests.browser.pages import CANNOT_JUDGE, EXAMPLE, Guest, Respondent, Supervisor, sheet
from tests.browser.server import Server, somebody
from tests.browser.words import Words
from tests.forms import Form
from tests.waiting import wait_until
from zetwpo.accounts.actors import Role
from zetwpo.library.questionnaires import Statement

WORDS = Words("nl")
FILLED = sheet(Form.SELF, "1 2 3 4 5  - - -  - -  - - - - -  - - - -")
WITHOUT_SECOND = {key: value for key, value in FILLED.stored.items() if value != 2}
TEXT = "Een les over vissen"
FOCUSED = "[document.activeElement.name, document.activeElement.value]"
IS_CHOSEN = "input => getComputedStyle(input.nextElementSibling).backgroundColor"


@dataclass
class Stage:
    """Somebody with a scan in which the first part is filled in."""

    server: Server
    open_browser: OpenBrowser
    me: Supervisor
    client: Client
    scan: str

    def again(self, **device: object) -> Supervisor:
        """The same person in another browser, at the same part."""
        page = self.open_browser(self.server, signed_in=self.client, **device)
        page.goto(f"{self.scan}/part/1")
        return Supervisor(page, WORDS, self.me.person, self.me.mailbox)

    def stores(self, answers: dict[str, int | None]) -> None:
        """Expect these answers, sooner or later."""
        wait_until(lambda: self.server.answers_of(self.me.person) == answers)


StartStage = Callable[..., Stage]


@pytest.fixture
def start(server: Server, open_browser: OpenBrowser) -> StartStage:
    """Open the first part, as it was filled in, on a device."""

    def started(**device: object) -> Stage:
        person = server.add_person(somebody("Ans Vos"), Role.SUPERVISOR)
        client = Client(server)
        client.sign_in(person)
        scan = client.start_scan()
        client.fill_in(scan, FILLED)
        page = open_browser(server, signed_in=client, **device)
        me = Supervisor(page, WORDS, person, server.mailbox)
        me.open(f"{scan}/part/1")
        return Stage(server, open_browser, me, client, scan)

    return started


def second(someone: Respondent) -> Statement:
    """The statement that is left open here."""
    return someone.form.parts[0].statements[1]


def leave_open(someone: Respondent) -> None:
    """Press the button for it."""
    name = WORDS("Leave open")
    someone.statement(second(someone)).get_by_role("button", name=name, exact=True).click()


def is_open(someone: Respondent) -> None:
    """Expect no answer, and no button to take it away."""
    shown = someone.statement(second(someone))
    expect(shown.get_by_role("radio", checked=True)).to_have_count(0)
    expect(shown.get_by_role("button")).to_have_count(0)


def test_the_button_takes_it_away_and_the_page_saves_that(start: StartStage) -> None:
    stage = start()
    me = stage.me
    leave_open(me)
    is_open(me)
    # Where the answer was, so that one can choose another at once.
    assert me.page.evaluate(FOCUSED) == [f"statement-{second(me).key}", "2"]
    stage.stores(WITHOUT_SECOND)
    answered = WORDS("%(done)s of the %(all)s answered", done=4, all=19)
    expect(me.page.locator(".progress")).to_contain_text(answered)
    expect(me.page).to_have_title(re.compile(answered))
    expect(me.page.locator("main progress")).to_have_js_property("value", 4)
    me.page.keyboard.press("ArrowRight")
    stage.stores(FILLED.stored | {second(me).key: 3})
    expect(me.page.locator("main progress")).to_have_js_property("value", 5)


@pytest.mark.parametrize("key", ["Delete", "Backspace"])
def test_a_key_takes_it_away(start: StartStage, key: str) -> None:
    stage = start()
    stage.me.point(second(stage.me), "2").focus()
    stage.me.page.keyboard.press(key)
    is_open(stage.me)
    stage.stores(WITHOUT_SECOND)


def test_the_button_is_a_stop_of_the_keyboard(start: StartStage) -> None:
    stage = start()
    stage.me.point(second(stage.me), "2").focus()
    stage.me.page.keyboard.press("Tab")
    stage.me.page.keyboard.press("Enter")
    is_open(stage.me)
    stage.stores(WITHOUT_SECOND)


@pytest.mark.parametrize("has_script", [True, False])
def test_enter_on_a_point_goes_on_and_takes_nothing_away(
    start: StartStage, has_script: bool
) -> None:
    stage = start(java_script_enabled=has_script)
    stage.me.point(second(stage.me), "2").press("Enter")
    stage.me.is_at_part(2)
    assert stage.server.answers_of(stage.me.person) == FILLED.stored


def test_without_a_script_it_saves_what_was_typed_and_comes_back_to_the_statement(
    start: StartStage,
) -> None:
    stage = start(java_script_enabled=False)
    me = stage.me
    me.question(EXAMPLE, me.form.parts[0]).fill(TEXT)
    leave_open(me)
    me.arrives(f"/part/1#at-{second(me).key}")
    is_open(me)
    expect(me.statement(second(me))).to_be_focused()
    expect(me.statement(second(me))).to_be_in_viewport(ratio=1)
    expect(me.question(EXAMPLE, me.form.parts[0])).to_have_value(TEXT)
    assert stage.server.answers_of(me.person) == WITHOUT_SECOND


def test_without_a_connection_it_comes_back_after_another_page(start: StartStage) -> None:
    stage = start()
    me = stage.me
    # The last save of a page that is left, too.
    me.page.evaluate("() => { window.fetch = () => Promise.reject(new Error()) }")
    leave_open(me)
    me.is_not_saved()
    me.page.on("dialog", lambda dialog: dialog.accept())
    me.go_to_start()
    assert stage.server.answers_of(me.person) == FILLED.stored
    me.page.go_back()
    me.is_at_part(1)
    is_open(me)
    me.is_saved()
    stage.stores(WITHOUT_SECOND)
    me.page.reload()
    is_open(me)


def test_another_answer_on_another_device_is_a_choice(start: StartStage) -> None:
    stage = start()
    me, phone = stage.me, stage.again()
    phone.point(second(phone), "7").check()
    stage.stores(FILLED.stored | {second(me).key: 7})
    leave_open(me)
    expect(me.status).to_contain_text(WORDS("Changed on another device. Save to choose."))
    me.save(1)
    me.is_refused()
    is_open(me)
    assert stage.server.answers_of(me.person)[second(me).key] == 7
    me.save(1)
    me.is_at_part(2)
    assert stage.server.answers_of(me.person) == WITHOUT_SECOND


def test_a_point_chosen_instead_is_one_too(start: StartStage) -> None:
    stage = start()
    me, phone = stage.me, stage.again()
    phone.point(second(phone), "7").check()
    stage.stores(FILLED.stored | {second(me).key: 7})
    leave_open(me)
    me.is_not_saved()
    me.save(1)
    me.is_refused()
    me.point(second(me), "3").check()
    stage.stores(FILLED.stored | {second(me).key: 3})
    leave_open(me)
    stage.stores(WITHOUT_SECOND)


def test_what_was_taken_away_in_another_tab_is_a_change(start: StartStage) -> None:
    stage = start()
    me, other = stage.me, stage.again()
    leave_open(me)
    stage.stores(WITHOUT_SECOND)
    # Nobody touched it there.
    first = other.form.parts[0].statements[0]
    other.point(first, "7").check()
    stage.stores(WITHOUT_SECOND | {first.key: 7})
    other.point(second(other), "6").check()
    expect(other.status).to_contain_text(WORDS("Changed on another device. Save to choose."))
    assert second(me).key not in stage.server.answers_of(me.person)
    other.save(1)
    other.is_refused()
    other.save(1)
    other.is_at_part(2)
    assert stage.server.answers_of(me.person)[second(me).key] == 6


def test_cannot_judge_is_taken_away_as_well(start: StartStage) -> None:
    stage = start()
    student = somebody("Bo de Wit")
    link = stage.client.ask(stage.scan, "student", student, "nl")
    page = stage.open_browser(stage.server)
    guest = Guest(page, WORDS, Form.STUDENT, student, stage.me.person)
    guest.open(f"{link}/part/1")
    guest.point(second(guest), CANNOT_JUDGE).check()
    answered = page.locator("[data-answered]")
    expect(answered).to_have_text(WORDS("%(done)s of the %(all)s answered", done=1, all=18))
    leave_open(guest)
    expect(answered).to_have_text(WORDS("%(done)s of the %(all)s answered", done=0, all=18))
    page.reload()
    is_open(guest)


def test_going_on_arrives_at_the_first_open_statement(start: StartStage) -> None:
    stage = start()
    me = stage.me
    leave_open(me)
    stage.stores(WITHOUT_SECOND)
    me.go_to_start()
    me.follow("Go on")
    me.arrives(f"/part/1#at-{second(me).key}")
    expect(me.statement(second(me))).to_be_focused()
    expect(me.statement(second(me))).to_be_in_viewport(ratio=1)
    me.page.keyboard.press("Tab")
    assert me.page.evaluate(FOCUSED) == [f"statement-{second(me).key}", "1"]


def test_a_browser_without_has_shows_the_chosen_point_and_the_focus(start: StartStage) -> None:
    stage = start()
    me = stage.me

    def without_has(text: str) -> str:
        return text.replace(":has(", ":unheard-of(")

    me.page.route(
        "**/part/1",
        lambda route: route.fulfill(
            response=(answer := route.fetch()), body=without_has(answer.text())
        ),
    )
    me.page.reload()
    assert not me.page.evaluate(
        "[...document.styleSheets[0].cssRules].some(x => /:has\\(/.test(x.cssText))"
    )
    chosen, other = me.point(second(me), "2"), me.point(second(me), "3")
    assert chosen.evaluate(IS_CHOSEN) != other.evaluate(IS_CHOSEN)
    me.page.keyboard.press("Tab")
    chosen.focus()
    outline = "input => getComputedStyle(input.nextElementSibling).outlineStyle"
    assert (chosen.evaluate(outline), other.evaluate(outline)) == ("solid", "none")
    other.check()
    assert chosen.evaluate(IS_CHOSEN) != other.evaluate(IS_CHOSEN)
    # It works there as well, for it is always in sight.
    leave_open(me)
    expect(me.statement(second(me)).get_by_role("radio", checked=True)).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_show_the_chosen_point_and_the_focus_apart(
    start: StartStage, scheme: str
) -> None:
    stage = start(forced_colors="active", color_scheme=scheme)
    me = stage.me
    chosen, other = me.point(second(me), "2"), me.point(second(me), "3")
    style = """input => {
      const { backgroundColor, color, outlineColor, outlineStyle, outlineOffset } =
        getComputedStyle(input.nextElementSibling);
      return { backgroundColor, color, outlineColor, outlineStyle, outlineOffset };
    }"""
    canvas = me.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert chosen.evaluate(style)["backgroundColor"] != canvas
    assert chosen.evaluate(style)["backgroundColor"] != chosen.evaluate(style)["color"]
    chosen.focus()
    focused = chosen.evaluate(style)
    assert (focused["outlineStyle"], focused["outlineOffset"]) == ("solid", "2px")
    # As words do, whatever colours somebody chose.
    assert focused["outlineColor"] == me.page.evaluate("getComputedStyle(document.body).color")
    assert other.evaluate(style)["outlineStyle"] == "none"
