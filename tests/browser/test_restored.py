"""What Chromium brings back over https: what is stored, or what was typed and is not yet stored."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.client import Client
from tests.browser.conftest import PATIENCE, OpenBrowser
from tests.browser.pages import FEED_FORWARD, Guest, Supervisor, sheet
from tests.browser.server import Server, somebody
from tests.browser.walk import TEXT, Elsewhere
from tests.browser.words import Words
from tests.chromium import launch_arguments
from tests.forms import Form

WORDS = Words("nl")
POINT = "statement-relationship"
MINE, NEWER = "Wat ik hier typte", "Nieuwer, op de telefoon"
OLD = "Wat er eerst stond"


@pytest.fixture
def phone(https_server: Server) -> Elsewhere:
    """Somebody whose first part holds something already."""
    them = Elsewhere(https_server)
    them.writes(OLD, **{POINT: "3"})
    return them


@pytest.fixture
def me(phone: Elsewhere, open_browser: OpenBrowser) -> Supervisor:
    """The same person, on a laptop, at the first part."""
    page = open_browser(phone.server, signed_in=phone.client, ignore_https_errors=True)
    page.goto(phone.part)
    return supervisor(page, phone)


@pytest.fixture
def me_with_put_aside_pages(
    phone: Elsewhere, browser_type: Any, browser_type_launch_args: dict[str, Any]
) -> Iterator[Supervisor]:
    """The same in a browser that puts pages aside whole, as all do outside of tests."""
    whole = browser_type_launch_args | launch_arguments()
    browser = browser_type.launch(**whole, ignore_default_args=["--disable-back-forward-cache"])
    context = browser.new_context(base_url=phone.server.address, ignore_https_errors=True)
    context.set_default_timeout(PATIENCE)
    add_cookies(context, phone.client)
    page = context.new_page()
    page.goto(phone.part)
    yield supervisor(page, phone)
    browser.close()


def test_back_and_the_button_keep_what_another_device_stored(
    me: Supervisor, phone: Elsewhere
) -> None:
    types(me, MINE)
    me.save(1)
    me.is_at_part(2)
    phone.writes(NEWER, **{POINT: "5"})
    me.page.go_back()
    shows(me, NEWER, "5")
    me.save(1)
    me.is_at_part(2)
    assert phone.text == NEWER
    assert phone.server.answers_of(phone.person) == {"relationship": 5}


def test_a_page_that_was_put_aside_shows_what_is_stored(
    me_with_put_aside_pages: Supervisor, phone: Elsewhere
) -> None:
    me = me_with_put_aside_pages
    is_put_aside = hear_put_aside(me.page)
    me.go_to_start()
    phone.writes(NEWER, **{POINT: "5"})
    me.page.go_back()
    me.wait_until(lambda: bool(is_put_aside))
    shows(me, NEWER, "5")
    me.save(1)
    me.is_at_part(2)
    assert phone.text == NEWER


def test_a_check_page_that_was_put_aside_does_not_finish_a_finished_scan(
    me_with_put_aside_pages: Supervisor, phone: Elsewhere
) -> None:
    me = me_with_put_aside_pages
    me.open(f"{phone.scan}/check")
    is_put_aside = hear_put_aside(me.page)
    me.go_to_start()
    phone.client.submit(phone.scan)
    me.page.go_back()
    me.wait_until(lambda: bool(is_put_aside))
    me.arrives("/result")


@pytest.mark.parametrize("delay", [0, 0.05, 0.3], ids=["at_once", "soon", "later"])
def test_a_reload_at_once_loses_no_word(me: Supervisor, phone: Elsewhere, delay: float) -> None:
    """The last save may arrive before or after the new page is read."""
    types(me, MINE)
    me.page.wait_for_timeout(1000 * delay)
    me.page.reload()
    expect(field(me)).to_have_value(MINE)
    field(me).press("End")
    field(me).press_sequentially(" en verder")
    me.wait_until(lambda: phone.text == f"{MINE} en verder")
    me.is_saved()


def test_a_reload_whose_last_save_is_late_is_not_another_device(
    me: Supervisor, phone: Elsewhere
) -> None:
    held = hold_first_save(me.page)
    types(me, MINE)
    me.page.reload()
    expect(field(me)).to_have_value(MINE)
    me.wait_until(lambda: bool(held))
    # Now it arrives, behind the back of the new page.
    assert phone.client.post(f"{phone.part}/autosave", **held[0]).status == 200
    field(me).fill(f"{MINE} en verder")
    me.wait_until(lambda: phone.text == f"{MINE} en verder")
    me.is_saved()


def test_what_was_stored_unheard_is_not_another_device(me: Supervisor, phone: Elsewhere) -> None:
    """Words that the server has, and the page does not know it, even after a reload."""
    held = hold_first_save(me.page)
    types(me, MINE)
    me.wait_until(lambda: bool(held))
    assert phone.client.post(f"{phone.part}/autosave", **held[0]).status == 200
    me.is_not_saved()
    # No connection, also for the last words of a page, which pass by routes.
    me.page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError()); }")
    types(me, f"{MINE} en verder")
    me.page.on("dialog", lambda dialog: dialog.accept())
    me.page.reload()
    me.wait_until(lambda: phone.text == f"{MINE} en verder")
    me.is_saved()


def test_what_waited_goes_over_nothing(me: Supervisor, phone: Elsewhere) -> None:
    me.page.route("**/autosave", lambda route: route.abort())
    types(me, MINE)
    me.is_not_saved()
    phone.writes(NEWER, **{POINT: "5"})
    me.page.on("dialog", lambda dialog: dialog.accept())
    me.page.reload()
    me.page.unroute("**/autosave")
    expect(me.status).to_contain_text(WORDS("Changed on another device. Save to choose."))
    expect(field(me)).to_have_value(MINE)
    me.save(1)
    expect(me.page.locator(".elsewhere", has_text=NEWER)).to_be_visible()
    assert phone.text == NEWER
    me.save(1)
    me.is_at_part(2)
    assert phone.text == MINE
    # Once chosen, it does not come back.
    phone.writes(NEWER, **{POINT: "5"})
    me.open(phone.part)
    shows(me, NEWER, "5")


def test_a_request_for_feedback_waits_until_it_is_sent(me: Supervisor, phone: Elsewhere) -> None:
    asked = somebody("Bo de Wit")
    me.open(f"{phone.scan}/feedback")
    me.choose("role", "student")
    me.write("name", asked.name)
    me.write("word", MINE)
    me.page.reload()
    expect(me.page.locator("main [name=name]")).to_have_value(asked.name)
    expect(me.page.locator("main [name=word]")).to_have_value(MINE)
    # Also where sending it fails.
    me.write("email", asked.email)
    me.page.route("**/feedback", lambda route: route.abort())
    me.press("Send the request")
    me.page.unroute("**/feedback")
    me.open("/start")
    me.open(f"{phone.scan}/feedback")
    expect(me.page.locator("main [name=email]")).to_have_value(asked.email)
    me.ask_for_feedback("student", asked, MINE)
    for again in (me.page.reload, me.page.go_back, me.page.go_forward):
        again()
        expect(me.page.locator("main [name=name]")).to_have_value("")
        expect(me.page.locator("main [name=email]")).to_have_value("")


def test_signing_out_forgets_what_was_typed(me: Supervisor, phone: Elsewhere) -> None:
    me.page.route("**/autosave", lambda route: route.abort())
    types(me, MINE)
    me.is_not_saved()
    me.page.on("dialog", lambda dialog: dialog.accept())
    me.press("Sign out")
    me.arrives("/")
    assert kept(me.page) == 0


def test_somebody_else_finds_nothing(
    me: Supervisor, phone: Elsewhere, open_browser: OpenBrowser
) -> None:
    me.page.route("**/autosave", lambda route: route.abort())
    types(me, MINE * 100)
    me.is_not_saved()
    me.page.on("dialog", lambda dialog: dialog.accept())
    phone.server.sign_out(phone.person)
    me.open(phone.part)
    other = Elsewhere(phone.server)
    add_cookies(me.page.context, other.client)
    me.open(phone.part)
    assert kept(me.page) == 0
    assert me.page.evaluate("history.state") is None


def test_what_was_shared_does_not_come_back(phone: Elsewhere, open_browser: OpenBrowser) -> None:
    student = somebody("Bo de Wit")
    link = phone.client.ask(phone.scan, "student", student, "nl")
    guest = Guest(
        open_browser(phone.server, ignore_https_errors=True),
        WORDS,
        Form.STUDENT,
        student,
        phone.person,
    )
    guest.open(f"{link}/part/1")
    filled = sheet(
        Form.STUDENT,
        "1 x 3 4 5  - - - -  - -  - - - - -  - -",
        {(FEED_FORWARD, "pedagogical"): MINE},
    )
    guest.fill_in(1, filled)
    guest.page.reload()
    guest.shows(1, filled)
    guest.is_saved()
    guest.open(f"{link}/preview")
    guest.share_now()
    guest.has_shared()
    guest.page.go_back()
    guest.has_shared()


def supervisor(page: Page, phone: Elsewhere) -> Supervisor:
    return Supervisor(page, WORDS, phone.person, phone.server.mailbox)


def add_cookies(context: BrowserContext, client: Client) -> None:
    """Be signed in as whoever that is."""
    address = client.server.address
    context.add_cookies(
        [{"name": name, "value": value, "url": address} for name, value in client.cookies.items()]
    )


def hear_put_aside(page: Page) -> list[str]:
    """Hear whether the browser brings this page back as it was, before the page loads anew."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.evaluate("addEventListener('pageshow', ({ persisted }) => console.log(persisted))")
    return heard


def hold_first_save(page: Page) -> list[dict[str, str]]:
    """Keep back what the first save of a page would bring; the rest goes through."""
    held: list[dict[str, str]] = []

    def handle(route: Route) -> None:
        if held:
            route.continue_()
            return
        held.append(dict(parse_qsl(route.request.post_data or "")))
        route.abort()

    page.route("**/autosave", handle)
    return held


def field(me: Supervisor) -> Any:
    return me.page.locator(f"[name={TEXT}]")


def types(me: Supervisor, text: str) -> None:
    field(me).fill(text)


def shows(me: Supervisor, text: str, point: str) -> None:
    """Expect this on the page, and that the page leaves it at that."""
    expect(field(me)).to_have_value(text)
    expect(me.page.locator(f"[name={POINT}]:checked")).to_have_attribute("value", point)
    me.page.wait_for_timeout(1200)
    expect(field(me)).to_have_value(text)
    expect(me.status).to_have_text("")


def kept(page: Page) -> int:
    """How much this tab keeps for us."""
    return int(page.evaluate("sessionStorage.length"))
