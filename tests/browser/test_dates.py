"""A facilitator plans, moves and cancels; somebody gives their calendar an address."""

import re
from datetime import timedelta

import pytest

from tests.browser.conftest import LAPTOP, PHONE, CheckPage, OpenBrowser
from tests.browser.server import Server
from tests.browser.test_trajectory import TITLE, facilitator
from zetwpo.clock import today
from zetwpo.i18n import Language

pytestmark = pytest.mark.parametrize(
    ("language", "screen"), [("nl", PHONE), ("en", LAPTOP)], ids=["phone", "laptop"]
)


def test_dates_are_planned_moved_and_cancelled(
    server: Server,
    open_browser: OpenBrowser,
    check_page: CheckPage,
    language: Language,
    screen: dict[str, int],
) -> None:
    fem = facilitator(server, open_browser, language, screen)
    fem.set_up(TITLE)
    page, words = fem.page, fem.words
    page.get_by_text(words("For you as facilitator")).click()
    fem.follow("Dates")
    check_page(page)
    fem.follow("The reminder halfway between two meetings")
    page.get_by_role("button", name=words("Not this time")).first.click()
    fem.reads(words("It does not go this time."))
    check_page(page)
    fem.write("text", "x" * 601)
    fem.press("Save")
    fem.is_refused()
    check_page(page)
    fem.follow("Dates")
    assert page.locator("ol.kept > li").count() == 6
    page.get_by_role("link", name=re.compile("^" + words("Change"))).nth(5).click()
    check_page(page)
    fem.write("day", (today() - timedelta(days=20)).isoformat())
    fem.press("Save, and tell everybody")
    fem.is_refused()
    check_page(page)
    # On a Sunday, a long time after the one before.
    sunday = today() + timedelta(days=300)
    fem.write("day", (sunday + timedelta(days=6 - sunday.weekday())).isoformat())
    fem.press("Save, and tell everybody")
    fem.arrives("/dates")
    fem.reads(words("This is at the weekend."))
    check_page(page)
    page.get_by_text(words("Plan one more meeting")).click()
    check_page(page)
    fem.press("Plan it, and tell everybody")
    fem.arrives("/dates")
    assert page.locator("ol.kept > li").count() == 7
    page.get_by_role("link", name=re.compile("^" + words("Change"))).nth(6).click()
    fem.follow("Cancel this meeting")
    check_page(page)
    fem.press("Cancel this meeting")
    fem.arrives("/dates")
    assert page.locator("ol.kept > li").count() == 6


def test_a_calendar_gets_an_address(
    server: Server,
    open_browser: OpenBrowser,
    check_page: CheckPage,
    language: Language,
    screen: dict[str, int],
) -> None:
    fem = facilitator(server, open_browser, language, screen)
    fem.open("/my-account")
    fem.follow("Set up my calendar")
    check_page(fem.page)
    fem.press("Make an address")
    fem.reads(fem.words("Your calendar has an address."))
    check_page(fem.page)
    assert "/calendar/" in fem.page.locator("code").inner_text()
    fem.press("Delete the address")
    assert fem.page.locator("code").count() == 0
