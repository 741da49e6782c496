"""Nothing typed is lost, whatever happens in the middle of a part."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Route, expect

from tests.browser.client import Client
from tests.browser.conftest import OpenBrowser
from tests.browser.pages import EXAMPLE, FEED_FORWARD, Guest, Supervisor, sheet
from tests.browser.server import Server, somebody
from tests.browser.words import Words
from tests.forms import Form
from tests.waiting import wait_until
from zetwpo.accounts.actors import Role

WORDS = Words("nl")
TEXT = "Een les over vissen, met een „aanhaling” & <b>meer</b> 🐟"
FILLED = sheet(
    Form.SELF, "1 2 3 4 5  - - -  - -  - - - - -  - - - -", {(EXAMPLE, "pedagogical"): TEXT}
)

StartScan = Callable[[Server], Supervisor]


@pytest.fixture
def start_scan(open_browser: OpenBrowser) -> StartScan:
    """Somebody who just began with the first part."""

    def started(server: Server) -> Supervisor:
        person = server.add_person(somebody("Ans Vos"), Role.SUPERVISOR)
        client = Client(server)
        client.sign_in(person)
        scan = client.start_scan()
        page = open_browser(server, signed_in=client)
        page.goto(f"{scan}/part/1")
        return Supervisor(page, WORDS, person, server.mailbox)

    return started


def test_a_session_ran_out(server: Server, start_scan: StartScan) -> None:
    me = start_scan(server)
    server.sign_out(me.person)
    me.fill_in(1, FILLED)
    me.is_not_saved()
    me.save(1)
    me.gets_back(TEXT)
    assert server.answers_of(me.person) == {}

    me.sign_in_beside()
    me.press("Send it again")
    is_stored(me, server)


def test_a_session_ran_out_and_the_form_goes_on(server: Server, start_scan: StartScan) -> None:
    """What could not be saved goes along with the next save; no word of "saved" hides it."""
    me = start_scan(server)
    first, second, *_rest = me.form.parts[0].statements
    server.sign_out(me.person)
    me.point(first, "3").check()
    me.is_not_saved()
    me.in_another_tab().sign_in_by_link()
    me.point(second, "4").check()
    me.is_saved()
    assert server.answers_of(me.person) == {first.key: 3, second.key: 4}


def test_a_session_and_its_cookies_are_gone(server: Server, start_scan: StartScan) -> None:
    me = start_scan(server)
    me.fill_in(1, FILLED)
    me.page.context.clear_cookies()
    me.save(1)
    me.gets_back(TEXT)
    me.sign_in_beside()
    me.press("Send it again")
    is_stored(me, server)


def test_the_cookies_of_somebody_with_a_link_are_gone(
    server: Server, start_scan: StartScan, open_browser: OpenBrowser
) -> None:
    supervisor = start_scan(server)
    student = somebody("Bo de Wit")
    client = Client(server)
    client.sign_in(supervisor.person)
    link = client.ask(client.start_scan(), "student", student, "nl")
    guest = Guest(open_browser(server), WORDS, Form.STUDENT, student, supervisor.person)
    guest.open(f"{link}/part/1")
    filled = sheet(
        Form.STUDENT,
        "1 x 3 4 5  - - - -  - -  - - - - -  - -",
        {(FEED_FORWARD, "pedagogical"): TEXT},
    )
    guest.fill_in(1, filled)
    guest.page.context.clear_cookies()
    guest.save(1)
    guest.gets_back(TEXT)
    guest.press("Send it again")
    guest.is_at_part(2)
    guest.open(f"{link}/part/1")
    guest.shows(1, filled)


def test_the_server_starts_again(own_server: Server, start_scan: StartScan) -> None:
    me = start_scan(own_server)
    own_server.kill()
    me.fill_in(1, FILLED)
    me.is_not_saved()
    own_server.start()
    me.is_saved()
    assert own_server.answers_of(me.person) == FILLED.stored
    me.save(1)
    is_stored(me, own_server)


def test_the_connection_is_gone_for_a_while(server: Server, start_scan: StartScan) -> None:
    me = start_scan(server)
    me.page.context.set_offline(True)
    me.fill_in(1, FILLED)
    me.is_not_saved()
    me.page.context.set_offline(False)
    me.is_saved()
    assert server.answers_of(me.person) == FILLED.stored
    me.page.reload()
    me.shows(1, FILLED)


def test_somebody_leaves_at_once(server: Server, start_scan: StartScan) -> None:
    me = start_scan(server)
    me.fill_in(1, FILLED)
    me.go_to_start()
    wait_until(lambda: server.answers_of(me.person) == FILLED.stored)
    wait_until(lambda: server.texts_of(me.person) == FILLED.texts)


def test_the_button_does_not_wait_for_a_save_that_hangs(
    server: Server, start_scan: StartScan
) -> None:
    """A slow answer to the autosave is not another device."""
    me = types_on_while_a_save_hangs(server, start_scan)
    me.save(1)
    me.is_at_part(2)
    assert server.texts_of(me.person) == FILLED.texts


def test_somebody_leaves_while_a_save_hangs(server: Server, start_scan: StartScan) -> None:
    me = types_on_while_a_save_hangs(server, start_scan)
    me.go_to_start()
    wait_until(lambda: server.texts_of(me.person) == FILLED.texts)


def test_a_save_that_hangs_is_given_up_and_is_not_another_device(
    server: Server, start_scan: StartScan
) -> None:
    me = types_on_while_a_save_hangs(server, start_scan)
    me.is_not_saved()
    me.is_saved()
    assert server.texts_of(me.person) == FILLED.texts


def test_the_button_waits_for_a_connection(server: Server, start_scan: StartScan) -> None:
    me = start_scan(server)
    me.page.context.set_offline(True)
    me.fill_in(1, FILLED)
    me.save(1)
    expect(me.status).to_have_text(
        WORDS("Not saved yet: no connection. We'll continue as soon as it works again.")
    )
    me.shows(1, FILLED)
    assert server.answers_of(me.person) == {}
    me.page.context.set_offline(False)
    is_stored(me, server)


def test_leaving_asks_while_something_cannot_be_saved(
    server: Server, start_scan: StartScan
) -> None:
    me = start_scan(server)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    me.page.on("dialog", stay)
    server.sign_out(me.person)
    me.fill_in(1, FILLED)
    me.is_not_saved()
    me.follow("My account")
    me.wait_until(lambda: asked == ["beforeunload"])
    me.shows(1, FILLED)
    # The button brings a page that has everything that was typed.
    me.save(1)
    me.gets_back(TEXT)
    assert asked == ["beforeunload"]


def test_a_text_that_is_too_long_is_told_as_such(server: Server, start_scan: StartScan) -> None:
    """More than a browser lets a page send that is left, too."""
    me = start_scan(server)
    me.question(EXAMPLE, me.form.parts[0]).fill("x" * 70_000)
    me.is_not_saved()
    expect(me.status).to_contain_text("70000")
    me.save(1)
    me.is_refused()


def test_the_page_tells_what_is_saved_wherever_one_is(
    server: Server, start_scan: StartScan
) -> None:
    me = start_scan(server)
    first, second, *_rest = me.form.parts[0].statements
    for count, statement in enumerate((first, second), 1):
        me.point(statement, "3").check()
        answered = WORDS("%(done)s of the %(all)s answered", done=count, all=19)
        expect(me.page.locator(".progress")).to_contain_text(answered)
        expect(me.page).to_have_title(re.compile(answered))
    me.is_saved()
    me.page.evaluate("scrollTo(0, 0)")
    expect(me.status).to_be_in_viewport(ratio=1)
    expect(me.button("Save and continue")).not_to_be_in_viewport()


def test_two_devices_change_the_same_answer(
    server: Server, start_scan: StartScan, open_browser: OpenBrowser
) -> None:
    phone = start_scan(server)
    part = phone.form.parts[0]
    client = Client(server)
    client.sign_in(phone.person)
    laptop = Supervisor(open_browser(server, signed_in=client), WORDS, phone.person, server.mailbox)
    laptop.open(phone.page.url)

    phone.fill_in(1, FILLED)
    phone.save(1)
    phone.is_at_part(2)

    statement = part.statements[0]
    laptop.point(statement, "7").check()
    laptop.question(EXAMPLE, part).fill("Iets anders")
    laptop.is_not_saved()
    laptop.save(1)
    expect(laptop.page.locator(".elsewhere", has_text=TEXT)).to_be_visible()
    expect(laptop.point(statement, "7")).to_be_checked()
    expect(laptop.question(EXAMPLE, part)).to_have_value("Iets anders")
    assert server.answers_of(phone.person) == FILLED.stored

    laptop.save(1)
    laptop.is_at_part(2)
    assert server.answers_of(phone.person) == {**FILLED.stored, statement.key: 7}


def types_on_while_a_save_hangs(server: Server, start_scan: StartScan) -> Supervisor:
    """Somebody whose first words are on their way, and who has typed all of them by now."""
    me = start_scan(server)
    held = hold_first_autosave(me)
    question = me.question(EXAMPLE, me.form.parts[0])
    question.fill("Een les")
    me.wait_until(lambda: bool(held))
    question.fill(TEXT)
    return me


def hold_first_autosave(me: Supervisor) -> list[Route]:
    """Let the server store the first autosave of a page, and keep its answer back for good."""
    held: list[Route] = []

    def handle(route: Route) -> None:
        if held:
            route.continue_()
        else:
            route.fetch()
            held.append(route)

    me.page.route("**/autosave", handle)
    return held


def is_stored(me: Supervisor, server: Server) -> None:
    """Expect the next part, and the first one as it was filled in."""
    me.is_at_part(2)
    assert server.answers_of(me.person) == FILLED.stored
    me.follow("Previous part")
    me.shows(1, FILLED)
