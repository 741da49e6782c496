"""Who reads a note or an answer is chosen at a moment, and holds until its author leaves."""

import sqlalchemy as sa
from alembic import op

revision = "027"
down_revision = "026"

MOMENT = sa.DateTime(timezone=True)
TABLES = ("practice_note", "reflection_answer")


def upgrade() -> None:
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("chosen_at", MOMENT, nullable=True))
        # Not known better than this: people choose once they have written. What somebody wrote
        # before they left is closed by it, and so it should have been.
        rows = sa.table(name, sa.column("chosen_at", MOMENT), sa.column("written_at", MOMENT))
        op.execute(sa.update(rows).values(chosen_at=rows.c.written_at))
        with op.batch_alter_table(name) as table:
            table.alter_column("chosen_at", nullable=False)


def downgrade() -> None:
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.drop_column("chosen_at")
