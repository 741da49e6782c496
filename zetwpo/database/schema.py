"""Whether the tables are those of this version, and bringing them there."""

import click
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import OperationalError

from zetwpo.database.turns import reading, writing
from zetwpo.errors import StartRefused
from zetwpo.extensions import db, migrate

# Seconds that one process waits while another one migrates.
PATIENCE = 600.0


def upgrade_database() -> None:
    """Bring the tables to this version; of several processes at once, one does it.

    Raises StartRefused where the database was made by a newer version of this program.
    """
    if not is_up_to_date():
        click.echo("Bringing the database up to date ...", err=True)
        with writing(PATIENCE):
            command.upgrade(_config(), "head")


def refuse_old_database() -> None:
    """Raise StartRefused unless the tables are those of this version."""
    if not is_up_to_date():
        raise StartRefused(
            "The database was not brought up to this version yet. Run `serve` or `check` first: "
            "they do that."
        )


def is_up_to_date() -> bool:
    """True where no step is left to take.

    Raises StartRefused where the database was made by a newer version, or does not answer.
    """
    script = ScriptDirectory.from_config(_config())
    found = _found_step()
    if found and found not in {revision.revision for revision in script.walk_revisions()}:
        raise StartRefused(
            f"The database was made by a newer version of zetwpo (step {found}). "
            "Start that version, or put back a backup that belongs to this one."
        )
    return found == script.get_current_head()


def _found_step() -> str | None:
    try:
        with reading(), db.engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    except OperationalError as error:
        reason = type(error.orig).__name__
        raise StartRefused(
            f"The database does not answer ({reason}). Is it running, and is "
            "ZETWPO_DATABASE_URL its address?"
        ) from None


def _config() -> Config:
    config: Config = migrate.get_config()
    return config
