"""A list of people waits for a day for the one who brought it."""

import sqlalchemy as sa
from alembic import op

revision = "014"
down_revision = "013"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "people_list",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("brought_by_id", sa.Uuid(), nullable=False),
        sa.Column("brought_at", MOMENT, nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id"],
            ["partnership.id"],
            name=op.f("fk_people_list_partnership_id_partnership"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["brought_by_id"],
            ["person.id"],
            name=op.f("fk_people_list_brought_by_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_list")),
    )
    for column in ("partnership_id", "brought_by_id", "brought_at"):
        op.create_index(op.f(f"ix_people_list_{column}"), "people_list", [column])


def downgrade() -> None:
    # A list lasts a day: whoever brought it brings it again.
    op.drop_table("people_list")
