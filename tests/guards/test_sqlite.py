"""The embedded database: strict, durable, and what was deleted is gone from its file."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from tests.factories import Maker
from tests.guards.world import World, build, mark
from zetwpo.database import journal_mode
from zetwpo.extensions import db
from zetwpo.privacy.service import erase


@pytest.fixture
def world(make_app: Callable[..., Flask], new_database: Callable[[str], str]) -> World:
    """A world whose connections are all new."""
    world = build(Maker(make_app(database_url=new_database("sqlite"))))
    with world.app.app_context():
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


def test_what_was_deleted_is_gone_from_the_file_too(world: World) -> None:
    words = [mark("ownexample"), mark("question"), mark("drafterforward"), mark("sharerword")]
    files = _files(world)
    assert all(word.encode() in files() for word in words)
    with world.app.app_context():
        erase(world.people["owner"].id)
        db.session.commit()
        db.session.close()
        db.engine.dispose()
    assert not [word for word in words if word.encode() in files()]


def _files(world: World) -> Callable[[], bytes]:
    with world.app.app_context():
        path = Path(str(db.engine.url.database))
    # With what SQLite keeps beside it.
    return lambda: b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))
