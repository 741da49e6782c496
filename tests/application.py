"""The application on each database: made once, migrated for real, emptied after every test."""

from collections.abc import Callable, Iterator
from functools import cache
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


@pytest.fixture(scope="session")
def new_database(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Callable[[str], str]:
    """Makes an empty database of a kind and returns its address."""

    def make(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path_factory.mktemp('database') / 'zetwpo.sqlite3'}"
        return str(request.getfixturevalue("postgres").new_database())

    return make


@pytest.fixture(scope="session")
def make_app(
    tmp_path_factory: pytest.TempPathFactory, mail_server: MailServer
) -> Iterator[Callable[..., Flask]]:
    """Makes an application with its tables; for other settings than the usual ones, name them."""
    # One folder for all: the files for the browser are gathered into it, which takes a second.
    instance = tmp_path_factory.mktemp("instance")
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
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(sa.delete(table))


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
