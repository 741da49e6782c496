"""Being signed in ends where nobody does anything for two hours."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from tests.application import Stored
from tests.factories import Maker, Scan, Someone
from tests.pages.client import Browser
from tests.pages.signing_in import is_signed_in
from tests.people import Browse
from zetwpo import clock
from zetwpo.accounts.models import SignIn

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
Clock = time_machine.Traveller


@pytest.fixture
def time() -> Iterator[Clock]:
    with time_machine.travel(clock.now(), tick=False) as time:
        yield time


@pytest.fixture
def olga(browse: Browse, owner: Someone, time: Clock) -> Browser:
    """A browser in which somebody signed in at this moment."""
    return browse(owner)


def test_two_hours_after_signing_in_it_is_over(olga: Browser, time: Clock) -> None:
    time.shift(2 * HOUR)
    assert olga.get("/start").location.startswith("/sign-in")
    assert olga.post("/scan/start").status == 401


def test_two_hours_after_the_last_page_it_is_over(olga: Browser, time: Clock) -> None:
    for _time in range(3):
        time.shift(2 * HOUR - MINUTE)
        assert is_signed_in(olga)
    time.shift(2 * HOUR)
    assert not is_signed_in(olga)


def test_a_page_that_saves_by_itself_is_in_use(
    browse: Browse, owner: Someone, make: Maker, time: Clock
) -> None:
    draft: Scan = make.draft_scan(owner)
    olga = browse(owner)
    fields = olga.get(f"{draft.path}/part/1").fields()
    for _time in range(4):
        time.shift(HOUR + 50 * MINUTE)
        answer = olga.post(f"{draft.path}/part/1/autosave", fields)
        assert answer.status == 200
    assert is_signed_in(olga)


def test_looking_stores_nothing_but_in_the_cookie(
    olga: Browser, time: Clock, stored: Stored
) -> None:
    before, cookie = stored.everything(), olga.cookie
    time.shift(HOUR)
    assert is_signed_in(olga)
    assert stored.everything() == before
    assert olga.cookie != cookie
    # Not with each page: the next one is part of the same sitting.
    cookie = olga.cookie
    time.shift(MINUTE)
    assert "Set-Cookie" not in olga.get("/start").response.headers
    assert olga.cookie == cookie


def test_an_older_cookie_brings_nothing_back(olga: Browser, time: Clock, stored: Stored) -> None:
    is_signed_in(olga)
    old = olga.cookie
    time.shift(HOUR)
    is_signed_in(olga)
    new = olga.cookie
    time.shift(HOUR + MINUTE)
    olga.cookie = old
    assert not is_signed_in(olga)
    olga.cookie = new
    assert is_signed_in(olga)
    olga.post("/sign-out")
    assert stored.values(sa.select(SignIn.id)) == []
    for cookie in (old, new):
        olga.cookie = cookie
        assert not is_signed_in(olga)


def test_who_is_signed_out_keeps_what_was_typed(olga: Browser, time: Clock) -> None:
    time.shift(3 * HOUR)
    page = olga.post("/scan/start", {"word": "Typed all morning"})
    assert page.status == 401
    assert "Typed all morning" in page.text


def test_the_language_of_the_page_outlives_it(browse: Browse, make: Maker, time: Clock) -> None:
    person = make.person("Polyglot", language="en")
    browser = browse(person, language=None)
    browser.get("/start")
    time.shift(3 * HOUR)
    assert 'lang="en"' in browser.open("/start").response.text


def test_another_sign_in_in_the_same_browser_starts_anew(
    olga: Browser, owner: Someone, time: Clock, browse: Browse
) -> None:
    is_signed_in(olga)
    time.shift(3 * HOUR)
    assert not is_signed_in(olga)
    with (
        olga.client.session_transaction() as session,
        browse(owner).client.session_transaction() as new,
    ):
        session["sign_in"] = new["sign_in"]
    assert is_signed_in(olga)
