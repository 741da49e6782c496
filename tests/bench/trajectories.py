"""What pages of a trajectory cost, beside a static template of the same size and in statements.

There are two of those. The bare one does what nobody could leave out, as in bare.py: it reads the
session, who is signed in, and the same rows by the same questions in plain SQL; it compresses, and
has the finished page in a template. The other one is a page of the product itself with the same
words in its frame, that asks nothing: what is in every page, like the foot that says who answers
for the data, is in both, and what is left is what this page costs. A note is saved beside a bare
handler as well. A PDF is made by another program: it stands beside the same page, and beside one
more that is made at that moment.
"""

import re
import resource
import statistics
import time
import uuid
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask, abort, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_compress import Compress
from flask_wtf import CSRFProtect
from jinja2 import ChoiceLoader, DictLoader
from playwright.sync_api import sync_playwright
from werkzeug.test import EnvironBuilder, run_wsgi_app

from tests.bench.bare import NOW, WHO, as_template
from tests.bench.browser import Phone
from tests.bench.site import serving
from tests.bench.speed import connect, count_statements
from tests.bench.table import Row
from tests.chromium import launch_arguments
from tests.factories import Maker, Someone, Trajectory
from tests.pages.client import Browser, Page
from tests.people import sign_in
from zetwpo import clock
from zetwpo.accounts.actors import Role
from zetwpo.accounts.guard import SIGN_IN_KEY, needs
from zetwpo.accounts.policy import SEE_OWN_START
from zetwpo.application import create_app
from zetwpo.assets import ON_REQUEST, stylesheet
from zetwpo.cli import upgrade_database
from zetwpo.config import Settings
from zetwpo.extensions import db
from zetwpo.hashing import keyed_hash
from zetwpo.pdf import making

# Trajectories that one facilitator leads, and people in each.
MANY, FEW = (5, 12), (1, 2)
ROUNDS, WARM_UP = 200, 20
STATIC, BARE, KIBIBYTES = 3, 2, 60
# Notes in a portfolio, each of a few lines; how often it is made; and at most how many seconds of a
# processor it takes, and how many times that when two are made at once.
NOTES, PAPERS = 40, 3
PDF_SECONDS, BOTH = 3, 3
WRITE = f"UPDATE practice_note SET text = ?, written_at = {NOW} WHERE id = ?"

# In plain SQL, with what stands in its blanks.
Question = tuple[str, tuple[Any, ...]]


@dataclass
class Groups:
    """The product with groups of which two meetings have been, each of whose people wrote."""

    app: Flask
    database: Path
    leader: Browser
    participant: Browser
    first: Trajectory
    plan: uuid.UUID
    note: uuid.UUID
    reflection: uuid.UUID

    @property
    def cookie(self) -> str:
        """What the browser of the participant keeps."""
        return self.participant.cookie

    def opened(self, path: str) -> Page:
        """A page of the participant."""
        page = self.participant.get(path)
        assert page.status == 200, path
        return page


def measure(folder: Path) -> list[Row]:
    """Pages beside a static template; a note beside its bare handler; and first visits."""
    many, few = (_groups(folder / name, *size) for name, size in (("many", MANY), ("few", FEW)))
    pages: dict[str, tuple[Callable[[Groups], Browser], Callable[[Groups], str]]] = {
        "the desk of five trajectories": (lambda each: each.leader, lambda _each: "/desk"),
        "a participant's first page": (lambda each: each.participant, lambda _each: "/start"),
        "the page of a meeting": (
            lambda each: each.participant,
            lambda each: f"/meetings/{each.first.meetings[1]}",
        ),
    }
    rows = []
    for what, (browser, path) in pages.items():
        rows += _page(what, browser(many), path(many), many)
        fewer = _statements(few.app, browser(few), path(few))
        more = _statements(many.app, browser(many), path(many))
        rows.append(Row("- SQL statements", more, fewer, "", "as many as for one group of two"))
    return [*rows, _saving(many), *_weights(many), *_papers(folder / "papers")]


def _groups(folder: Path, trajectories: int, people: int) -> Groups:
    app = create_app(Settings(mode="demo", instance=folder))
    with app.app_context():
        upgrade_database()
    make, now = Maker(app), clock.now()
    fem = make.person("Fem", Role.FACILITATOR)
    made: list[tuple[Trajectory, list[Someone]]] = []
    with clock.as_if(now - timedelta(weeks=8)):
        for group in range(trajectories):
            names = [f"Persoon {group} {number}" for number in range(people)]
            members = [make.person(name, Role.SUPERVISOR) for name in names]
            first_day = (now - timedelta(weeks=6)).date()
            trajectory = make.trajectory(fem, *members, title=f"T {group}", first_day=first_day)
            make.agreements(trajectory, 1, "Notes", "Homework", members[:1])
            made.append((trajectory, members))
    for trajectory, members in made:
        for each in members:
            for number in (1, 2):
                plan = make.plan(trajectory, each, number=number, is_open=True)
                note = make.note(trajectory, each, audience="group", number=number)
                reflection = make.reflection(
                    trajectory, each, {"gained": "More than I thought."}, "group", number=number
                )
    trajectory, members = made[-1]
    browsers = [Browser(app, "nl") for _ in range(2)]
    for browser, person in zip(browsers, (fem, members[-1]), strict=True):
        sign_in(browser, person)
    return Groups(app, folder / "zetwpo.sqlite3", *browsers, trajectory, plan, note, reflection)


