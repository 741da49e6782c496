"""Rows with content in every table that there is, whatever it is for, and what became of them."""

import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from zetwpo.extensions import db

NOON = datetime(2027, 1, 1, 12, tzinfo=UTC)
# The first row has a value everywhere; the second one has none where that is possible.
ROWS = 2

Row = Mapping[str, Any]
Contents = dict[str, list[Row]]


# What each database says of its tables itself: where that is the same, so are they.
SAID = {
    "sqlite": ("SELECT name, sql FROM sqlite_master",),
    "postgresql": (
        "SELECT relname, attname, atttypid, atttypmod, attnotnull FROM pg_attribute"
        " JOIN pg_class ON pg_class.oid = attrelid AND relkind = 'r' AND attnum > 0"
        " WHERE relnamespace = 'public'::regnamespace AND NOT attisdropped",
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace",
    ),
}
# To read them takes twenty times as long as to ask whether they changed.
_known: dict[tuple[str, ...], sa.MetaData] = {}


def reflected() -> sa.MetaData:
    """The tables as they are at this moment."""
    kind = db.engine.dialect.name
    with db.engine.connect() as connection:
        said = [connection.exec_driver_sql(question).all() for question in SAID[kind]]
    look = (kind, *(repr(sorted(map(repr, rows))) for rows in said))
    if look not in _known:
        tables = sa.MetaData()
        tables.reflect(db.engine)
        tables.remove(tables.tables["alembic_version"])
        _known[look] = tables
    return _known[look]


def fill() -> None:
    """Put rows into every table, whatever its columns are."""
    rows: dict[str, list[dict[str, Any]]] = {}
    tables = reflected().sorted_tables
    with db.engine.begin() as connection:
        for table in tables:
            rows[table.name] = [
                {column.name: _sample(column, number, rows) for column in table.columns}
                for number in range(ROWS)
            ]
            connection.execute(sa.insert(table), rows[table.name])


def empty() -> None:
    """Leave no row in any table, also of what a step put there by itself."""
    tables = reflected().sorted_tables
    with db.engine.begin() as connection:
        for table in reversed(tables):
            connection.execute(sa.delete(table))


def sample(table: sa.Table, number: int, **given: Any) -> dict[str, Any]:
    """A row with these values, and content in all other columns that need it."""
    needed = [column for column in table.columns if not column.nullable]
    return {
        column.name: _sample(column, number, {}) for column in needed if column.name not in given
    } | given


def _sample(column: sa.Column[Any], number: int, rows: dict[str, list[dict[str, Any]]]) -> Any:
    if column.nullable and number:
        return None
    for key in column.foreign_keys:
        if key.column.table is column.table:
            # A row that refers to one of its own kind: to itself, which is there.
            return _sample(key.column, number, rows)
        return rows[key.column.table.name][number][key.column.name]
    if isinstance(column.type, sa.JSON):
        return {"number": str(number)}
    kind, length = column.type.python_type, getattr(column.type, "length", None)
    key = uuid.uuid5(uuid.NAMESPACE_OID, f"{column} {number}")
    if kind is str:
        # As SQLite keeps a UUID, or words that stand nowhere else, as far as they fit.
        return key.hex if length == 32 else f"{number} in {column}"[:length]
    samples = {
        int: number + 1,
        bool: not number,
        uuid.UUID: key,
        datetime: NOON + timedelta(days=number),
        date: NOON.date() + timedelta(days=number),
    }
    return samples[kind]


def contents() -> Contents:
    """All rows of all tables, in an order that does not depend on the columns that come and go."""
    tables = reflected().sorted_tables
    with db.engine.connect() as connection:
        return {
            table.name: [dict(row) for row in connection.execute(sa.select(table)).mappings()]
            for table in tables
        }


def common(one: Contents, other: Contents) -> Contents:
    """What `one` holds in the tables and columns that `other` has too."""
    found = {}
    for name in one.keys() & other.keys():
        columns = set(_columns(one[name])) & set(_columns(other[name]))
        kept = [{column: row[column] for column in sorted(columns)} for row in one[name]]
        found[name] = sorted(kept, key=repr)
    return found


def _columns(rows: list[Row]) -> list[str]:
    return list(rows[0]) if rows else []


def counts() -> dict[str, int]:
    return {name: len(rows) for name, rows in contents().items()}
