"""What a request costs beside its bare twin, in processor time, and where that goes.

Both are called in this process without a server, turn by turn, on one database with one
durability. Processor time leaves out what differs between machines and moments: waiting for a
disk, and for other programs.
"""

import gc
import re
import sqlite3
import statistics
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from tests.bench.bare import make_bare
from tests.bench.sampler import Sampler, divided
from tests.bench.site import COOKIE, Site, make_site
from tests.bench.table import Row
from zetwpo.database.engine import prepare_engine
from zetwpo.extensions import db
from zetwpo.scan.responses.forms import text_keys
from zetwpo.scan.responses.rules import Filled
from zetwpo.scan.responses.service import store
from zetwpo.scan.self_scan.models import Scan
from zetwpo.scan.self_scan.queries import ScanView

WARM_UP, ROUNDS = 20, 300
RESPONDENTS = 5

Environ = dict[str, Any]
Fields = dict[str, str] | None
# Makes the path and the form of the request with this number, and all that it needs.
Prepare = Callable[[int], tuple[str, Fields]]


@dataclass(frozen=True)
class Kind:
    """A kind of request, and how many times its bare twin it may cost."""

    what: str
    aim: float | None
    prepare: Prepare
    # What browsers accept.
    encoding: str = "br"


def measure(folder: Path) -> list[Row]:
    """The ratios to the bare handlers, where the time goes, and the number of SQL statements."""
    site = make_site(folder / "many", RESPONDENTS)
    few = make_site(folder / "few", respondents=1)
    scan = site.start_scan()
    part = f"/scan/{scan.id}/part/1"
    _fill(site, scan)
    pages = {"part": site.get(part), "result": site.get(site.result)}
    pair = Pair(site, make_bare(site.app, connect(folder / "many" / "zetwpo.sqlite3"), pages))
    result = f"the result with {RESPONDENTS} respondents"
    kinds = [
        Kind("opening a form page", 2, lambda _number: (part, None)),
        Kind("saving one part", 2, _saving(site, part)),
        Kind("submitting a scan", 2, _submitting(site, scan)),
        Kind(result, 3, lambda _number: (site.result, None)),
        # Without an aim, for no browser asks for it: it shows what compression hides.
        Kind("- not compressed", None, lambda _number: (site.result, None), "identity"),
    ]
    rows = [row for kind in kinds for row in pair.compare(kind)]
    return [*rows, _statements(site, few)]


class Pair:
    """The product and its bare twin, with the cookie of one supervisor for both."""

    def __init__(self, site: Site, bare: Flask) -> None:
        self._site = site
        self._bare = bare
        self._numbers = count()

    def compare(self, kind: Kind) -> list[Row]:
        """The ratio of the medians while the two take turns, and what both are spent on."""
        turns = [self._site.app, self._bare]
        times: dict[Flask, list[float]] = {app: [] for app in turns}
        looks: dict[Flask, Counter[str]] = {app: Counter() for app in turns}
        sampler = Sampler()
        self._warm_up(kind)
        with sampler.running():
            for _round in range(ROUNDS):
                for app in turns:
                    environ = self._environ(kind)
                    with sampler.counting(looks[app]):
                        times[app].append(_spend(app, environ))
                turns.reverse()
        ours, theirs = (statistics.median(times[app]) for app in (self._site.app, self._bare))
        environ = self._environ(kind)
        sql = count_statements(self._site.app, lambda: _spend(self._site.app, environ))
        return [
            Row(
                kind.what,
                ours / theirs,
                kind.aim,
                "times",
                f"{ours:.2f} ms beside {theirs:.2f} ms of processor time, {sql} SQL statements",
            ),
            Row("- where these go", detail=divided(ours, looks[self._site.app])),
            Row("- and those", detail=divided(theirs, looks[self._bare])),
        ]

    def _warm_up(self, kind: Kind) -> None:
        for _round in range(WARM_UP):
            for app in (self._site.app, self._bare):
                _spend(app, self._environ(kind))
        # As the server does: the collector need not look through what is loaded by now.
        gc.collect()
        gc.freeze()

    def _environ(self, kind: Kind) -> Environ:
        path, fields = kind.prepare(next(self._numbers))
        headers = {"Cookie": f"{COOKIE}={self._site.cookie}", "Accept-Encoding": kind.encoding}
        method = "POST" if fields else "GET"
        return EnvironBuilder(path, method=method, data=fields, headers=headers).get_environ()


def _spend(app: Flask, environ: Environ) -> float:
    """The processor time of one request, in milliseconds."""
    begun = time.thread_time()
    body, status, _headers = run_wsgi_app(app.wsgi_app, environ, buffered=True)
    spent = time.thread_time() - begun
    assert status.startswith("303" if environ["REQUEST_METHOD"] == "POST" else "200"), list(body)
    return 1000 * spent


def connect(database: Path) -> sqlite3.Connection:
    """A connection as durable as those of the product."""
    engine = sa.create_engine(f"sqlite:///{database}")
    prepare_engine(engine)
    return engine.raw_connection().driver_connection  # type: ignore[return-value]


def _fill(site: Site, scan: ScanView) -> None:
    """As far as a scan is when somebody looks at it once more."""
    form = scan.response.form
    answers = {statement.key: 4 for statement in form.statements}
    texts = {
        key: f"What I did with {key[1]}."
        for part in form.parts
        for key in text_keys(form, part.axis)
    }
    with site.app.app_context():
        store(scan.response.id, Filled(answers, texts))
        db.session.commit()


def _saving(site: Site, part: str) -> Prepare:
    token = site.hidden(part, "csrf_token")
    page = site.get(part)
    statements = re.findall(r'type="radio" name="([^"]*)" value="1"', page)
    [text] = re.findall(r'<textarea [^>]*name="([^"]*)"', page)

    def prepare(number: int) -> tuple[str, Fields]:
        # Never what stands there already: SQLite does not write that again.
        answers = {name: str((number + place) % 7 + 1) for place, name in enumerate(statements)}
        own = {"csrf_token": token, "seen": site.hidden(part, "seen")}
        return part, own | answers | {text: f"What I did, number {number}."}

    return prepare


def _submitting(site: Site, scan: ScanView) -> Prepare:
    form = {"csrf_token": site.hidden("/start", "csrf_token")}

    def prepare(_number: int) -> tuple[str, Fields]:
        with site.app.app_context():
            db.session.execute(sa.update(Scan).where(Scan.id == scan.id).values(submitted_at=None))
            db.session.commit()
        seen = site.hidden(f"/scan/{scan.id}/check", "seen")
        return f"/scan/{scan.id}/submit", form | {"seen": seen}

    return prepare


def _statements(many: Site, few: Site) -> Row:
    fewer, more = (
        count_statements(each.app, partial(each.get, each.result)) for each in (few, many)
    )
    detail = f"as many with 1 respondent as with {RESPONDENTS}"
    return Row("SQL statements of the result", more, fewer, "", detail)


def count_statements(app: Flask, request: Callable[[], object]) -> int:
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.append(statement)

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    request()
    sa.event.remove(engine, "before_cursor_execute", note)
    return sum(not statement.startswith("BEGIN") for statement in found)
