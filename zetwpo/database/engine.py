"""Connections to the database: what SQLite and PostgreSQL need to behave the same."""

import math
import sqlite3
from contextlib import suppress
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from zetwpo.database.tables import Base
from zetwpo.database.turns import (
    READ_PATIENCE,
    WRITE_PATIENCE,
    FairPool,
    access,
    patience_left,
    reading,
)

# Seconds.
CONNECT_PATIENCE = 5
HEALTH_PATIENCE = 1.0
CLEANING_PATIENCE = 0.1
SCRUB_PATIENCE = 2.0
# In bytes; it takes about a second.
LARGEST_SCRUB = 64 * 1024 * 1024
PAGES = ("count", "size")
# What a connection of SQLite remembers at most; the product has some hundreds.
STATEMENTS = 1000
ONLY_READS = "only reads"


def journal_mode(version: tuple[int, int, int]) -> str:
    """WAL only where SQLite has the fix for the WAL-reset corruption race, TRUNCATE elsewhere.

    The fix came in 3.51.3 and was carried back to 3.50.7 and 3.44.6.
    """
    fixed = (
        version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    )
    return "WAL" if fixed else "TRUNCATE"


class SQLitePool(FairPool):
    """One writer; what it deleted is out of the file when the next one begins."""

    def _make_ready(self, connection: sqlite3.Connection, *, was_reading: bool) -> None:
        if was_reading:
            return
        # In WAL mode, whoever chose it, old pages stay in the file and in the log beside it until
        # this. In the other modes it does nothing. A reader elsewhere may hold it up: then the
        # next writer tries again, which is the worker within a second.
        _wait_at_most(connection, CLEANING_PATIENCE)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class PostgreSQLPool(FairPool):
    """Writers that hardly meet; more of them would only take each other's processor time."""

    WRITERS = 8


def engine_options(address: str) -> dict[str, Any]:
    """How SQLAlchemy connects to the database at this address."""
    url = sa.make_url(address)
    is_sqlite = url.get_backend_name() == "sqlite"
    pool = SQLitePool if is_sqlite else PostgreSQLPool
    options: dict[str, Any] = {
        "poolclass": pool,
        "pool_size": pool.WRITERS + pool.READERS,
        # The one that was used last has at hand what it read.
        "pool_use_lifo": True,
        # A connection that the database ended, or a firewall, is replaced before it is used.
        "pool_pre_ping": True,
    }
    if is_sqlite:
        options["connect_args"] = {"cached_statements": STATEMENTS}
    elif "connect_timeout" not in url.query:
        options["connect_args"] = {"connect_timeout": CONNECT_PATIENCE}
    return options


def prepare_engine(engine: sa.Engine) -> None:
    """Let who reads only read; make SQLite durable and strict, and let writers wait."""
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _set_pragmas)
        sa.event.listen(engine, "checkout", _let_write_or_read)
        sa.event.listen(engine, "begin", _begin_in_sqlite)
    else:
        sa.event.listen(engine, "connect", _set_lock_timeout)
        sa.event.listen(engine, "begin", _begin_in_postgresql)


def _set_pragmas(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver would begin a transaction by itself, and too late: _begin_in_sqlite does it.
    connection.isolation_level = None
    _wait_at_most(connection, WRITE_PATIENCE)
    with suppress(sqlite3.OperationalError):
        # Another program has the file open in another mode, and that is good enough too.
        connection.execute(f"PRAGMA journal_mode = {journal_mode(sqlite3.sqlite_version_info)}")
    for pragma in ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _let_write_or_read(
    connection: sqlite3.Connection, record: ConnectionPoolEntry, _proxy: PoolProxiedConnection
) -> None:
    only_reads = access().is_reading
    # Said again it would cost what the connection remembers of statements: half of the time that
    # SQLite takes for a page.
    if record.info.get(ONLY_READS, False) is not only_reads:
        connection.execute(f"PRAGMA query_only = {'ON' if only_reads else 'OFF'}")
        record.info[ONLY_READS] = only_reads


def _begin_in_sqlite(connection: sa.Connection) -> None:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)  # noqa: S101 (for the type checker)
    _wait_at_most(driver, patience_left(connection.connection))
    if access().is_reading:
        # Each statement on its own, as in PostgreSQL: a page that is put together after reading
        # would hold off every commit until it is done.
        return
    # A write lock from the first statement on: a writer in another process waits, instead of
    # failing halfway.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    # Whoever has come this far waits for readers in other processes.
    _wait_at_most(driver, WRITE_PATIENCE)


def _wait_at_most(connection: sqlite3.Connection, seconds: float) -> None:
    connection.execute(f"PRAGMA busy_timeout = {_milliseconds(seconds)}")


def _set_lock_timeout(connection: psycopg.Connection[Any], _record: Any) -> None:
    connection.execute(f"SET lock_timeout = {_milliseconds(WRITE_PATIENCE)}")
    connection.commit()


def _begin_in_postgresql(connection: sa.Connection) -> None:
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)  # noqa: S101 (for the type checker)
    wanted = access()
    # Part of the BEGIN that the driver sends with the first statement.
    driver.read_only = wanted.is_reading
    if wanted.patience not in {READ_PATIENCE, WRITE_PATIENCE}:
        timeout = f"SET LOCAL lock_timeout = {_milliseconds(wanted.patience)}"
        connection.exec_driver_sql(timeout)


def _milliseconds(seconds: float) -> int:
    return math.ceil(1000 * seconds)


def is_reachable(engine: sa.Engine, table: type[Base]) -> bool:
    """True when the database answers at once and has this table; no writer holds it up."""
    try:
        with reading(HEALTH_PATIENCE), engine.connect() as connection:
            connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1))
    except SQLAlchemyError:
        return False
    return True


def scrub(engine: sa.Engine) -> None:
    """Write the file of SQLite anew: when pages are rearranged, words can stay behind unseen.

    A large file is left as it is, because everybody waits meanwhile. Raises an error of the driver
    where others use the file all the time.
    """
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)  # noqa: S101 (for the type checker)
        pages, size = (driver.execute(f"PRAGMA page_{what}").fetchone()[0] for what in PAGES)
        if pages * size <= LARGEST_SCRUB:
            _wait_at_most(driver, SCRUB_PATIENCE)
            driver.execute("VACUUM")
