"""Several processes on one database, and a database that goes away, as it happens to servers."""

import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
import time_machine
from alembic import command
from flask import Flask

from tests.application import Stored
from tests.browser.ports import free_port
from tests.factories import Maker
from tests.guards.test_parallel import at_once
from tests.pages.client import Browser, Fields, Page
from tests.people import sign_in
from tests.postgres import Server, new_server
from tests.serving import ask, send, serving, start, wait_for
from tests.waiting import PATIENCE, wait_until
from zetwpo import clock
from zetwpo.accounts.actors import Role
from zetwpo.accounts.models import Person, SignIn
from zetwpo.accounts.service import open_session
from zetwpo.extensions import db, migrate
from zetwpo.privacy import tidying
from zetwpo.scan.feedback.models import Invitation
from zetwpo.scan.self_scan.models import Scan

CLICKS = 8
SHORT_SECONDS = 0.5


@pytest.fixture
def served(
    make_app: Callable[..., Flask], new_database: Callable[[str], str], database: str
) -> Flask:
    """An application whose settings and database fit a server of its own."""
    return make_app(database_url=new_database(database), port=free_port())


@pytest.fixture
def empty(served: Flask) -> Flask:
    """One whose database has no tables at all."""
    with served.app_context():
        command.downgrade(migrate.get_config(), "base")
        with db.engine.begin() as connection:
            connection.execute(sa.text("DROP TABLE alembic_version"))
        db.engine.dispose()
    return served


@contextmanager
def nobody_begins(app: Flask) -> Iterator[Callable[[int], None]]:
    """Hold up every migration; gives a function that waits until so many processes wait."""
    address = app.config["SQLALCHEMY_DATABASE_URI"]
    if address.startswith("sqlite"):
        with sqlite3.connect(sa.make_url(address).database or "") as connection:
            connection.execute("BEGIN IMMEDIATE")
            # Who waits for a lock of SQLite cannot be seen.
            yield lambda _count: time.sleep(3)
            connection.rollback()
        return
    plain = address.replace("+psycopg", "")
    with psycopg.connect(plain) as connection, psycopg.connect(plain, autocommit=True) as look:

        def wait_for_waiting(count: int) -> None:
            waiting = (
                "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database"
                " WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()"
            )
            wait_until(lambda: look.execute(waiting).fetchone() == (count,))

        connection.execute("SELECT pg_advisory_xact_lock(hashtext('migration'))")
        yield wait_for_waiting
        connection.rollback()


def test_two_processes_that_start_together_migrate_once(empty: Flask, tmp_path: Path) -> None:
    ports = [empty.extensions["settings"].port, free_port()]
    logs = [tmp_path / str(port) for port in ports]
    starts = zip(ports, logs, strict=True)
    processes = [start(empty, "serve", port=port, log=log) for port, log in starts]
    try:
        with nobody_begins(empty) as wait_for_waiting:
            wait_for_waiting(len(processes))
        for port, process in zip(ports, processes, strict=True):
            wait_for(port, process)
        _start_one_scan_and_ask_one_person(empty, ports)
    finally:
        for process in processes:
            process.kill()
            process.wait()
    for log in logs:
        assert "Traceback" not in log.read_text()
    with empty.app_context():
        found = db.session.execute(sa.text("SELECT version_num FROM alembic_version")).all()
        assert len(found) == 1


def _start_one_scan_and_ask_one_person(app: Flask, ports: list[int]) -> None:
    """Many clicks of one person, through both processes."""
    browser = Browser(app)
    sign_in(browser, Maker(app).person("Olga", Role.SUPERVISOR))

    def through(number: int, page: Page, action: str, fields: Fields) -> Callable[[], int]:
        return lambda: send(page, action, fields, ports[number % len(ports)])

    start_page = browser.get("/start")
    starts = [through(number, start_page, "/scan/start", {}) for number in range(CLICKS)]
    assert set(at_once(starts)) == {303}
    [scan_id] = Stored(app).values(sa.select(Scan.id))
    who = {"role": "student", "name": "Noor", "email": "noor@student.example"}
    pages = [browser.get(f"/scan/{scan_id}/feedback") for _ in range(CLICKS)]
    asks = [through(number, page, "", who) for number, page in enumerate(pages)]
    assert Counter(at_once(asks)) == {303: 1, 422: CLICKS - 1}
    assert Stored(app).count(Invitation) == 1


