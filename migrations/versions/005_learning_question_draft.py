"""A learning question is kept while somebody writes it, apart from its versions."""

import sqlalchemy as sa
from alembic import op

revision = "005"
down_revision = "004"


def upgrade() -> None:
    op.create_table(
        "learning_question_draft",
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("axis", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["learning_question.id"],
            name=op.f("fk_learning_question_draft_question_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_learning_question_draft")),
    )


def downgrade() -> None:
    op.drop_table("learning_question_draft")
