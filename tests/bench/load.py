"""Many people who save at the same moment, and others who read meanwhile, on a real server."""

import re
import statistics
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask

from tests.bench.table import Row
from tests.browser.ports import free_port
from tests.factories import Maker
from tests.pages.client import Browser
from tests.people import sign_in
from tests.postgres import new_server
from tests.serving import serving
from zetwpo.accounts.actors import Role
from zetwpo.application import create_app
from zetwpo.cli import upgrade_database
from zetwpo.config import Settings

PATIENCE_SECONDS = 60
WARM_UP_SECONDS, SECONDS = 2.0, 8.0
READERS = 4
# As somebody who looks at one page after the other, and no harder.
PAUSE_SECONDS = 0.1
ON_DISK = "/var/tmp"
SEEN = re.compile(r'name="seen" value="([^"]*)"')


@dataclass(frozen=True)
class Aims:
    """What this many people at once may wait for, in milliseconds."""

    savers: int
    save_95: float
    save_slowest: float
    read_95: float = 300


AIMS = (Aims(10, 300, 1000), Aims(50, 1200, 3000))


@dataclass
class Times:
    """How long answers took, in milliseconds, and how many were not what was asked for."""

    saves: list[float] = field(default_factory=list)
    reads: list[float] = field(default_factory=list)
    failed: int = 0


def percentile_95(times: list[float]) -> float:
    """The time within which 95 of 100 were done."""
    return statistics.quantiles(times, n=20)[-1]


def measure(folder: Path) -> list[Row]:
    """Saves and reads with 10 and with 50 people, on SQLite and on PostgreSQL."""
    # As durable as ours: on a disk, where PostgreSQL waits for it too.
    with new_server(within=Path(ON_DISK)) as postgres:
        addresses = {"SQLite": "", "PostgreSQL": postgres.new_database()}
        return [
            row
            for kind, address in addresses.items()
            for row in _measure(kind, make_site(folder / kind, address))
        ]


def _measure(kind: str, site: Flask) -> list[Row]:
    with serving(site):
        return [
            row
            for aims in AIMS
            for row in _rows(kind, aims, put_under_load(site, aims.savers, SECONDS))
        ]


def _rows(kind: str, aims: Aims, times: Times) -> list[Row]:
    who = f"{aims.savers} people saving on {kind}"
    count = f"{len(times.saves)} saves, median {statistics.median(times.saves):.0f} ms"
    read = f"{len(times.reads)} pages, median {statistics.median(times.reads):.0f} ms"
    return [
        Row(f"{who}, 95 of 100 saves", percentile_95(times.saves), aims.save_95, "ms", count),
        Row(f"{who}, the slowest", max(times.saves), aims.save_slowest, "ms"),
        Row(f"{who}, 95 of 100 pages read", percentile_95(times.reads), aims.read_95, "ms", read),
        Row(f"{who}, not stored", times.failed, 0, ""),
    ]


def make_site(folder: Path, database_url: str, **settings: Any) -> Flask:
    """The product with empty tables, which a server of its own will serve."""
    chosen: dict[str, Any] = {
        "instance": folder,
        "port": free_port(),
        "base_url": "http://127.0.0.1",
        "secret_key": "not a secret, only long enough for this",
        "database_url": database_url,
        "smtp_host": "127.0.0.1",
        "smtp_security": "none",
        "mail_sender": "zetwpo@sender.example",
        "controller": "Foundation of the bench, Test Street 1, Testdorp",
        "contact": "help@bench.example",
    }
    app = create_app(Settings(**chosen | settings))
    with app.app_context():
        upgrade_database()
    return app


class Somebody:
    """A supervisor with an open scan, in a browser of their own."""

    def __init__(self, app: Flask, name: str) -> None:
        make = Maker(app)
        self.scan = make.draft_scan(make.person(name, Role.SUPERVISOR))
        browser = Browser(app)
        sign_in(browser, self.scan.owner)
        self.token = browser.token()
        self.headers = {
            "Cookie": f"zetwpo={browser.cookie}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        port = app.extensions["settings"].port
        self.connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        self.saved = 0

    def ask(self, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, float]:
        """The status, the page, and the milliseconds that it took."""
        body = urlencode(fields) if fields else None
        begun = time.perf_counter()
        self.connection.request("POST" if body else "GET", path, body, self.headers)
        response = self.connection.getresponse()
        page = response.read().decode()
        return response.status, page, 1000 * (time.perf_counter() - begun)

    def read(self, path: str, times: Times) -> str:
        """Look at a page."""
        status, page, took = self.ask(path)
        times.reads.append(took)
        times.failed += status != 200
        return page

    def save(self, times: Times) -> None:
        """Open a part, fill it in, and save it."""
        path = f"{self.scan.path}/part/1"
        [seen] = SEEN.findall(self.read(path, times))
        self.saved += 1
        text = {"text-example-pedagogical": f"What I did, number {self.saved}."}
        status, _page, took = self.ask(path, {"csrf_token": self.token, "seen": seen} | text)
        times.saves.append(took)
        times.failed += status != 303


def put_under_load(app: Flask, savers: int, seconds: float) -> Times:
    """So many people save, one after the other without a pause, while others read."""
    people = [Somebody(app, f"Saver {number} of {savers}") for number in range(savers)]
    readers = [Somebody(app, f"Reader {number} of {savers}") for number in range(READERS)]
    ready = threading.Barrier(len(people) + len(readers))
    begins = time.monotonic() + WARM_UP_SECONDS
    ends = begins + seconds
    times = Times()

    def repeat(act: Callable[[Times], object]) -> None:
        ready.wait(PATIENCE_SECONDS)
        unseen = Times()
        while (moment := time.monotonic()) < ends:
            act(times if moment >= begins else unseen)

    def look(reader: Somebody) -> Callable[[Times], object]:
        def act(seen: Times) -> None:
            reader.read("/start", seen)
            time.sleep(PAUSE_SECONDS)

        return act

    acts = [each.save for each in people] + [look(each) for each in readers]
    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(repeat, act) for act in acts]:
            done.result()
    return times
