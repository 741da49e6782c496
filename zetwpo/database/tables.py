"""The base of every table, and the types of columns that both databases have to store alike."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from zetwpo.addresses import normal_address


@lru_cache(maxsize=20_000)
def _as_key(stored: str | None) -> uuid.UUID | None:
    return None if stored is None else uuid.UUID(stored)


class Key(sa.Uuid[uuid.UUID]):
    """The key of a row. SQLite keeps it as text, and one page reads the same ones many times."""

    cache_ok = True

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Any:
        """Make each key once, which takes longer than all else about a short row."""
        return None if dialect.supports_native_uuid else _as_key


class Base(DeclarativeBase):
    """Constraints get a name by rule, so that a migration can find them on both databases."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {uuid.UUID: Key()}
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


def normal_form_of(column: str) -> Callable[[DefaultExecutionContext], str]:
    """The value of a new row where none is given: the address of another column, as compared."""

    def normal(context: DefaultExecutionContext) -> str:
        values = context.get_current_parameters()  # type: ignore[no-untyped-call]
        return normal_address(values[column])

    return normal


class Identified:
    """A row with a random key: an address never tells how many there are or which came before."""

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
