"""Theory, tools and self-made instruments lie on shelves, and can be tied to a meeting."""

import sqlalchemy as sa
from alembic import op

revision = "022"
down_revision = "021"


def upgrade() -> None:
    op.create_table(
        "shelf_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("trajectory_id", sa.Uuid(), nullable=True),
        sa.Column("section", sa.String(length=10), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("put_by_id", sa.Uuid(), nullable=True),
        sa.Column("put_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("form_key", sa.Uuid(), nullable=False),
        _goes_with("shelf_item", "partnership_id", "partnership"),
        _goes_with("shelf_item", "trajectory_id", "trajectory"),
        _goes_with("shelf_item", "put_by_id", "person", ondelete="SET NULL"),
        sa.UniqueConstraint("form_key", name=op.f("uq_shelf_item_form_key")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shelf_item")),
    )
    for name in ("partnership_id", "put_by_id", "trajectory_id"):
        op.create_index(op.f(f"ix_shelf_item_{name}"), "shelf_item", [name])
    op.create_table(
        "shelf_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        _goes_with("shelf_file", "item_id", "shelf_item"),
        sa.UniqueConstraint("item_id", name=op.f("uq_shelf_file_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shelf_file")),
    )
    op.create_table(
        "shelf_reading",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        _goes_with("shelf_reading", "meeting_id", "meeting"),
        _goes_with("shelf_reading", "item_id", "shelf_item"),
        sa.PrimaryKeyConstraint("meeting_id", "item_id", name=op.f("pk_shelf_reading")),
    )
    op.create_index(op.f("ix_shelf_reading_item_id"), "shelf_reading", ["item_id"])


def _goes_with(
    table: str, column: str, other: str, ondelete: str = "CASCADE"
) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete
    )


def downgrade() -> None:
    for table in ("shelf_reading", "shelf_file", "shelf_item"):
        op.drop_table(table)
