"""The owner opens one thing to somebody, and takes it back."""

import sqlalchemy as sa
from alembic import op

revision = "010"
down_revision = "009"

INDEXED = ("item_id", "owner_id", "partnership_id", "to_person_id")
ONLY_ONCE = (
    ("item_kind", "item_id", "part", "to_person_id"),
    ("item_kind", "item_id", "part", "to_group_kind", "to_group_id"),
)


def upgrade() -> None:
    op.create_table(
        "share",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_kind", sa.String(length=20), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("to_person_id", sa.Uuid(), nullable=True),
        sa.Column("to_group_kind", sa.String(length=20), nullable=True),
        sa.Column("to_group_id", sa.Uuid(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        _goes_with("owner_id", "person"),
        _goes_with("partnership_id", "partnership"),
        _goes_with("to_person_id", "person"),
        *(
            sa.UniqueConstraint(*names, name=op.f(f"uq_share_{'_'.join(names)}"))
            for names in ONLY_ONCE
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share")),
    )
    for name in INDEXED:
        op.create_index(op.f(f"ix_share_{name}"), "share", [name])
    op.create_index("ix_share_group", "share", ["to_group_kind", "to_group_id"])


def _goes_with(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{table}.id"], name=op.f(f"fk_share_{column}"), ondelete="CASCADE"
    )


def downgrade() -> None:
    op.drop_table("share")
