"""A server, and browsers for the people in a test."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import checks
from tests.browser.client import Client
from tests.browser.mailbox import PostOffice
from tests.browser.server import Server
from tests.browser.sources import Sources
from tests.browser.walk import Elsewhere
from tests.browser.watch import Watch
from tests.chromium import shell_arguments
from zetwpo.i18n import Language

PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 800}

# Whose tests take twenty seconds or more.
LONG = {"test_six_meetings", "test_story", "test_questionnaire_story", "test_paper"}

# In milliseconds, for a machine that is busy with more than these tests.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)

NewContext = Callable[..., BrowserContext]
OpenBrowser = Callable[..., Page]
CheckPage = Callable[[Page], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder, and keep them for last, those that take long first.

    Playwright leaves an event loop in the thread of the tests, and other tests may not expect one.
    A long one that begins last would leave the other workers without anything to do.
    """
    ours = {item for item in items if Path(__file__).parent in item.path.parents}
    for item in ours:
        item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: (item in ours, item.path.stem not in LONG))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start Debian's Chromium, or the one that the environment names."""
    return browser_type_launch_args | shell_arguments()


@pytest.fixture
def demo(tmp_path: Path, assets: Path, post_office: PostOffice) -> Iterator[Server]:
    """A server with invented people, at which somebody may ask once for a mail to sign in."""
    limits = {"sign_in_limit": "1 per hour"}
    with Server(tmp_path, assets, post_office, mode="demo", **limits) as started:
        yield started


@pytest.fixture
def server_on(
    request: pytest.FixtureRequest, tmp_path: Path, assets: Path, post_office: PostOffice
) -> Iterator[Server]:
    """A server on the database that the test names."""
    if request.param == "sqlite":
        yield request.getfixturevalue("server")
        return
    address = request.getfixturevalue("postgres").new_database()
    with Server(tmp_path, assets, post_office, address) as started:
        yield started


@pytest.fixture
def phone(https_server: Server) -> Elsewhere:
    """Somebody who is filling in a scan on another device as well."""
    return Elsewhere(https_server)


@pytest.fixture
def open_browser(new_context: NewContext) -> Iterator[OpenBrowser]:
    """Give somebody a browser of their own, as wide as a phone by default.

    After the test, nothing may have gone wrong in any of them.
    """
    watches: list[Watch] = []

    def opened(
        at: Server, language: Language = "nl", signed_in: Client | None = None, **options: Any
    ) -> Page:
        options = {"viewport": PHONE, "locale": f"{language}-NL"} | options
        context = new_context(base_url=at.address, **options)
        context.set_default_timeout(PATIENCE)
        if signed_in:
            cookies = signed_in.cookies.items()
            context.add_cookies(
                [{"name": name, "value": value, "url": at.address} for name, value in cookies]
            )
        watches.append(Watch(context, at.address))
        return context.new_page()

    yield opened
    troubles = [trouble for watch in watches for trouble in watch.troubles]
    assert not troubles


@pytest.fixture(scope="session")
def sources() -> Iterator[Sources]:
    """What the server sent of every page that the tests of this worker look at, checked at once."""
    collected = Sources()
    yield collected
    complaints = collected.complaints()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def new_context(new_context: NewContext, sources: Sources) -> NewContext:
    """Start a browser of somebody's own."""

    def started(**options: Any) -> BrowserContext:
        context = new_context(**options)
        sources.listen(context)
        return context

    return started


@pytest.fixture
def check_page(sources: Sources) -> CheckPage:
    """Look at a page in every way that there is."""
    return partial(checks.check_page, sources=sources)
