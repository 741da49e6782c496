"""A partnership publishes content of its own."""

import sqlalchemy as sa
from alembic import op

revision = "011"
down_revision = "010"


def upgrade() -> None:
    op.create_table(
        "published_content",
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id"],
            ["partnership.id"],
            name=op.f("fk_published_content_partnership_id"),
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"],
            ["person.id"],
            name=op.f("fk_published_content_published_by_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_content")),
        sa.UniqueConstraint(
            "partnership_id",
            "kind",
            "key",
            "version",
            name=op.f("uq_published_content_partnership_id_kind_key_version"),
        ),
    )
    op.create_index(
        op.f("ix_published_content_published_by_id"), "published_content", ["published_by_id"]
    )
    op.create_table(
        "content_draft",
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["person.id"],
            name=op.f("fk_content_draft_changed_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"],
            ["partnership.id"],
            name=op.f("fk_content_draft_partnership_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("partnership_id", "kind", "key", name=op.f("pk_content_draft")),
    )
    op.create_index(op.f("ix_content_draft_changed_by_id"), "content_draft", ["changed_by_id"])


def downgrade() -> None:
    op.drop_table("content_draft")
    op.drop_table("published_content")
