"""A browser that keeps no cookies: the pages say what is needed, and no text is lost."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, BrowserType, expect

from tests.browser.client import Client
from tests.browser.pages import FEED_FORWARD, Guest, Visitor, sheet
from tests.browser.server import Server, somebody
from tests.browser.words import Words
from tests.chromium import launch_arguments
from tests.forms import Form
from zetwpo.accounts.actors import Role

WORDS = Words("nl")
# As somebody sets it in the settings of the browser.
NO_COOKIES = {"profile": {"default_content_setting_values": {"cookies": 2}}}


@pytest.fixture
def without_cookies(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    tmp_path: Path,
    server: Server,
) -> Iterator[BrowserContext]:
    profile = tmp_path / "profile"
    (profile / "Default").mkdir(parents=True)
    (profile / "Default" / "Preferences").write_text(json.dumps(NO_COOKIES))
    # The whole browser has settings.
    whole = browser_type_launch_args | launch_arguments()
    context = browser_type.launch_persistent_context(profile, base_url=server.address, **whole)
    yield context
    context.close()


def says_so(visitor: Visitor) -> None:
    """Expect the page that says that cookies are needed."""
    expect(visitor.page.locator("h1")).to_have_text(WORDS("Your browser sent us no cookie"))


def test_signing_in(without_cookies: BrowserContext) -> None:
    visitor = Visitor(without_cookies.new_page(), WORDS)
    visitor.open("/sign-in")
    visitor.write("email", "ans@school.example")
    visitor.press("Send me a link")
    for _time in range(2):
        says_so(visitor)
        visitor.reads("ans@school.example")
        visitor.press("Send it again")
    says_so(visitor)


def test_choosing_a_language(without_cookies: BrowserContext) -> None:
    visitor = Visitor(without_cookies.new_page(), WORDS)
    visitor.open("/")
    visitor.page.get_by_role("button", name="English", exact=True).click()
    says_so(visitor)


def test_filling_in_a_part_behind_a_link(without_cookies: BrowserContext, server: Server) -> None:
    ans = server.add_person(somebody("Ans Vos"), Role.SUPERVISOR)
    client = Client(server)
    client.sign_in(ans)
    student = somebody("Bo de Wit")
    link = client.ask(client.start_scan(), "student", student, "nl")
    guest = Guest(without_cookies.new_page(), WORDS, Form.STUDENT, student, ans)
    guest.open(f"{link}/part/1")
    text = "Ik leer veel van je"
    filled = sheet(
        Form.STUDENT,
        "1 x 3 4 5  - - - -  - -  - - - - -  - -",
        {(FEED_FORWARD, "pedagogical"): text},
    )
    guest.fill_in(1, filled)
    guest.is_not_saved()
    guest.save(1)
    says_so(guest)
    guest.gets_back(text)
