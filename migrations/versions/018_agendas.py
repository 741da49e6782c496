"""A meeting has an agenda of blocks, and its facilitators prepare it."""

import sqlalchemy as sa
from alembic import op

revision = "018"
down_revision = "017"


def upgrade() -> None:
    op.create_table(
        "agenda_block",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("work", sa.String(10), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("good_for", sa.String(250), nullable=False),
        sa.Column("question", sa.String(250), nullable=False),
        sa.Column("method_key", sa.String(40), nullable=True),
        sa.Column("method_version", sa.Integer(), nullable=True),
        sa.Column("leader_id", sa.Uuid(), nullable=True),
        sa.Column("is_dropped", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_agenda_block_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["leader_id"],
            ["person.id"],
            name=op.f("fk_agenda_block_leader_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_block")),
    )
    for column in ("meeting_id", "leader_id"):
        op.create_index(op.f(f"ix_agenda_block_{column}"), "agenda_block", [column])
    texts = ("aim", "look_back", "dialogue", "deepening", "theory", "reflecting", "to_bring")
    op.create_table(
        "meeting_preparation",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_meeting_preparation_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_meeting_preparation")),
    )


def downgrade() -> None:
    # A meeting has its frame then, and whoever prepares it writes on paper.
    op.drop_table("meeting_preparation")
    op.drop_table("agenda_block")
