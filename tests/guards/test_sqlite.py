"""The embedded database: strict, durable, and what was deleted is gone from its file."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from flask import Flask
from sqlalchemy.exc import OperationalError

from tests.application import be_quick
from tests.browser.ports import free_port
from tests.factories import Maker
from tests.guards.world import World, build, mark
from tests.pages.client import Browser
from tests.pages.test_scan_parts import TEXT
from tests.people import sign_in
from tests.serving import send, serving
from zetwpo.accounts.actors import Role
from zetwpo.database.engine import journal_mode
from zetwpo.database.turns import reading, writing
from zetwpo.extensions import db, migrate
from zetwpo.privacy.service import erase
from zetwpo.privacy.tidying import tidy
from zetwpo.scan.feedback.links import token_for
from zetwpo.scan.feedback.models import Invitation


@pytest.fixture
def world(make_app: Callable[..., Flask], new_database: Callable[[str], str]) -> World:
    """A world whose connections are all new, and as they are outside of tests."""
    world = build(Maker(make_app(database_url=new_database("sqlite"))))
    with world.app.app_context():
        sa.event.remove(db.engine, "connect", be_quick)
        db.engine.dispose()
    return world


def test_every_connection_is_strict_and_durable(world: World) -> None:
    wanted = {
        "foreign_keys": 1,
        "synchronous": 2,
        "secure_delete": 1,
        "busy_timeout": 15000,
        "journal_mode": journal_mode(sqlite3.sqlite_version_info).lower(),
    }
    with world.app.app_context(), db.engine.connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
    assert found == wanted


def test_a_connection_writes_only_for_whoever_may_write(world: World) -> None:
    """They share it: the one who looked before, after, or in between leaves nothing behind."""
    change = sa.text("UPDATE person SET language = language")
    with world.app.app_context():
        for is_reading in (True, False, False, True, True, False):
            with reading() if is_reading else writing(), db.engine.connect() as connection:
                if is_reading:
                    with pytest.raises(OperationalError, match="readonly"):
                        connection.execute(change)
                else:
                    connection.execute(change)
                    connection.commit()
    with world.app.app_context():
        with reading(), db.engine.connect() as connection:
            connection.execute(sa.text("SELECT 1"))
            connection.invalidate()
        # It was replaced, and a new one knows nothing of what the old one was told.
        with db.engine.connect() as connection:
            connection.execute(change)
        with reading(), db.engine.connect() as connection, pytest.raises(OperationalError):
            connection.execute(change)


def test_looking_again_prepares_no_statement_anew(world: World) -> None:
    """Each look once told SQLite that it only reads, which forgets all prepared statements."""
    said: list[str] = []
    with world.app.app_context():
        for number in range(3):
            with reading(), db.engine.connect() as connection:
                driver = connection.connection.driver_connection
                assert isinstance(driver, sqlite3.Connection)
                if number:
                    driver.set_trace_callback(said.append)
                connection.execute(sa.text("SELECT 1"))
    assert "SELECT 1" in said
    assert not [each for each in said if "query_only" in each]


def test_what_was_deleted_is_gone_from_the_file_too(world: World) -> None:
    words = [mark("ownexample"), mark("question"), mark("drafterforward"), mark("sharerword")]
    assert all(word.encode() in files(world.app) for word in words)
    with world.app.app_context():
        erase(world.people["owner"].id)
        db.session.commit()
        db.session.close()
        db.engine.dispose()
    assert not [word for word in words if word.encode() in files(world.app)]


# ---------------------------------------------------------------- a server that goes on running

# In which mode a server keeps its journal depends on the version that it finds.
AS_IF = "import sqlite3; sqlite3.sqlite_version_info = {}; from flask.cli import main; main()"
VERSIONS = {"TRUNCATE": (3, 40, 1), "WAL": (3, 51, 3)}
LONG = 250


@pytest.fixture
def served(make_app: Callable[..., Flask], new_database: Callable[[str], str]) -> Flask:
    return make_app(database_url=new_database("sqlite"), port=free_port())


@contextmanager
def serving_in(mode: str, app: Flask) -> Iterator[Callable[[str], bool]]:
    """A server with its worker, in this mode; gives a look at its files for a word."""
    path = database_file(app)
    with serving(app, program=("-c", AS_IF.format(VERSIONS[mode]))):
        # What this process opened itself is out of the way.
        with app.app_context():
            db.engine.dispose()
        assert (path.with_name(f"{path.name}-wal")).exists() == (mode == "WAL")
        yield lambda word: word.encode() in files(app)


def database_file(app: Flask) -> Path:
    with app.app_context():
        return Path(str(db.engine.url.database))


def files(app: Flask) -> bytes:
    """All that SQLite keeps: the database, and what stands beside it."""
    path = database_file(app)
    return b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))


def is_soon(condition: Callable[[], bool]) -> bool:
    until = time.monotonic() + 10
    while not (met := condition()) and time.monotonic() < until:
        time.sleep(0.05)
    return met


@pytest.mark.parametrize("mode", VERSIONS)
def test_what_people_change_and_delete_is_gone_from_the_files_of_a_running_server(
    served: Flask, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # This process is a second one on the same file, and has to agree about the mode.
    monkeypatch.setattr(sqlite3, "sqlite_version_info", VERSIONS[mode])
    olga = Browser(served)
    make = Maker(served)
    scan = make.draft_scan(make.person("Olga", Role.SUPERVISOR))
    sign_in(olga, scan.owner)
    path = f"{scan.path}/part/1"
    with serving_in(mode, served) as stands_there:

        def write(text: str) -> None:
            assert send(olga.get(path), fields={TEXT: text}) == 303

        # Typed, then shortened, then something else, then nothing.
        write(f"{mark('begin')} {'a long story ' * LONG} {mark('end')}")
        assert stands_there(mark("begin"))
        assert stands_there(mark("end"))
        write(mark("begin"))
        assert stands_there(mark("begin"))
        assert is_soon(lambda: not stands_there(mark("end")))
        write(mark("other"))
        assert is_soon(lambda: not stands_there(mark("begin")))
        write("")
        assert is_soon(lambda: not stands_there(mark("other")))

        # Somebody is asked, writes something, and declines.
        who = {"role": "student", "name": "Noor", "email": "noor@student.example"}
        asking = olga.get(f"{scan.path}/feedback")
        assert send(asking, fields=who | {"word": mark("word")}) == 303
        with served.app_context():
            token = token_for(db.session.scalars(sa.select(Invitation.id)).one())
        noor = Browser(served)
        part = noor.get(f"/feedback/{token}/part/1")
        assert send(part, fields={TEXT: mark("feedback")}) == 303
        assert stands_there(mark("feedback"))
        assert send(noor.get(f"/feedback/{token}/decline"), "decline") == 303
        assert is_soon(lambda: not stands_there(mark("feedback")))

        # And everything about the one who asked.
        write(f"{mark('last')} {'a long story ' * LONG}")
        assert stands_there(mark("last"))
        assert stands_there(mark("word"))
        assert send(olga.get("/my-data"), "delete", {"sure": "y"}) == 303
        for word in (mark("last"), mark("word"), "noor@student.example", scan.owner.email):
            assert is_soon(lambda word=word: not stands_there(word)), word


@pytest.mark.parametrize("mode", ["WAL", "PERSIST", "DELETE"])
def test_whatever_mode_somebody_chose_before(served: Flask, mode: str) -> None:
    make = Maker(served)
    scan = make.draft_scan(make.person("Olga", Role.SUPERVISOR), "-", {"gatekeeper": mark("old")})
    olga = Browser(served)
    sign_in(olga, scan.owner)
    with served.app_context():
        db.engine.dispose()
    with closing(sqlite3.connect(database_file(served), isolation_level=None)) as tool:
        tool.execute(f"PRAGMA journal_mode = {mode}")
        tool.execute("UPDATE open_answer SET text = text || ' and more'")
    with serving_in("TRUNCATE", served) as stands_there:
        assert stands_there(mark("old"))
        assert send(olga.get("/my-data"), "delete", {"sure": "y"}) == 303
        assert is_soon(lambda: not stands_there(mark("old")))


def test_what_stayed_behind_unseen_goes_with_the_tidying(served: Flask) -> None:
    with closing(sqlite3.connect(database_file(served), isolation_level=None)) as tool:
        tool.execute("PRAGMA secure_delete = OFF")
        tool.execute("CREATE TABLE other (text TEXT)")
        tool.execute("INSERT INTO other VALUES (?)", [mark("unseen") * LONG])
        tool.execute("DROP TABLE other")
    assert mark("unseen").encode() in files(served)
    with served.app_context():
        tidy()
        assert mark("unseen").encode() not in files(served)


def test_a_migration_leaves_no_copy_behind(served: Flask) -> None:
    make = Maker(served)
    scan = make.scan(make.person("Olga", Role.SUPERVISOR), 4, {"gatekeeper": mark("copied")})
    make.asked(scan, mark("noor"), word=mark("word"))
    with served.app_context():
        db.session.close()
        command.downgrade(migrate.get_config(), "001")
        command.upgrade(migrate.get_config(), "head")
        erase(scan.owner.id)
        db.session.commit()
        for word in ("copied", "noor", "word"):
            assert mark(word).encode() not in files(served)


def test_a_commit_that_fails_lets_the_next_one_write(
    served: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zetwpo.database.engine.WRITE_PATIENCE", 0.05)
    Maker(served).person("Olga", Role.SUPERVISOR)
    with served.app_context(), closing(sqlite3.connect(database_file(served))) as tool:
        reads = tool.execute("SELECT * FROM person UNION ALL SELECT * FROM person")
        reads.fetchone()
        with pytest.raises(OperationalError), db.engine.begin() as connection:
            connection.execute(sa.text("UPDATE person SET name = 'Otto'"))
        reads.close()
        with closing(sqlite3.connect(database_file(served), timeout=0)) as other:
            other.execute("BEGIN IMMEDIATE")
