"""Who asks too much too fast waits, and nobody else; what was typed comes back."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.application import Stored, wipe
from tests.pages.client import Browser, Page
from zetwpo import clock
from zetwpo.config import Settings
from zetwpo.limiting import Counter, network_of

FORMS = ["/sign-in", "/feedback/lost-link"]
LIMITS = ("browser_limit", "sign_in_limit", "link_limit")
MakeApp = Callable[..., Flask]


@pytest.fixture
def limited(
    make_app: MakeApp, new_database: Callable[[str], str], database: str
) -> Iterator[MakeApp]:
    """Makes the application with other limits, each time on the same database."""
    address = new_database(database)
    made = []

    def make(**limits: str) -> Flask:
        made.append(make_app(database_url=address, **limits))
        return made[-1]

    yield make
    wipe(made[-1])


def ask(browser: Browser, path: str, address: str = "els@school.example", near: str = "") -> Page:
    near = near or "192.0.2.1"
    browser.client.environ_base["REMOTE_ADDR"] = near
    return browser.post(path, {"email": address})


def statuses(pages: Iterator[Page] | list[Page]) -> list[int]:
    return [page.status for page in pages]


@pytest.mark.parametrize("path", FORMS)
def test_one_browser_asks_for_one_address_no_more_than_so_often(
    limited: MakeApp, path: str
) -> None:
    app = limited(browser_limit="2 per hour")
    browser = Browser(app)
    assert statuses([ask(browser, path) for _time in range(3)]) == [303, 303, 429]
    assert statuses([ask(browser, path, " Els@School.Example ")]) == [429]
    # For another address, and in another browser at the same place, one still asks.
    assert statuses([ask(browser, path, "other@school.example")]) == [303]
    assert statuses([ask(Browser(app), path)]) == [303]


@pytest.mark.parametrize("path", FORMS)
def test_a_school_of_two_hundred_behind_one_address_asks_in_a_quarter_of_an_hour(
    make_app: MakeApp, new_database: Callable[[str], str], path: str
) -> None:
    usual = {name: Settings.model_fields[name].default for name in LIMITS}
    app = make_app(database_url=new_database("sqlite"), **usual)
    pages = [ask(Browser(app), path, f"person{number}@school.example") for number in range(200)]
    assert set(statuses(pages)) == {303}


@pytest.mark.parametrize("path", FORMS)
def test_one_network_asks_no_more_than_so_often(limited: MakeApp, path: str) -> None:
    app = limited(sign_in_limit="2 per hour")
    asked = [ask(Browser(app), path, f"p{number}@school.example") for number in range(3)]
    assert statuses(asked) == [303, 303, 429]
    assert ask(Browser(app), path, near="192.0.2.2").status == 303


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("64:ff9b::192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1%eth0", "2001:db8:1:2::/64"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_a_network_is_what_its_devices_have_in_common(address: str, network: str) -> None:
    assert network_of(address) == network


def test_all_addresses_of_one_ipv6_network_count_together(limited: MakeApp) -> None:
    app = limited(sign_in_limit="2 per hour")
    places = [f"2001:db8:1:2::{number}" for number in range(3)] + ["2001:db8:1:3::1"]
    pages = [ask(Browser(app), "/sign-in", f"{n}@a.nl", near) for n, near in enumerate(places)]
    assert statuses(pages) == [303, 303, 429, 303]


def test_a_refusal_says_how_long_to_wait_and_is_true(limited: MakeApp, database: str) -> None:
    browser = Browser(limited(browser_limit="1 per 15 minutes"))
    with time_machine.travel(clock.now(), tick=False) as time:
        ask(browser, "/sign-in")
        time.shift(timedelta(minutes=10, seconds=30))
        page = ask(browser, "/sign-in")
        assert (page.status, page.response.headers["Retry-After"]) == (429, "270")
        assert "Wait 5 minutes" in page.text
        assert "els@school.example" in page.text
        time.shift(timedelta(seconds=269))
        assert ask(browser, "/sign-in").status == 429
        time.shift(timedelta(seconds=1))
        assert ask(browser, "/sign-in").status == 303


@pytest.mark.parametrize(
    ("language", "words"), [("nl", "Wacht 1 minuut en"), ("en", "Wait 1 minute and")]
)
def test_the_wait_is_in_the_language_of_the_page(
    limited: MakeApp, language: str, words: str
) -> None:
    browser = Browser(limited(browser_limit="1 per minute"), language)
    ask(browser, "/sign-in")
    assert words in ask(browser, "/sign-in").text


def test_what_was_refused_or_wrong_does_not_count(limited: MakeApp) -> None:
    app = limited(browser_limit="1 per hour", sign_in_limit="2 per hour")
    browser = Browser(app)
    for _time in range(5):
        assert ask(browser, "/sign-in", "no address").status == 422
    pages = [ask(browser, "/sign-in") for _time in range(5)]
    assert statuses(pages) == [303, 429, 429, 429, 429]
    # Others at the same place have the room that was not used.
    assert ask(Browser(app), "/sign-in").status == 303


def test_several_limits_count_each_on_its_own(limited: MakeApp) -> None:
    browser = Browser(limited(browser_limit="2 per minute; 3 per day"))
    with time_machine.travel(clock.now(), tick=False) as time:
        assert statuses([ask(browser, "/sign-in") for _time in range(3)]) == [303, 303, 429]
        time.shift(timedelta(minutes=1))
        page = [ask(browser, "/sign-in") for _time in range(2)][1]
        assert page.status == 429
        assert "Wait 24 hours" in page.text


def test_guessing_codes_has_a_limit(limited: MakeApp) -> None:
    browser = Browser(limited(link_limit="3 per hour"))
    guesses = [browser.post("/sign-in/code", {"code": "123456"}) for _time in range(4)]
    assert statuses(guesses) == [303, 303, 303, 429]


def test_trying_links_has_a_limit(limited: MakeApp) -> None:
    browser = Browser(limited(link_limit="3 per hour"))
    tries = [browser.post(f"/sign-in/link/made-up-{number}") for number in range(4)]
    assert statuses(tries) == [403, 403, 403, 429]


def test_a_restart_forgets_nothing(limited: MakeApp) -> None:
    limits = {"sign_in_limit": "2 per hour"}
    assert statuses([ask(Browser(limited(**limits)), "/sign-in") for _time in range(3)]) == [
        303,
        303,
        429,
    ]


def test_the_table_names_nobody_and_empties(limited: MakeApp) -> None:
    app = limited()
    ask(Browser(app), "/sign-in", near="192.0.2.77")
    rows = Stored(app).everything()["counter"]
    assert len(rows) == 2
    for words in ("192.0.2.77", "els", "school"):
        assert words not in repr(rows)
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        assert app.test_cli_runner().invoke(args=["tidy"]).exit_code == 0
    assert Stored(app).count(Counter) == 0


def test_looking_at_pages_has_no_limit_and_stores_nothing(limited: MakeApp) -> None:
    app = limited(browser_limit="1 per hour", sign_in_limit="1 per hour", link_limit="1 per hour")
    browser = Browser(app)
    paths = ("/sign-in", "/feedback/lost-link", "/sign-in/link/word")
    assert {browser.get(path).status for path in paths for _time in range(5)} == {200}
    assert Stored(app).values(sa.select(Counter.bucket)) == []
