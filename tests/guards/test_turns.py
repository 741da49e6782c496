"""No place before the database is lost, whatever fails, and who looks at a page changes nothing."""

import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError, TimeoutError

from tests.application import Stored
from tests.factories import Maker
from tests.pages.client import Browser
from tests.people import sign_in
from zetwpo.accounts.actors import Role
from zetwpo.accounts.guard import open_to_all
from zetwpo.audit import AuditEntry, record
from zetwpo.database.turns import Busy, FairPool, Line, reading, writing
from zetwpo.extensions import db

WRITE = sa.text("DELETE FROM audit_entry")


def lines(engine: sa.Engine) -> list[Line]:
    pool = engine.pool
    assert isinstance(pool, FairPool)
    return [pool._writers, pool._readers]


def is_free(line: Line) -> bool:
    return not line._holders and not line._waiting


@pytest.fixture
def engine(fresh: Flask) -> Iterator[sa.Engine]:
    """After the test everybody is gone from both lines, and one can still write and read."""
    engine = db.engine
    # Who looks for what was forgotten need not go through all that was there before.
    gc.freeze()
    yield engine
    db.session.rollback()
    gc.collect()
    gc.unfreeze()
    assert all(is_free(line) for line in lines(engine))
    with writing(1), engine.begin() as connection:
        connection.execute(WRITE)
    with reading(1), engine.connect() as connection:
        connection.execute(sa.select(AuditEntry))


class Mistake(Exception):
    """Something goes wrong."""


def fail(*_any: Any) -> None:
    raise Mistake


def write(engine: sa.Engine, how_it_ends: str) -> None:
    with engine.connect() as connection:
        connection.execute(WRITE)
        getattr(connection, how_it_ends)()


@pytest.mark.parametrize("event", ["begin", "commit", "rollback", "engine_connect"])
def test_an_error_around_a_transaction_gives_the_place_back(engine: sa.Engine, event: str) -> None:
    sa.event.listen(engine, event, fail)
    try:
        with pytest.raises(Mistake):
            write(engine, "rollback" if event == "rollback" else "commit")
    finally:
        sa.event.remove(engine, event, fail)


@pytest.mark.parametrize("event", ["connect", "checkout"])
def test_an_error_before_there_is_a_connection_gives_the_place_back(
    engine: sa.Engine, event: str
) -> None:
    engine.dispose()
    sa.event.listen(engine, event, fail)
    try:
        for asking in (reading, writing):
            with pytest.raises(Mistake), asking():
                engine.connect()
    finally:
        sa.event.remove(engine, event, fail)


def test_a_connection_that_broke_gives_the_place_back(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        connection.execute(WRITE)
        connection.invalidate()


def test_a_connection_that_was_forgotten_gives_the_place_back(engine: sa.Engine) -> None:
    connection = engine.connect()
    connection.execute(WRITE)
    del connection


def test_a_connection_that_left_its_pool_gives_the_place_back(engine: sa.Engine) -> None:
    connection = engine.connect()
    connection.detach()
    connection.close()


def test_new_connections_stand_in_the_same_lines(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        connection.execute(WRITE)
        engine.dispose()
        assert not is_free(lines(engine)[0])


def test_a_session_that_failed_gives_the_place_back(engine: sa.Engine) -> None:
    with suppress(DBAPIError):
        db.session.execute(sa.text("DELETE FROM nothing"))
    db.session.rollback()
    assert is_free(lines(engine)[0])


def test_two_in_one_thread_do_not_wait_for_each_other(engine: sa.Engine) -> None:
    with engine.connect(), engine.begin() as second:
        second.execute(WRITE)


def test_who_writes_leaves_before_the_answer_goes_out(engine: sa.Engine) -> None:
    record("something")
    assert not is_free(lines(engine)[0])
    db.session.commit()
    assert is_free(lines(engine)[0])


@contextmanager
def all_places(engine: sa.Engine) -> Iterator[None]:
    """Somebody is at every place for writers."""
    [writers, _readers] = lines(engine)
    done = threading.Event()

    def hold() -> None:
        place = writers.enter(1)
        done.wait(60)
        writers.leave(place)

    threads = [threading.Thread(target=hold) for _ in range(writers.places)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        done.set()
        for thread in threads:
            thread.join()


def test_readers_do_not_stand_in_the_line_of_the_writers(engine: sa.Engine) -> None:
    with all_places(engine):
        with pytest.raises(Busy), writing(0.05):
            engine.connect()
        with reading(1), engine.connect() as connection:
            connection.execute(sa.select(AuditEntry))


def test_a_wait_that_is_too_long_gives_the_text_back(
    fresh: Flask, engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = Maker(fresh)
    scan = make.draft_scan(make.person("Olga", Role.SUPERVISOR))
    browser = Browser(fresh)
    sign_in(browser, scan.owner)
    page = browser.get(f"{scan.path}/part/1")
    monkeypatch.setattr("zetwpo.web.writing", lambda: writing(0.1))
    with all_places(engine):
        refused = page.send({"text-example-pedagogical": "Typed for long"})
        assert browser.get("/start").status == 200
    assert refused.status == 503
    assert "Typed for long" in refused.text
    assert refused.send().status == 303


def test_a_page_that_is_looked_at_cannot_write_even_where_its_view_tries(
    make_app: Callable[..., Flask], new_database: Callable[[str], str], database: str
) -> None:
    app = make_app(database_url=new_database(database))
    app.config["PROPAGATE_EXCEPTIONS"] = False

    @open_to_all("a mistake")
    def mistake() -> str:
        record("a visit")
        db.session.commit()
        with db.engine.begin() as connection:
            connection.execute(sa.text("UPDATE partnership SET name = 'Visited'"))
        return "done"

    app.add_url_rule("/mistake", view_func=mistake, methods=["GET", "POST"])
    browser = Browser(app)
    for ask in (browser.client.get, browser.client.head, browser.client.options):
        ask("/mistake")
    assert browser.client.get("/mistake").status_code in {500, 503}
    assert Stored(app).count(AuditEntry) == 0


def test_too_many_connections_at_once_are_the_same_as_too_long_a_wait() -> None:
    assert issubclass(Busy, TimeoutError)
