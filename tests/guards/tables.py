"""Rows in every table that there is, whatever it is for."""

import uuid
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from zetwpo.extensions import db

SAMPLES: dict[type, Any] = {
    str: "x",
    int: 1,
    bool: False,
    datetime: datetime(2027, 1, 1, tzinfo=UTC),
    date: date(2027, 1, 1),
    uuid.UUID: uuid.UUID(int=1),
    dict: {},
}


def reflected() -> sa.MetaData:
    tables = sa.MetaData()
    tables.reflect(db.engine)
    tables.remove(tables.tables["alembic_version"])
    return tables


def fill() -> None:
    """Put a row into every table, whatever its columns are."""
    rows: dict[str, dict[str, Any]] = {}
    tables = reflected().sorted_tables
    with db.engine.begin() as connection:
        for table in tables:
            row = {column.name: _sample(column, rows) for column in table.columns}
            connection.execute(sa.insert(table).values(row))
            rows[table.name] = row


def _sample(column: sa.Column[Any], rows: dict[str, dict[str, Any]]) -> Any:
    for key in column.foreign_keys:
        return rows[key.column.table.name][key.column.name]
    if isinstance(column.type, sa.JSON):
        return {}
    kind = column.type.python_type
    if column.primary_key and getattr(column.type, "length", 0) == 32:
        return uuid.uuid4().hex  # how SQLite keeps a UUID
    sample = SAMPLES[kind]
    return sample[: column.type.length] if kind is str and column.type.length else sample


def counts() -> dict[str, int]:
    tables = reflected().sorted_tables
    with db.engine.connect() as connection:
        return {
            table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in tables
        }
