"""The group of a meeting gets a recap of it, and what was not right in one."""

import sqlalchemy as sa
from alembic import op

revision = "023"
down_revision = "022"


def upgrade() -> None:
    op.create_table(
        "recap",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("opening", sa.Text(), nullable=True),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("noted", sa.Text(), nullable=True),
        sa.Column("homework", sa.Text(), nullable=True),
        sa.Column("ahead", sa.Text(), nullable=True),
        sa.Column("correction", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by_id", sa.Uuid(), nullable=True),
        sa.Column("next_starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_minutes", sa.Integer(), nullable=True),
        sa.Column("next_place", sa.String(length=120), nullable=True),
        sa.Column("reading", sa.JSON(), nullable=False),
        _goes_with("recap", "meeting_id", "meeting.id"),
        _goes_with("recap", "sent_by_id", "person.id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_recap")),
    )
    op.create_index(op.f("ix_recap_sent_by_id"), "recap", ["sent_by_id"])
    op.create_table(
        "recap_correction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by_id", sa.Uuid(), nullable=True),
        _goes_with("recap_correction", "meeting_id", "recap.meeting_id"),
        _goes_with("recap_correction", "sent_by_id", "person.id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recap_correction")),
    )
    for name in ("meeting_id", "sent_by_id"):
        op.create_index(op.f(f"ix_recap_correction_{name}"), "recap_correction", [name])


def _goes_with(
    table: str, column: str, other: str, ondelete: str = "CASCADE"
) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [other], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete
    )


def downgrade() -> None:
    for table in ("recap_correction", "recap"):
        op.drop_table(table)
