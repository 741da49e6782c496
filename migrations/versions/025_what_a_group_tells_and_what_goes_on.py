"""A group writes what it tells the team, a trajectory goes on from another, a scan once more."""

import sqlalchemy as sa
from alembic import op

revision = "025"
down_revision = "024"

TEXTS = ("question", "different", "proposal", "celebration")


def upgrade() -> None:
    with op.batch_alter_table("trajectory") as trajectory:
        trajectory.add_column(sa.Column("follows_id", sa.Uuid(), nullable=True))
        trajectory.create_foreign_key(
            op.f("fk_trajectory_follows_id"),
            "trajectory",
            ["follows_id"],
            ["id"],
            ondelete="SET NULL",
        )
    op.create_index(op.f("ix_trajectory_follows_id"), "trajectory", ["follows_id"])
    op.create_table(
        "team_message",
        sa.Column("trajectory_id", sa.Uuid(), nullable=False),
        *_message(),
        _goes_with("team_message", "trajectory_id", "trajectory"),
        sa.PrimaryKeyConstraint("trajectory_id", name=op.f("pk_team_message")),
    )
    op.create_table(
        "team_message_voice",
        sa.Column("trajectory_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        _goes_with("team_message_voice", "trajectory_id", "trajectory"),
        _goes_with("team_message_voice", "person_id", "person"),
        sa.PrimaryKeyConstraint("trajectory_id", "person_id", name=op.f("pk_team_message_voice")),
    )
    op.create_index(op.f("ix_team_message_voice_person_id"), "team_message_voice", ["person_id"])
    op.create_table(
        "team_message_release",
        sa.Column("trajectory_id", sa.Uuid(), nullable=False),
        *_message(),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        _goes_with("team_message_release", "trajectory_id", "trajectory"),
        sa.PrimaryKeyConstraint("trajectory_id", name=op.f("pk_team_message_release")),
    )
    op.create_table(
        "rescan_call",
        sa.Column("trajectory_id", sa.Uuid(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        _goes_with("rescan_call", "trajectory_id", "trajectory"),
        sa.PrimaryKeyConstraint("trajectory_id", name=op.f("pk_rescan_call")),
    )


def _message() -> tuple[sa.Column[str], ...]:
    texts = (sa.Column(name, sa.Text(), nullable=False) for name in TEXTS)
    return (*texts, sa.Column("told", sa.String(length=20), nullable=False))


def _goes_with(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE"
    )


def downgrade() -> None:
    for table in ("rescan_call", "team_message_release", "team_message_voice", "team_message"):
        op.drop_table(table)
    op.drop_index(op.f("ix_trajectory_follows_id"), "trajectory")
    with op.batch_alter_table("trajectory") as trajectory:
        trajectory.drop_constraint(op.f("fk_trajectory_follows_id"), type_="foreignkey")
        trajectory.drop_column("follows_id")
