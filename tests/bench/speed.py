"""Saving, submitting and showing the result, each beside its bare twin."""

import statistics
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from tests.bench.bare import make_bare
from tests.bench.site import COOKIE, Site, make_site, serving
from tests.bench.table import Row
from zetwpo.extensions import db
from zetwpo.scan.responses.rules import Filled
from zetwpo.scan.responses.service import store
from zetwpo.scan.self_scan.models import Scan
from zetwpo.scan.self_scan.queries import ScanView

WARM_UP, ROUNDS = 20, 300
RESPONDENTS = 5

Fields = dict[str, str] | None
# The path and the form of a request, by the number of the round; all that it needs is made ready.
Prepare = Callable[[int], tuple[str, Fields]]


def measure(folder: Path) -> list[Row]:
    """The ratios to the bare handlers, and the number of SQL statements."""
    site = make_site(folder / "many", RESPONDENTS)
    few = make_site(folder / "few", respondents=1)
    bare = make_bare(
        folder / "many" / "zetwpo.sqlite3",
        site.get(site.result),
        {key: value for key, value in site.app.config.items() if key.startswith("COMPRESS_")},
    )
    scan = site.start_scan()
    with serving(DispatcherMiddleware(site.app, {"/bare": bare})) as port:
        plain, compressed = Client(port, site.cookie, "identity"), Client(port, site.cookie, "br")
        return [
            _saving(plain, site, scan),
            _submitting(plain, site, scan),
            _result(plain, site, "not compressed"),
            _result(compressed, site, "compressed"),
            _statements(site, few),
        ]


class Client:
    """A browser without the browser: one connection, one cookie."""

    def __init__(self, port: int, cookie: str, encoding: str) -> None:
        self._connection = HTTPConnection("127.0.0.1", port)
        self._headers = {
            "Cookie": f"{COOKIE}={cookie}",
            "Accept-Encoding": encoding,
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def time(self, path: str, fields: Fields) -> float:
        """How long the answer takes, in milliseconds."""
        body = urlencode(fields).encode() if fields else None
        begun = time.perf_counter()
        self._connection.request("POST" if body else "GET", path, body, self._headers)
        response = self._connection.getresponse()
        content = response.read()
        spent = time.perf_counter() - begun
        assert response.status == (303 if body else 200), content
        return 1000 * spent


def _compare(what: str, aim: float, client: Client, product: Prepare, bare: Prepare) -> Row:
    """The ratio of the medians; the two take turns."""
    times: dict[Prepare, list[float]] = {product: [], bare: []}
    turns = [product, bare]
    for number in range(WARM_UP + ROUNDS):
        for prepare in turns:
            times[prepare].append(client.time(*prepare(number)))
        turns.reverse()
    ours, theirs = (statistics.median(times[each][WARM_UP:]) for each in (product, bare))
    return Row(what, ours / theirs, aim, "times", f"{ours:.2f} ms beside {theirs:.2f} ms")


def _saving(client: Client, site: Site, scan: ScanView) -> Row:
    address = f"/scan/{scan.id}/part/1"
    token = site.hidden(address, "csrf_token")
    part = scan.response.form.parts[0]

    def form(number: int) -> dict[str, str]:
        # Never what stands there already: SQLite does not write that again.
        answers = {
            f"statement-{statement.key}": str((number + place) % 7 + 1)
            for place, statement in enumerate(part.statements)
        }
        return answers | {f"text-example-{part.axis}": f"What I did, number {number}."}

    def product(number: int) -> tuple[str, Fields]:
        seen = site.hidden(address, "seen")
        return address, {"csrf_token": token, "seen": seen} | form(2 * number)

    def bare(number: int) -> tuple[str, Fields]:
        # As long a pause: in it, others fill the queue of the disk.
        site.hidden(address, "seen")
        return f"/bare/save/{scan.response.id}", form(2 * number + 1)

    return _compare("saving one part", 1.5, client, product, bare)


def _submitting(client: Client, site: Site, scan: ScanView) -> Row:
    token = {"csrf_token": site.hidden("/start", "csrf_token")}
    with site.app.app_context():
        store(scan.response.id, Filled({each.key: 4 for each in scan.response.form.statements}))
        db.session.commit()

    def open_again() -> None:
        with site.app.app_context():
            db.session.execute(sa.update(Scan).where(Scan.id == scan.id).values(submitted_at=None))
            db.session.commit()

    def product(_number: int) -> tuple[str, Fields]:
        open_again()
        return f"/scan/{scan.id}/submit", token

    def bare(_number: int) -> tuple[str, Fields]:
        open_again()
        return f"/bare/submit/{scan.id}/{scan.owner_id}", token

    return _compare("submitting a scan", 1.5, client, product, bare)


def _result(client: Client, site: Site, how: str) -> Row:
    return _compare(
        f"the result with {RESPONDENTS} respondents, {how}",
        3,
        client,
        lambda _number: (site.result, None),
        lambda _number: ("/bare/page", None),
    )


def _statements(many: Site, few: Site) -> Row:
    counts = [_count_statements(site) for site in (few, many)]
    detail = f"as many with 1 respondent as with {RESPONDENTS}"
    return Row("SQL statements of the result", counts[1], counts[0], "", detail)


def _count_statements(site: Site) -> int:
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.append(statement)

    with site.app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    site.get(site.result)
    sa.event.remove(engine, "before_cursor_execute", note)
    return sum(not statement.startswith("BEGIN") for statement in found)
