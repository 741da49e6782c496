"""The application on each database: made once, migrated for real, emptied after every test."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from tests.mailbox import MailServer
from zetwpo.application import create_app
from zetwpo.cli import upgrade_database
from zetwpo.config import Settings
from zetwpo.database.tables import Base
from zetwpo.extensions import db
from zetwpo.library import methods, questionnaires

DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
SETTINGS: dict[str, Any] = {
    "mode": "production",
    "base_url": "http://127.0.0.1",
    "secret_key": "not a secret, only long enough for tests",
    "smtp_host": "127.0.0.1",
    "smtp_security": "none",
    "mail_sender": "zetwpo@sender.example",
    "controller": "Foundation of the tests, Test Street 1, Testdorp",
    "contact": "help@tests.example",
    "mail_from_hour": 0,
    "mail_until_hour": 24,
    # Only the test of the limits gets near to them.
    "sign_in_limit": "100000 per hour",
    "link_limit": "100000 per hour",
}


SQLITE = "sqlite:///"


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all: the files for the browser are gathered into it, which takes a second."""
    return tmp_path_factory.mktemp("instance")


@pytest.fixture(scope="session")
def new_database(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest, instance: Path
) -> Callable[[str], str]:
    """Makes a database of a kind, with tables and without rows, and returns its address.

    The first one is migrated for real; the others are copies of it, which takes a tenth.
    """

    def make(kind: str, template: str = "") -> str:
        if kind != "sqlite":
            return str(request.getfixturevalue("postgres").new_database(template))
        address = f"{SQLITE}{tmp_path_factory.mktemp('database') / 'zetwpo.sqlite3'}"
        if template:
            shutil.copy(template.removeprefix(SQLITE), address.removeprefix(SQLITE))
        return address

    @cache
    def migrated(kind: str) -> str:
        address = make(kind)
        app = create_app(Settings(**SETTINGS, instance=instance, database_url=address))
        with app.app_context():
            upgrade_database()
            # PostgreSQL copies what nobody uses; the last one who leaves SQLite makes it one file.
            db.engine.dispose()
        return address

    return lambda kind: make(kind, migrated(kind))


def be_quick(connection: sqlite3.Connection, _record: Any) -> None:
    """Wait for no disk: nobody misses this data after a power cut. Servers of their own do wait."""
    connection.execute("PRAGMA synchronous = OFF")


@pytest.fixture(scope="session", autouse=True)
def _read_content_once() -> Iterator[None]:
    """Let all applications of a worker share what the product's own files say: nobody changes it,
    and to read them is half of the work of making one.
    """
    with pytest.MonkeyPatch.context() as patch:
        for module in (questionnaires, methods):
            patch.setattr(module, "load", _once(module.load))
        yield


def _once(load: Callable[..., Any]) -> Callable[..., Any]:
    first = cache(load)
    return lambda *where: load(*where) if where else first()


@pytest.fixture(scope="session")
def make_app(
    tmp_path_factory: pytest.TempPathFactory, mail_server: MailServer, instance: Path
) -> Iterator[Callable[..., Flask]]:
    """Makes an application with its tables; for other settings than the usual ones, name them."""
    # Each has an environment of its own for templates, and compiles only what no other did before.
    templates = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))
    made = []

    def make(**settings: Any) -> Flask:
        usual = SETTINGS | {"instance": instance, "smtp_port": mail_server.port}
        # What lies on the shelves of one is swept by no other.
        usual["shelf_folder"] = tmp_path_factory.mktemp("shelf")
        app = create_app(Settings(**usual | settings))
        app.config["PROPAGATE_EXCEPTIONS"] = True
        app.jinja_env.bytecode_cache = templates
        made.append(app)
        with app.app_context():
            if db.engine.dialect.name == "sqlite":
                sa.event.listen(db.engine, "connect", be_quick)
            upgrade_database()
        return app

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def apps(
    make_app: Callable[..., Flask], new_database: Callable[[str], str]
) -> Callable[[str], Flask]:
    """The usual application, on a kind of database."""
    return cache(lambda kind: make_app(database_url=new_database(kind)))


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    """The kind of database: a test that uses it, at whatever distance, runs on each."""
    return str(request.param)


# For what each database does alike, as other tests say, and that takes long: how pages look.
on_one_database = pytest.mark.parametrize("database", ["sqlite"])


@pytest.fixture
def app(database: str, apps: Callable[[str], Flask]) -> Iterator[Flask]:
    """The application, without a row in its tables, and with what it was made with."""
    app = apps(database)
    extensions = dict(app.extensions)
    yield app
    app.extensions.clear()
    app.extensions.update(extensions)
    wipe(app)


def wipe(app: Flask) -> None:
    """Leave nothing for the next test."""
    with app.app_context(), db.engine.begin() as connection:
        # A test fills few of the tables: one question finds them.
        names = set(connection.execute(_filled()).scalars())
        for table in reversed(Base.metadata.sorted_tables):
            if table.name in names:
                connection.execute(sa.delete(table))


@cache
def _filled() -> sa.CompoundSelect[tuple[str]]:
    """The names of the tables with rows."""
    return sa.union_all(
        *(
            sa.select(sa.literal(table.name)).where(sa.exists(sa.select(table)))
            for table in Base.metadata.sorted_tables
        )
    )


class Stored:
    """A look into the database, beside the application."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def count(self, table: type[Base], *conditions: Any) -> int:
        query = sa.select(sa.func.count()).select_from(table).where(*conditions)
        return int(self.values(query)[0])

    def rows(self, query: sa.Select[Any]) -> list[Any]:
        with self.app.app_context():
            return list(db.session.execute(query))

    def values(self, query: sa.Select[Any]) -> list[Any]:
        """The first column of each row."""
        return [row[0] for row in self.rows(query)]

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """All rows of all tables, as tuples: a row of SQLAlchemy leaves out of its `repr` what is
        long.
        """
        with self.app.app_context(), db.engine.connect() as connection:
            return {
                table.name: sorted(map(tuple, connection.execute(sa.select(table))), key=repr)
                for table in Base.metadata.sorted_tables
            }


@pytest.fixture
def stored(app: Flask) -> Stored:
    return Stored(app)
