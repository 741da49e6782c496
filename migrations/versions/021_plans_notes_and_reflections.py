"""Participants write plans, practice notes and reflections, and support each other in pairs."""

import sqlalchemy as sa
from alembic import op

revision = "021"
down_revision = "020"


def upgrade() -> None:
    op.create_table(
        "plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("sign", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        *_of_a_meeting("plan"),
        sa.UniqueConstraint("owner_id", "meeting_id", name=op.f("uq_plan_owner_id_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    op.create_index(op.f("ix_plan_meeting_id"), "plan", ["meeting_id"])
    op.create_table(
        "plan_question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("form_key", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        _goes_with("plan_question", "plan_id", "plan"),
        _goes_with("plan_question", "author_id", "person", ondelete="SET NULL"),
        sa.UniqueConstraint("form_key", name=op.f("uq_plan_question_form_key")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_question")),
    )
    for name in ("author_id", "plan_id"):
        op.create_index(op.f(f"ix_plan_question_{name}"), "plan_question", [name])
    op.create_table(
        "practice_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("audience", sa.String(length=12), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        *_of_a_meeting("practice_note"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_note")),
    )
    for name in ("meeting_id", "owner_id"):
        op.create_index(op.f(f"ix_practice_note_{name}"), "practice_note", [name])
    op.create_table(
        "reflection",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("brought_at", sa.DateTime(timezone=True), nullable=True),
        *_of_a_meeting("reflection"),
        sa.UniqueConstraint(
            "owner_id", "meeting_id", name=op.f("uq_reflection_owner_id_meeting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reflection")),
    )
    op.create_index(op.f("ix_reflection_meeting_id"), "reflection", ["meeting_id"])
    op.create_table(
        "reflection_answer",
        sa.Column("reflection_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("audience", sa.String(length=12), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        _goes_with("reflection_answer", "reflection_id", "reflection"),
        sa.PrimaryKeyConstraint("reflection_id", "question", name=op.f("pk_reflection_answer")),
    )
    op.create_table(
        "pair",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("trajectory_id", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        _goes_with("pair", "trajectory_id", "trajectory"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pair")),
    )
    op.create_index(op.f("ix_pair_trajectory_id"), "pair", ["trajectory_id"])
    op.create_table(
        "pair_member",
        sa.Column("pair_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        _goes_with("pair_member", "pair_id", "pair"),
        _goes_with("pair_member", "person_id", "person"),
        sa.PrimaryKeyConstraint("pair_id", "person_id", name=op.f("pk_pair_member")),
    )
    op.create_index(op.f("ix_pair_member_person_id"), "pair_member", ["person_id"])


def _of_a_meeting(table: str) -> tuple[sa.ForeignKeyConstraint, sa.ForeignKeyConstraint]:
    return _goes_with(table, "owner_id", "person"), _goes_with(table, "meeting_id", "meeting")


def _goes_with(
    table: str, column: str, other: str, ondelete: str = "CASCADE"
) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete
    )


def downgrade() -> None:
    for table in (
        *("pair_member", "pair", "reflection_answer", "reflection"),
        *("practice_note", "plan_question", "plan"),
    ):
        op.drop_table(table)
