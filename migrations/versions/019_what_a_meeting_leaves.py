"""A meeting knows who was there, and what it leaves behind."""

import sqlalchemy as sa
from alembic import op

revision = "019"
down_revision = "018"


def upgrade() -> None:
    op.create_table(
        "meeting_agreements",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("homework", sa.Text(), nullable=False),
        sa.Column("next_step", sa.String(20), nullable=False),
        _of_meeting("meeting_agreements"),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_meeting_agreements")),
    )
    _of_each_person("attendance", sa.Column("presence", sa.String(10), nullable=False))
    _of_each_person("homework_bringer")


def _of_each_person(name: str, *columns: sa.Column[str]) -> None:
    op.create_table(
        name,
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        *columns,
        _of_meeting(name),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f(f"fk_{name}_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_person_id"), name, ["person_id"])


def _of_meeting(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["meeting_id"],
        ["meeting.id"],
        name=op.f(f"fk_{name}_meeting_id_meeting"),
        ondelete="CASCADE",
    )


def downgrade() -> None:
    for name in ("homework_bringer", "attendance", "meeting_agreements"):
        op.drop_table(name)
