"""Many who save at once wait in turn, and hold up nobody who only reads (a real server)."""

import re
import sqlite3
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from flask import Flask

from tests.bench.load import percentile_95, put_under_load
from tests.browser.ports import free_port
from tests.factories import Maker
from tests.pages.client import Browser
from tests.people import sign_in
from tests.serving import serving
from zetwpo.accounts.actors import Role
from zetwpo.extensions import db

SAVERS = 60
# Seconds. Generous: the tests share this machine with others.
QUICK = 3.0
TEXT = "text-example-pedagogical"


@pytest.fixture
def served(
    make_app: Callable[..., Flask], new_database: Callable[[str], str], database: str
) -> Flask:
    return make_app(database_url=new_database(database), port=free_port())


def test_ten_who_save_wait_in_turn(served: Flask, database: str) -> None:
    with serving(served):
        times = put_under_load(served, savers=10, seconds=2.5)
    assert times.failed == 0
    assert max(times.saves) < 2500
    assert percentile_95(times.saves) < 1500
    assert percentile_95(times.reads) < 1500
    if database == "sqlite":
        # In a line all wait about as long (1 to 4 times the usual, also on a busy machine);
        # without one, some wait 20 to 70 times as long as the others.
        assert max(times.saves) < 10 * statistics.median(times.saves)


class Visitor:
    """Somebody who is signed in, over connections of their own."""

    def __init__(self, app: Flask) -> None:
        self.port = app.extensions["settings"].port
        make = Maker(app)
        self.scan = make.draft_scan(make.person("Olga", Role.SUPERVISOR))
        browser = Browser(app)
        sign_in(browser, self.scan.owner)
        self.page = browser.get(f"{self.scan.path}/part/1")
        self.static = re.findall(r'src="(/static/[^"]+)"', self.page.response.text)[0]
        self.headers = {
            "Cookie": f"zetwpo={browser.cookie}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://127.0.0.1:{self.port}",
        }

    def ask(self, path: str, body: str | None = None) -> tuple[int, str, float]:
        """The status, the page, and the seconds that it took."""
        begun = time.monotonic()
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request("POST" if body else "GET", path, body, self.headers)
            response = connection.getresponse()
            return response.status, response.read().decode(), time.monotonic() - begun

    def save(self, text: str) -> tuple[int, str, float]:
        path = urlsplit(self.page.form().get("action")).path
        return self.ask(path, urlencode(self.page.fields() | {TEXT: text}))


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_lock_that_somebody_holds_for_long_holds_up_no_reader(served: Flask) -> None:
    olga = Visitor(served)
    with served.app_context():
        path = Path(str(db.engine.url.database))
        db.engine.dispose()
    lock = sqlite3.connect(path, isolation_level=None)
    with serving(served), closing(lock), ThreadPoolExecutor(SAVERS) as pool:
        lock.execute("BEGIN IMMEDIATE")
        texts = [f"Typed for long, number {number}." for number in range(SAVERS)]
        saves = [pool.submit(olga.save, text) for text in texts]
        until = time.monotonic() + 6
        while time.monotonic() < until:
            for page in ("/health", olga.static, "/who-reads-what", f"{olga.scan.path}/part/2"):
                status, _text, took = olga.ask(page)
                assert (page, status) == (page, 200)
                assert took < QUICK, page
        for text, save in zip(texts, saves, strict=True):
            status, refused, took = save.result()
            assert status == 503
            assert text in refused
            assert 10 < took < 25
        lock.execute("ROLLBACK")
        assert olga.save("Sent again")[0] == 303


@pytest.mark.parametrize("database", ["sqlite"])
def test_where_even_reading_is_locked_what_needs_no_database_stays_open(served: Flask) -> None:
    olga = Visitor(served)
    with served.app_context():
        path = Path(str(db.engine.url.database))
        db.engine.dispose()
    lock = sqlite3.connect(path, isolation_level=None)
    with serving(served), closing(lock), ThreadPoolExecutor(2 * SAVERS) as pool:
        lock.execute("BEGIN EXCLUSIVE")
        saves = [pool.submit(olga.save, "Typed for long") for _ in range(SAVERS)]
        looks = [pool.submit(olga.ask, "/start") for _ in range(SAVERS)]
        time.sleep(1)
        # Whoever watches over a server is not signed in.
        olga.headers = {}
        for page, wanted in (("/health", 503), (olga.static, 200), ("/who-reads-what", 200)):
            status, _text, took = olga.ask(page)
            assert (page, status) == (page, wanted)
            assert took < QUICK, page
        lock.execute("ROLLBACK")
        assert {look.result()[0] for look in looks} <= {200, 503}
        assert {save.result()[0] for save in saves} <= {303, 503}