@pytest.mark.parametrize("words", [["serve"], ["worker"], ["tidy"], ["check"]])
def test_a_database_that_is_away_gets_one_sentence(
    make_app: Callable[..., Flask], tmp_path: Path, words: list[str]
) -> None:
    app = make_app(database_url=f"sqlite:///{tmp_path / 'database'}", port=free_port())
    with app.app_context():
        db.engine.dispose()
    (tmp_path / "database").unlink()
    (tmp_path / "database").mkdir()
    result = app.test_cli_runner().invoke(args=words)
    assert result.exit_code == 1
    assert "does not answer" in result.output
    assert "Traceback" not in result.output


@pytest.fixture(scope="module")
def frail() -> Iterator[Server]:
    """A PostgreSQL server that may be stopped."""
    with new_server() as server:
        yield server


@pytest.mark.postgres
def test_a_server_outlives_a_restart_of_its_database(
    make_app: Callable[..., Flask], frail: Server
) -> None:
    app = make_app(database_url=frail.new_database(), port=free_port())
    port = app.extensions["settings"].port
    with serving(app, "--no-worker"):
        # Some connections of the pool, so that the first one is not the only one that is tried.
        assert [ask(port, "/health") for _ in range(3)] == [200] * 3
        frail.restart()
        assert [ask(port, path) for path in ("/health", "/feedback/x", "/health")] == [
            200,
            404,
            200,
        ]
        frail.stop()
        begun = time.monotonic()
        assert ask(port, "/health") == 503
        assert time.monotonic() - begun < 10
        frail.start()
        assert ask(port, "/health") == 200


def test_health_says_that_the_tables_are_missing(empty: Flask) -> None:
    assert empty.test_client().get("/health").status_code == 503


def test_health_waits_for_no_writer(served: Flask) -> None:
    Maker(served).person("Olga", Role.SUPERVISOR)
    with served.app_context(), db.engine.begin() as connection:
        connection.execute(sa.update(Person).values(name="Otto"))
        begun = time.monotonic()
        assert served.test_client().get("/health").status_code == 200
        # A writer waits for a quarter of a minute.
        assert time.monotonic() - begun < 10


def past_sign_ins(app: Flask) -> Callable[[], int]:
    """Let a session run out, and count what is left of it."""
    olga = Maker(app).person("Olga", Role.SUPERVISOR)
    with app.app_context():
        with clock.as_if(clock.now() - timedelta(days=2)):
            open_session(olga.id)
        db.session.commit()
    return lambda: Stored(app).count(SignIn)


@pytest.mark.parametrize("words", [["serve"], ["worker"]])
def test_whoever_sends_the_mails_tidies_too(served: Flask, words: list[str]) -> None:
    left = past_sign_ins(served)
    assert left() == 1
    process = start(served, *words)
    try:
        wait_until(lambda: left() == 0)
    finally:
        process.kill()
        process.wait()


def test_it_tidies_again_the_next_day(served: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tidying, "PAUSE_SECONDS", 0.02)
    left, stop = past_sign_ins(served), threading.Event()
    with time_machine.travel(clock.now()) as traveller:
        thread = tidying.start_thread(served, stop)
        wait_until(lambda: left() == 0)
        past_sign_ins(served)
        traveller.shift(tidying.EVERY - timedelta(minutes=5))
        time.sleep(SHORT_SECONDS)
        assert left() == 1
        traveller.shift(timedelta(minutes=6))
        wait_until(lambda: left() == 0)
        stop.set()
        thread.join(PATIENCE)
    assert not thread.is_alive()
