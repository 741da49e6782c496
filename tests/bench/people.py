"""What the list of 3,000 people costs, beside a bare page with the same text in a template.

The bare one reads the session and who is signed in, asks the database for the same people in plain
SQL, and compresses; its template has no blanks.
"""

import sqlite3
import statistics
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask, render_template, session
from flask_compress import Compress
from jinja2 import DictLoader
from werkzeug.test import EnvironBuilder, run_wsgi_app

from tests.bench.table import Row
from zetwpo.accounts.actors import Role
from zetwpo.accounts.admission import Grant, Newcomer, admit
from zetwpo.accounts.guard import SIGN_IN_KEY
from zetwpo.accounts.models import Partnership, School
from zetwpo.accounts.service import add_person, open_session
from zetwpo.application import create_app
from zetwpo.cli import upgrade_database
from zetwpo.config import Settings
from zetwpo.extensions import db
from zetwpo.hashing import keyed_hash

PEOPLE, FEW = 3000, 60
ROUNDS, WARM_UP = 120, 20
AIM = 3
QUERIES = {
    "the list of people": "",
    "- its last page": "?page=60",
    "- looked for by name": "?q=persoon+12",
    "- by role and school": "?role=school_trainer&school={school}",
}
Environ = dict[str, Any]


def measure(folder: Path) -> list[Row]:
    """The ratio to the static page for each way to look at the list; and the statements."""
    app, cookie, path, school = _site(folder / "many", PEOPLE)
    database = folder / "many" / "zetwpo.sqlite3"
    rows = []
    for what, query in QUERIES.items():
        address = path + query.format(school=school)
        ours, theirs = _compare(app, _bare(app, database, cookie, address), cookie, address)
        detail = f"{ours:.2f} ms beside {theirs:.2f} ms of processor time, {PEOPLE} people"
        rows.append(Row(what, ours / theirs, AIM, "times", detail))
    few, few_cookie, few_path, _school = _site(folder / "few", FEW)
    more = _statements(app, cookie, path) - _statements(few, few_cookie, few_path)
    detail = f"{_statements(app, cookie, path)} for {PEOPLE} people"
    return [*rows, Row(f"- SQL statements more than for {FEW}", more, 0, "", detail)]


def _site(folder: Path, people: int) -> tuple[Flask, str, str, str]:
    """The product with so many people: the cookie of an administrator, the list, and a school."""
    app = create_app(Settings(mode="demo", instance=folder))
    with app.app_context():
        upgrade_database()
        ada = add_person("Ada", "ada@school.example", [Role.ADMINISTRATOR], "Here")
        place = db.session.scalars(sa.select(Partnership.id)).one()
        schools = [School(partnership_id=place, name=f"School {number}") for number in range(12)]
        db.session.add_all(schools)
        db.session.flush()
        admit(place, [_newcomer(number, schools) for number in range(people)])
        token, school = open_session(ada), str(schools[0].id)
        db.session.commit()
    visitor = app.test_client()
    with visitor.session_transaction() as kept:
        kept[SIGN_IN_KEY] = token
    path = f"/partnerships/{place}/people"
    assert visitor.get(path).status_code == 200
    cookie = visitor.get_cookie("zetwpo")
    assert cookie
    return app, cookie.value, path, school


def _newcomer(number: int, schools: list[School]) -> Newcomer:
    role = Role.SCHOOL_TRAINER if number % 7 == 0 else Role.SUPERVISOR
    grants = {Grant(role, schools[number % len(schools)].id)}
    if number % 20 == 0:
        grants.add(Grant(Role.FACILITATOR))
    return Newcomer(f"Persoon {number:04}", f"persoon{number}@school.example", frozenset(grants))


WHO = """
SELECT person.id, person.name, membership.role, membership.partnership_id
FROM person
JOIN sign_in ON sign_in.person_id = person.id
LEFT JOIN membership ON membership.person_id = person.id AND membership.ended_at IS NULL
WHERE sign_in.token_hash = ? AND sign_in.expires_at > strftime('%Y-%m-%d %H:%M:%f000')"""
COUNT = """
SELECT count(DISTINCT person_id) FROM membership
WHERE partnership_id = ? AND ended_at IS NULL"""
LISTED = """
SELECT person_id, name, email, came_at FROM welcome
WHERE partnership_id = ?1 AND EXISTS (
    SELECT 1 FROM membership
    WHERE membership.person_id = welcome.person_id
    AND membership.partnership_id = ?1 AND ended_at IS NULL
)
ORDER BY sought_name, person_id LIMIT 50"""
ROLES = """
SELECT membership.person_id, membership.role, school.name FROM membership
LEFT JOIN school ON school.id = membership.school_id
WHERE membership.partnership_id = ? AND ended_at IS NULL AND membership.person_id IN ({0})"""


def _bare(app: Flask, database: Path, cookie: str, address: str) -> Flask:
    body, _status, _headers = run_wsgi_app(app.wsgi_app, _environ(address, cookie, "identity"))
    bare = Flask("bare")
    bare.config.update(app.config)
    text = b"".join(body).decode().replace("{", "&#123;")
    bare.jinja_env.loader = DictLoader({"page.html": text})
    Compress(bare)
    connection = sqlite3.connect(database, check_same_thread=False)
    place = address.split("/")[2].replace("-", "")

    def page(path: str) -> str:
        assert path
        token = keyed_hash(session[SIGN_IN_KEY])
        assert connection.execute(WHO, (token,)).fetchall()
        connection.execute(COUNT, (place,)).fetchall()
        listed = [row[0] for row in connection.execute(LISTED, (place,))]
        marks = ", ".join("?" * len(listed))
        assert len(connection.execute(ROLES.format(marks), (place, *listed)).fetchall()) >= len(
            listed
        )
        return render_template("page.html")

    bare.add_url_rule("/<path:path>", "page", page)
    with app.app_context():
        # Both hash with the same key.
        bare.extensions["settings"] = app.extensions["settings"]
    return bare


def _compare(app: Flask, bare: Flask, cookie: str, address: str) -> tuple[float, float]:
    """Milliseconds of processor time, as medians, while the two take turns."""
    times: dict[Flask, list[float]] = {app: [], bare: []}
    for number in range(WARM_UP + ROUNDS):
        for each in (app, bare) if number % 2 else (bare, app):
            environ = _environ(address, cookie, "br")
            begun = time.thread_time()
            run_wsgi_app(each.wsgi_app, environ, buffered=True)
            if number >= WARM_UP:
                times[each].append(1000 * (time.thread_time() - begun))
    return statistics.median(times[app]), statistics.median(times[bare])


def _environ(address: str, cookie: str, encoding: str) -> Environ:
    headers = {"Cookie": f"zetwpo={cookie}", "Accept-Encoding": encoding}
    return EnvironBuilder(address, headers=headers).get_environ()


def _statements(app: Flask, cookie: str, path: str) -> int:
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    run_wsgi_app(app.wsgi_app, _environ(path, cookie, "br"), buffered=True)
    sa.event.remove(engine, "before_cursor_execute", note)
    return len(seen)
