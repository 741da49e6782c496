"""What is taken along from a result is kept, and what each version of a question rested on."""

import sqlalchemy as sa
from alembic import op

revision = "006"
down_revision = "005"


def upgrade() -> None:
    op.create_table(
        "taken_item",
        sa.Column("scan_id", sa.Uuid(), nullable=False),
        *_item(),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["scan_id"], ["scan.id"], name=op.f("fk_taken_item_scan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("scan_id", "kind", "key", "source", name=op.f("pk_taken_item")),
    )
    op.create_table(
        "learning_question_ground",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        *_item(),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["learning_question_version.id"],
            name=op.f("fk_learning_question_ground_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "version_id", "kind", "key", "source", name=op.f("pk_learning_question_ground")
        ),
    )


def _item() -> list[sa.Column[str]]:
    return [
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=36), nullable=False),
    ]


def downgrade() -> None:
    op.drop_table("learning_question_ground")
    op.drop_table("taken_item")
