"""Runs the migrations, on SQLite and PostgreSQL alike."""

import sqlalchemy as sa
from alembic import context

from zetwpo.database.statements import one_at_a_time
from zetwpo.database.tables import Base
from zetwpo.extensions import db


def run_migrations() -> None:
    """Run the steps in one transaction.

    Changing a table in SQLite makes it anew; with foreign keys on, dropping the old one would
    empty the tables that refer to it. They are off before the transaction begins (within one,
    SQLite ignores the switch) and checked before the commit.
    """
    with db.engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
        try:
            # The transaction begins before Alembic looks: otherwise it commits by itself, and the
            # check comes too late.
            with connection.begin():
                # Of two processes that start together, the second looks when the first is done.
                one_at_a_time(connection, "migration")
                context.configure(
                    connection=connection,
                    target_metadata=Base.metadata,
                    render_as_batch=is_sqlite,
                    compare_type=True,
                )
                context.run_migrations()
                if is_sqlite and connection.execute(sa.text("PRAGMA foreign_key_check")).first():
                    raise RuntimeError("a migration would leave rows that refer to nothing")
        finally:
            if is_sqlite:
                connection.connection.cursor().execute("PRAGMA foreign_keys = ON")


run_migrations()