def _page(what: str, browser: Browser, path: str, groups: Groups) -> list[Row]:
    page = browser.get(path)
    assert page.status == 200, path
    asked = _questions(groups.app, _environ(browser, path))
    beside = {
        what: _bare(groups, asked, {"page": page.response.text}),
        "- beside it in the product's own frame": _in_frame(groups, page),
    }
    rows = []
    for name, static in beside.items():
        ours, theirs = _compare(groups.app, static, lambda _number: _environ(browser, path))
        detail = f"{ours:.2f} ms beside {theirs:.2f} ms of processor time"
        rows.append(Row(name, ours / theirs, STATIC, "times", detail))
    return rows


def _in_frame(groups: Groups, page: Page) -> Flask:
    """The product, in which this page shows the same and asks nothing."""
    app = create_app(Settings(mode="demo", instance=groups.database.parent))
    [words] = re.findall(r"<main[^>]*>(.*)</main>", page.response.text, re.DOTALL)
    styles = [each for each in sorted(ON_REQUEST) if stylesheet(each) in page.response.text]
    text = (
        f"{{% extends 'base.html' %}}{{% set styles = {styles} %}}"
        f"{{% block main %}}{as_template(words)}{{% endblock %}}"
    )
    templates = app.jinja_env.loader
    assert templates is not None
    app.jinja_env.loader = ChoiceLoader([DictLoader({"static.html": text}), templates])
    shown = needs(SEE_OWN_START)(lambda **_keys: render_template("static.html"))
    with app.test_request_context(page.path):
        assert request.endpoint is not None
        app.view_functions[request.endpoint] = shown
    return app


def _saving(groups: Groups) -> Row:
    path = f"/practice-notes/{groups.note}/autosave"
    page = groups.opened(f"/practice-notes/{groups.note}")
    token, page_path = page.token, f"/practice-notes/{groups.note}"

    def environ(number: int) -> dict[str, Any]:
        seen = groups.opened(page_path).fields()["seen"]
        fields = {"csrf_token": token, "seen": seen, "text": f"I waited {number} times."}
        return _environ(groups.participant, path, fields)

    asked = _questions(groups.app, environ(0))
    ours, theirs = _compare(groups.app, _bare(groups, asked, {}), environ)
    detail = f"{ours:.2f} ms beside {theirs:.2f} ms of processor time"
    return Row("saving a practice note", ours / theirs, BARE, "times", detail)


def _weights(groups: Groups) -> list[Row]:
    paths = {
        "a plan": f"/plans/{groups.plan}",
        "a practice note": f"/practice-notes/{groups.note}",
        "a reflection": f"/reflections/{groups.reflection}",
    }
    for path in paths.values():
        groups.opened(path)
    with serving(groups.app) as port, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**launch_arguments())
        phone = Phone(chromium, groups.cookie, f"http://127.0.0.1:{port}")
        return [phone.weight(what, path, KIBIBYTES) for what, path in paths.items()]


def _papers(folder: Path) -> list[Row]:
    """A portfolio as a PDF, alone and while another one is being made; and as a page."""
    browser, path = _portfolio(folder)
    if not making.is_possible():
        return [Row("a portfolio as a PDF", detail="nothing here makes one")]

    def opened(name: str) -> float:
        asked = _environ(browser, f"{path}/{name}")
        begun = time.perf_counter()
        body, status, _headers = run_wsgi_app(browser.app.wsgi_app, asked, buffered=True)
        assert status.startswith("200"), list(body)
        return time.perf_counter() - begun

    page = 1000 * statistics.median(opened("print") for _ in range(PAPERS))
    alone, waited = _median(_spent(lambda: opened("portfolio.pdf")) for _ in range(PAPERS))
    meanwhile: list[float] = []
    both, longer = _median(_spent(lambda: _at_once(opened, meanwhile)) for _ in range(PAPERS))
    later = 1000 * statistics.median(meanwhile)
    return [
        Row("a portfolio as a PDF", alone, PDF_SECONDS, "s", f"there after {waited:.2f} s"),
        Row("- one more meanwhile", both / alone, BOTH, "times", f"both after {longer:.2f} s"),
        Row("- as a page", page, unit="ms", detail=f"{later:.0f} ms while two are being made"),
    ]


