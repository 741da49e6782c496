"""The disk is full, the connection breaks, the database is away: nothing is lost or half stored."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import OperationalError

from tests.application import Stored
from tests.factories import Asked, Maker, Scan
from tests.pages.client import Browser, Page
from tests.pages.test_scan_parts import RELATIONSHIP, TEXT, texts
from tests.people import Browse
from tests.postgres import Server
from zetwpo.extensions import db

Trouble = Callable[[], AbstractContextManager[None]]


def engine_of(app: Flask) -> sa.Engine:
    with app.app_context():
        return db.engine


@contextmanager
def listening(engine: sa.Engine, event: str, act: Callable[..., None]) -> Iterator[None]:
    sa.event.listen(engine, event, act)
    try:
        yield
    finally:
        sa.event.remove(engine, event, act)
        engine.dispose()


@pytest.fixture
def unwritable(app: Flask, database: str, request: pytest.FixtureRequest) -> Trouble:
    """Storage that takes in nothing: SQLite may only read, PostgreSQL goes away at the commit."""
    engine = engine_of(app)

    def only_read(connection: sa.Connection) -> None:
        connection.exec_driver_sql("PRAGMA query_only = ON")

    def go_away(connection: sa.Connection) -> None:
        pid = connection.connection.driver_connection.info.backend_pid
        server: Server = request.getfixturevalue("postgres")
        server.execute(f"SELECT pg_terminate_backend({pid})")

    if database == "sqlite":
        return lambda: listening(engine, "begin", only_read)
    return lambda: listening(engine, "commit", go_away)


@pytest.fixture
def away(app: Flask, database: str, request: pytest.FixtureRequest) -> Trouble:
    """A database that cannot be reached at all."""
    engine = engine_of(app)
    name = str(engine.url.database)

    @contextmanager
    def without_file() -> Iterator[None]:
        path = Path(name)
        aside = path.rename(path.with_suffix(".aside"))
        path.mkdir()
        try:
            yield
        finally:
            path.rmdir()
            aside.rename(path)

    @contextmanager
    def without_connections() -> Iterator[None]:
        server: Server = request.getfixturevalue("postgres")
        server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        try:
            yield
        finally:
            server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")

    @contextmanager
    def trouble() -> Iterator[None]:
        engine.dispose()
        with without_file() if database == "sqlite" else without_connections():
            yield

    return trouble


@pytest.fixture(params=["part", "submit", "ask", "question", "share", "decline"])
def act(
    request: pytest.FixtureRequest, olga: Browser, student: Browser, scan: Scan, make: Maker
) -> tuple[Page, str, dict[str, str]]:
    """A page, the form on it, and what somebody fills in: one act of each kind."""
    if request.param in {"part", "submit"}:
        draft = make.draft_scan(scan.owner, 4)
        if request.param == "submit":
            return olga.get(f"{draft.path}/check"), "", {}
        return olga.get(f"{draft.path}/part/1"), "", {TEXT: "Typed for long"}
    if request.param == "ask":
        page = olga.get(f"{scan.path}/feedback")
        who = {"role": "student", "name": "Noor", "email": "noor@student.example"}
        return page, "", who | {"word": "Typed for long", "mail_language": "nl"}
    if request.param == "question":
        page = olga.get(f"{scan.path}/learning-question")
        return page, "", {"axis": "gatekeeper", "text": "Typed for long"}
    asked: Asked = make.drafted(make.asked(scan))
    if request.param == "share":
        return student.get(f"{asked.path}/preview"), "share", {}
    return student.get(f"{asked.path}/decline"), "decline", {}


def test_what_cannot_be_stored_comes_back_and_can_be_sent_again(
    act: tuple[Page, str, dict[str, str]], unwritable: Trouble, stored: Stored
) -> None:
    page, form, fields = act
    before = stored.everything()
    with unwritable():
        refused = page.send(fields, form=form)
    assert refused.status == 503
    for text in fields.values():
        assert text in refused.response.text
    assert stored.everything() == before
    again = refused.send() if fields else page.send(form=form)
    assert again.status == 303
    assert stored.everything() != before


@pytest.mark.parametrize("act", ["/sign-out", "/my-data/delete", "/scan/feedback/{}/withdraw"])
def test_what_did_not_happen_is_not_said_to_have_happened(
    app: Flask, olga: Browser, asked: Asked, act: str, stored: Stored
) -> None:
    before = stored.everything()
    with listening(engine_of(app), "commit", refuse_to_commit):
        refused = olga.post(act.format(asked.id), {"sure": "y"})
    assert refused.status == 503
    assert stored.everything() == before
    for page in (refused, olga.get("/start")):
        assert not [each for each in page.main.walk() if "notice" in each.get("class").split()]
    assert olga.get("/start").status == 200


def refuse_to_commit(_connection: sa.Connection) -> None:
    raise OperationalError("COMMIT", {}, OSError("no room"))


def test_a_full_disk_loses_nothing(
    app: Flask, database: str, olga: Browser, draft: Scan, stored: Stored, unwritable: Trouble
) -> None:
    engine = engine_of(app)
    page = olga.get(f"{draft.path}/part/1")
    text = "é" * 4000

    def no_more_room(connection: Any, *_rest: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # that is: as many as there are

    if database == "sqlite":
        connection = engine.raw_connection()
        connection.cursor().execute("VACUUM")
        connection.close()
        full = listening(engine, "checkout", no_more_room)
    else:
        full = unwritable()
    with full:
        refused = page.send({TEXT: text, RELATIONSHIP: "5"})
    assert refused.status == 503
    assert text in refused.text
    assert texts(stored) == []
    assert refused.send().status == 303
    assert texts(stored) == [text]


def test_without_a_database_pages_say_so_and_the_text_comes_back(
    olga: Browser, draft: Scan, away: Trouble, stored: Stored
) -> None:
    page = olga.get(f"{draft.path}/part/1")
    with away():
        assert olga.client.get("/health").status_code == 503
        assert olga.get("/start").status == 503
        refused = page.send({TEXT: "Typed for long"})
        assert refused.status == 503
        assert "Typed for long" in refused.text
    assert olga.client.get("/health").status_code == 200
    assert refused.send().status == 303
    assert texts(stored) == ["Typed for long"]


def test_pages_that_need_no_database_stay_open(browse: Browse, away: Trouble) -> None:
    browser = browse()
    with away():
        for path in ("/", "/who-reads-what", "/sign-in", "/feedback/lost-link"):
            assert browser.get(path).status == 200
