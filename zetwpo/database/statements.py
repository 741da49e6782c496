"""Statements for which each of the databases has words of its own."""

import uuid
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from zetwpo.database.tables import Base


def one_at_a_time(connection: sa.Connection, what: str) -> None:
    """Wait until nobody else is at the same thing, and keep them off until the commit.

    For what no unique key can say. In SQLite one writes at a time in any case.
    """
    if connection.dialect.name != "sqlite":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(what))))


def insert_once(session: Session, table: type[Base], values: Mapping[str, Any]) -> bool:
    """Insert a row unless a unique key says that it is there; returns whether it was not.

    Of two at the same moment, the second waits for the first and then finds its row.
    """
    made = insert_into(session, table).values(values).on_conflict_do_nothing()
    return bool(session.execute(made.returning(sa.literal(1))).scalar())


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
    insert = _insert(dialect, table)
    keys = [column.name for column in sa.inspect(table).primary_key]
    changed = {name: insert.excluded[name] for name in columns if name not in keys}
    statement: sa.Insert = insert.on_conflict_do_update(index_elements=keys, set_=changed)
    return statement


def change_row(
    session: Session, table: type[Base], row_id: uuid.UUID, values: Mapping[str, Any]
) -> None:
    """Change these columns of the row with this key."""
    session.flush()
    session.connection().execute(_change(table), {"row_id": row_id, **values})


@cache
def _change(table: type[Base]) -> sa.Update:
    # Which columns, it says when it runs.
    row = cast("sa.Table", sa.inspect(table).local_table)
    return sa.update(row).where(row.c.id == sa.bindparam("row_id"))


def insert_into(session: Session, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """An insert that can say what to do where the row is there already."""
    return _insert(session.get_bind().dialect.name, table)


def _insert(dialect: str, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    made = (sqlite if dialect == "sqlite" else postgresql).insert(sa.inspect(table).local_table)
    return cast("sqlite.Insert | postgresql.Insert", made)
