"""A trajectory has people who take part, people who lead it, and meetings."""

import sqlalchemy as sa
from alembic import op

revision = "015"
down_revision = "014"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "trajectory",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("is_obligatory", sa.Boolean(), nullable=False),
        sa.Column("meeting_minutes", sa.Integer(), nullable=False),
        sa.Column("rhythm_weeks", sa.Integer(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["partnership_id"],
            ["partnership.id"],
            name=op.f("fk_trajectory_partnership_id_partnership"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trajectory")),
    )
    op.create_index(op.f("ix_trajectory_partnership_id"), "trajectory", ["partnership_id"])
    _create_people("facilitation", "ended_at")
    _create_people("participation", "left_at")
    op.create_table(
        "meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("trajectory_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(120), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["trajectory_id"],
            ["trajectory.id"],
            name=op.f("fk_meeting_trajectory_id_trajectory"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint(
            "trajectory_id", "number", name=op.f("uq_meeting_trajectory_id_number")
        ),
    )
    for column in ("trajectory_id", "starts_at"):
        op.create_index(op.f(f"ix_meeting_{column}"), "meeting", [column])


def _create_people(table: str, until: str) -> None:
    """People in a trajectory, each of them once at a time."""
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("trajectory_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column(until, MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["trajectory_id"],
            ["trajectory.id"],
            name=op.f(f"fk_{table}_trajectory_id_trajectory"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f(f"fk_{table}_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    for column in ("trajectory_id", "person_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    is_now = sa.text(f"{until} IS NULL")
    op.create_index(
        f"uq_{table}_now",
        table,
        ["trajectory_id", "person_id"],
        unique=True,
        sqlite_where=is_now,
        postgresql_where=is_now,
    )


def downgrade() -> None:
    for table in ("meeting", "participation", "facilitation", "trajectory"):
        op.drop_table(table)
