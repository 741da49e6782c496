"""Which series the charts show comes back alike in three engines, over https."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.engine import Engine
from tests.browser.firefox import Firefox
from tests.browser.results import Finished, finish
from tests.browser.server import Server
from tests.browser.test_restored import add_cookies, hear_put_aside
from tests.browser.webkit import WebKit
from tests.chromium import launch_arguments
from tests.waiting import wait_until

STUDENT = "[data-series='2']"
ALL, WITHOUT_STUDENT = [True, True, True], [True, False, True]
TICKED = "return [...document.querySelectorAll('[data-series]')].map((each) => each.checked)"
SHOWN = f"""{TICKED}.concat(
  [1, 2, 3].map((each) => getComputedStyle(
    document.querySelector(`.spider .series-${{each}}`)).display !== "none"))"""


@pytest.fixture
def finished(https_server: Server) -> Finished:
    return finish(https_server)


def shows(engine: Engine, expected: list[bool]) -> None:
    """Expect these ticks, and the charts that go with them."""
    engine.arrives("/result")
    assert engine.script(SHOWN) == expected * 2


def comes_back(engine: Engine, finished: Finished) -> None:
    """What holds in each browser."""
    engine.sign_in(finished.client)
    engine.open(finished.path)
    shows(engine, ALL)
    engine.press(STUDENT)
    shows(engine, WITHOUT_STUDENT)
    engine.reload()
    shows(engine, WITHOUT_STUDENT)
    engine.press("a.brand")
    engine.arrives("/start")
    engine.go_back()
    shows(engine, WITHOUT_STUDENT)
    # Again, now that it came back.
    engine.press(STUDENT)
    engine.press("a[href$='/my-account']")
    engine.arrives("/my-account")
    engine.go_back()
    shows(engine, ALL)
    engine.press(STUDENT)
    # Opened anew it begins anew.
    engine.open("/start")
    engine.open(finished.path)
    shows(engine, ALL)
    # With somebody else in the charts nobody's tick is taken for another's.
    engine.press(STUDENT)
    finished.gets_feedback("student", "Kim Vos")
    engine.reload()
    engine.arrives("/result")
    assert engine.script(TICKED) == [True] * 4


def test_in_firefox(https_server: Server, finished: Finished, tmp_path: Path) -> None:
    with Firefox(https_server, tmp_path / "firefox") as firefox:
        comes_back(firefox, finished)
        firefox.press(STUDENT)
        firefox.close_tab()
        firefox.undo_close_tab("/result")
        assert firefox.script(TICKED) == [True, False, True, True]
        firefox.is_remembered()
        firefox.quit()
        firefox.start()
        firefox.is_back("/result")
        assert firefox.script(TICKED) == [True, False, True, True]


def test_in_webkit(https_server: Server, finished: Finished, tmp_path: Path) -> None:
    with WebKit(https_server, tmp_path / "webkit") as webkit:
        comes_back(webkit, finished)


class Chromium(Engine):
    """The page of Playwright, as an engine like the others."""

    def __init__(self, server: Server, page: Any) -> None:
        super().__init__(server)
        self.page = page

    def go_to(self, address: str) -> None:
        self.page.goto(address)

    def find(self, selector: str) -> Any:
        return self.page.locator(selector).first

    def script(self, code: str, *values: Any) -> Any:
        return self.page.evaluate(f"(values) => (function () {{ {code} }})(...values)", values)

    def add_cookie(self, cookie: dict[str, Any]) -> None:
        raise NotImplementedError

    def go_back(self) -> None:
        self.page.go_back()

    def reload(self) -> None:
        self.page.reload()

    def sign_in(self, client: Any) -> None:
        add_cookies(self.page.context, client)


@pytest.fixture(params=["loaded anew", "put aside"])
def chromium(
    request: pytest.FixtureRequest,
    https_server: Server,
    browser_type: Any,
    browser_type_launch_args: dict[str, Any],
) -> Iterator[Chromium]:
    """A Chromium that loads pages again, or puts them aside whole as it does outside of tests."""
    chosen = {}
    if request.param == "put aside":
        chosen = {"ignore_default_args": ["--disable-back-forward-cache"]}
    browser = browser_type.launch(**browser_type_launch_args | launch_arguments(), **chosen)
    context = browser.new_context(base_url=https_server.address, ignore_https_errors=True)
    yield Chromium(https_server, context.new_page())
    browser.close()


def test_in_chromium(chromium: Chromium, finished: Finished) -> None:
    comes_back(chromium, finished)


@pytest.mark.parametrize("chromium", ["put aside"], indirect=True)
def test_a_page_that_was_put_aside_whole(chromium: Chromium, finished: Finished) -> None:
    chromium.sign_in(finished.client)
    chromium.open(finished.path)
    is_put_aside = hear_put_aside(chromium.page)
    chromium.press(STUDENT)
    chromium.open("/start")
    chromium.go_back()
    wait_until(lambda: bool(is_put_aside) or chromium.page.wait_for_timeout(50))
    shows(chromium, WITHOUT_STUDENT)
