"""The base of every table, and what SQLite and PostgreSQL need to behave the same."""

import sqlite3
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from flask import has_request_context, request
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Base(DeclarativeBase):
    """Constraints get a name by rule, so that a migration can find them on both databases."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Moment(sa.TypeDecorator[datetime]):
    """A point in time: aware in Python, UTC in the database."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Refuse a time without a zone: nobody could say which moment it is."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Give SQLite's naive value its zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Identified:
    """A row with a random key: an address never tells how many there are or which came before."""

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)


def journal_mode(version: tuple[int, int, int]) -> str:
    """WAL only where SQLite has the fix for the WAL-reset corruption race, TRUNCATE elsewhere.

    The fix came in 3.51.3 and was carried back to 3.50.7 and 3.44.6.
    """
    fixed = (
        version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    )
    return "WAL" if fixed else "TRUNCATE"


def prepare_engine(engine: sa.Engine) -> None:
    """Make SQLite durable and strict about foreign keys, and let writers wait for each other."""
    if engine.dialect.name != "sqlite":
        return
    sa.event.listen(engine, "connect", _set_pragmas)
    sa.event.listen(engine, "begin", _begin)


def _set_pragmas(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver would begin a transaction by itself, and too late: _begin does it.
    connection.isolation_level = None
    for pragma in (
        "busy_timeout = 15000",
        f"journal_mode = {journal_mode(sqlite3.sqlite_version_info)}",
        "foreign_keys = ON",
        "synchronous = FULL",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    # A write lock from the first statement on: two writers wait for each other instead of
    # failing halfway. Reading pages do not take it.
    reading = has_request_context() and request.method in SAFE_METHODS
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def upsert(session: Session, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, or replace the values of those whose primary key is already there.

    All rows name the same columns.
    """
    if rows:
        dialect = session.get_bind().dialect.name
        session.execute(_upsert(dialect, table, tuple(rows[0])), list(rows))


@cache
def _upsert(dialect: str, table: type[Base], columns: tuple[str, ...]) -> sa.Insert:
    # Put together once: making it anew takes longer than running it.
    insert = (sqlite if dialect == "sqlite" else postgresql).insert(sa.inspect(table).local_table)
    keys = [column.name for column in sa.inspect(table).primary_key]
    changed = {name: insert.excluded[name] for name in columns if name not in keys}
    statement: sa.Insert = insert.on_conflict_do_update(index_elements=keys, set_=changed)
    return statement