def _at_once(opened: Callable[[str], float], meanwhile: list[float]) -> None:
    """Have as many PDFs made as there can be, and look at the page until they are there."""
    with ThreadPoolExecutor(making.AT_ONCE) as pool:
        asked = [pool.submit(opened, "portfolio.pdf") for _ in range(making.AT_ONCE)]
        while not all(each.done() for each in asked):
            meanwhile.append(opened("print"))
        for each in asked:
            each.result()


def _spent(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of a processor, in the programs that this started, and by the clock."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, time.perf_counter() - begun


def _median(rounds: Iterable[tuple[float, float]]) -> tuple[float, float]:
    spent, waited = zip(*rounds, strict=True)
    return statistics.median(spent), statistics.median(waited)


def _portfolio(folder: Path) -> tuple[Browser, str]:
    app = create_app(Settings(mode="demo", instance=folder))
    with app.app_context():
        upgrade_database()
    make, now = Maker(app), clock.now()
    fem, olga = make.person("Fem", Role.FACILITATOR), make.person("Olga", Role.SUPERVISOR)
    with clock.as_if(now - timedelta(weeks=30)):
        make.scan(olga, 3)
    with clock.as_if(now - timedelta(weeks=8)):
        trajectory = make.trajectory(fem, olga, first_day=(now - timedelta(weeks=6)).date())
    make.scan(olga, 5)
    for number in range(NOTES):
        make.note(trajectory, olga, f"Day {number}. " + "I asked, she told what she saw. " * 10)
    make.portfolio(trajectory, olga, "For whoever reads this.")
    browser = Browser(app, "nl")
    sign_in(browser, olga)
    return browser, f"{trajectory.path}/portfolio"


def _questions(app: Flask, environ: dict[str, Any]) -> list[Question]:
    """What this request asks the database besides who is signed in."""
    found: list[Question] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if statement.startswith("SELECT") and "sign_in" not in statement:
            found.append((statement, values))

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    run_wsgi_app(app.wsgi_app, environ, buffered=True)
    sa.event.remove(engine, "before_cursor_execute", note)
    return found


def _bare(groups: Groups, asked: list[Question], pages: dict[str, str]) -> Flask:
    bare = Flask("bare")
    bare.config.update(groups.app.config)
    bare.jinja_env.loader = DictLoader({name: as_template(page) for name, page in pages.items()})
    CSRFProtect(bare)
    Compress(bare)
    bare.extensions["settings"] = groups.app.extensions["settings"]
    connection = connect(groups.database)

    def look() -> None:
        if not connection.execute(WHO, (keyed_hash(session[SIGN_IN_KEY]),)).fetchall():
            abort(404)
        for question, values in asked:
            connection.execute(question, values).fetchall()

    @bare.get("/<path:_path>")
    def page(_path: str) -> ResponseReturnValue:
        connection.execute("BEGIN")
        look()
        connection.execute("ROLLBACK")
        return render_template("page")

    @bare.post("/practice-notes/<uuid:note_id>/autosave")
    def save(note_id: uuid.UUID) -> ResponseReturnValue:
        connection.execute("BEGIN IMMEDIATE")
        look()
        connection.execute(WRITE, (request.form["text"], note_id.hex))
        connection.execute("COMMIT")
        return {"message": "Saved"}

    return bare


def _compare(
    app: Flask, bare: Flask, environ: Callable[[int], dict[str, Any]]
) -> tuple[float, float]:
    """Milliseconds of processor time, as medians, while the two take turns."""
    times: dict[Flask, list[float]] = {app: [], bare: []}
    for number in range(WARM_UP + ROUNDS):
        for each in (app, bare) if number % 2 else (bare, app):
            asked = environ(2 * number + (each is bare))
            begun = time.thread_time()
            body, status, _headers = run_wsgi_app(each.wsgi_app, asked, buffered=True)
            spent = time.thread_time() - begun
            assert status.startswith("200"), list(body)
            if number >= WARM_UP:
                times[each].append(1000 * spent)
    return statistics.median(times[app]), statistics.median(times[bare])


def _environ(browser: Browser, path: str, fields: dict[str, str] | None = None) -> dict[str, Any]:
    headers = {"Cookie": f"zetwpo={browser.cookie}", "Accept-Encoding": "br"}
    method = "POST" if fields else "GET"
    return EnvironBuilder(path, method=method, data=fields, headers=headers).get_environ()


def _statements(app: Flask, browser: Browser, path: str) -> int:
    return count_statements(
        app, lambda: run_wsgi_app(app.wsgi_app, _environ(browser, path), buffered=True)
    )
