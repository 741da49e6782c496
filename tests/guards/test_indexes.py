"""Lists that grow are read by their indexes: what somebody asks for does not grow with the rest.

PostgreSQL reads a small table as a whole because that is cheaper, so here it is told that it costs
much: what it reads as a whole then has no index that would help.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.factories import PARTNERSHIP, Maker, Someone
from tests.pages.client import Browser
from tests.people import Browse
from zetwpo.accounts.actors import Role
from zetwpo.accounts.admission import Grant, Newcomer, admit
from zetwpo.extensions import db
from zetwpo.mail.worker import send_due
from zetwpo.scan.feedback.queries import invitations_to

PEOPLE = 3000
# They grow with the people of all partnerships.
LARGE = ("person", "membership", "welcome", "sign_in", "sign_in_request", "sign_in_letter")
LARGE_TOO = ("invitation", "scan", "outbox_mail")


@contextmanager
def plans(app: Flask) -> Iterator[list[str]]:
    """How the database reads what is asked meanwhile, a line for each table."""
    asked: list[tuple[str, Any]] = []

    def listen(
        _connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any
    ) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            asked.append((statement, parameters))

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", listen)
    found: list[str] = []
    yield found
    sa.event.remove(engine, "before_cursor_execute", listen)
    is_sqlite = engine.dialect.name == "sqlite"
    with app.app_context(), engine.begin() as connection:
        cursor = connection.connection.cursor()
        if not is_sqlite:
            cursor.execute("SET LOCAL enable_seqscan = off")
        for statement, parameters in asked:
            cursor.execute(f"EXPLAIN {'QUERY PLAN ' if is_sqlite else ''}{statement}", parameters)
            found += [str(row[-1]).strip() for row in cursor.fetchall()]


def whole_tables(found: list[str]) -> set[str]:
    """The large tables that are read from beginning to end."""
    return {
        table
        for line in found
        for table in (*LARGE, *LARGE_TOO)
        if f"Seq Scan on {table} " in f"{line} " or f"SCAN {table} " in f"{line} "
    }


@pytest.fixture
def crowd(app: Flask, make: Maker, administrator: Someone) -> Someone:
    """The administrator among 3,000 people."""
    place = make.partnership()
    with make.request():
        role = frozenset({Grant(Role.SUPERVISOR)})
        admit(
            place,
            [Newcomer(f"Person {n}", f"p{n}@crowd.example", role) for n in range(PEOPLE)],
        )
    with app.app_context(), db.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(sa.text("ANALYZE"))
    return administrator


PATHS = ("", "?q=person+12", "?role=supervisor&page=9", "?role=none", "?school=x")


@pytest.mark.parametrize("query", PATHS)
def test_the_list_of_people_reads_no_more_than_its_own(
    app: Flask, browse: Browse, make: Maker, crowd: Someone, query: str
) -> None:
    ad, place = browse(crowd), make.partnership(PARTNERSHIP)
    with plans(app) as found:
        assert ad.get(f"/partnerships/{place}/people{query}").status == 200
        assert ad.get(f"/partnerships/{place}/mails").status == 200
    assert len(found) > 5
    assert whole_tables(found) == set()


def test_signing_in_reads_one_person(app: Flask, browse: Browse, crowd: Someone) -> None:
    def sign_in() -> Browser:
        browser = browse()
        browser.get("/sign-in").send({"email": "p7@crowd.example"})
        with app.app_context():
            send_due()
        return browser

    sign_in()
    with plans(app) as found:
        browser = sign_in()
        browser.get("/sign-in/code").send({"code": "1234 5678"})
        browse(crowd).get("/start")
    # The worker looks at whatever waits to leave.
    assert whole_tables(found) - {"outbox_mail"} == set()


def test_a_request_for_feedback_is_found_by_its_address(
    app: Flask, crowd: Someone, make: Maker, owner: Someone
) -> None:
    asked = make.asked(make.scan(owner))
    with plans(app) as found, app.app_context():
        assert len(invitations_to(asked.email)) == 1
    assert whole_tables(found) == set()


def test_a_table_that_is_read_as_a_whole_is_found(app: Flask, crowd: Someone) -> None:
    with plans(app) as found, app.app_context():
        db.session.execute(sa.text("SELECT count(*) FROM person WHERE lower(name) = 'x'")).all()
    assert whole_tables(found) == {"person"}
