"""Rows with one of many keys, however many, by a statement that stays the same."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine


class Keys(TypeDecorator[Collection[Any]]):
    """Keys as one value: as an array, or as JSON where a database has none."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> TypeEngine[Any]:
        """How this database takes them."""
        if dialect.supports_native_uuid:
            return dialect.type_descriptor(postgresql.ARRAY(sa.Uuid()))
        return dialect.type_descriptor(sa.Text())

    def process_bind_param(self, value: Collection[Any] | None, dialect: sa.Dialect) -> Any:
        """As this database keeps keys."""
        keys = value or ()
        if dialect.supports_native_uuid:
            return list(keys)
        return '["' + '","'.join([key.hex for key in keys]) + '"]' if keys else "[]"


class _Among(FunctionElement[bool]):
    # Without a type: of a truth value SQLAlchemy writes for SQLite that it is 1, and then no index
    # helps.
    inherit_cache = True


def among(column: sa.SQLColumnExpression[Any], name: str = "ids") -> sa.ColumnElement[bool]:
    """That this key is one of those that the statement is given by this name when it runs.

    An IN would be written anew for each number of them: that takes as long as running it, and the
    database knows none of them from before.
    """
    return _Among(column, sa.bindparam(name, type_=Keys()))


@compiles(_Among, "sqlite")
def _in_json(element: _Among, compiler: SQLCompiler, **rest: Any) -> str:
    column, keys = (compiler.process(each, **rest) for each in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({keys}))"  # noqa: S608 (the compiler wrote both)


@compiles(_Among, "postgresql")
def _in_array(element: _Among, compiler: SQLCompiler, **rest: Any) -> str:
    column, keys = (compiler.process(each, **rest) for each in element.clauses)
    return f"{column} = ANY({keys})"
