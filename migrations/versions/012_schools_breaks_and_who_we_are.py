"""School names read differently, school breaks are kept, and a partnership says who it is."""

import sqlalchemy as sa
from alembic import op

from zetwpo.accounts.rules import LONGEST_NAME, as_compared

revision = "012"
down_revision = "011"

school = sa.table(
    "school",
    sa.column("id", sa.Uuid()),
    sa.column("partnership_id", sa.Uuid()),
    sa.column("name", sa.String()),
    sa.column("normal_name", sa.String()),
)


def upgrade() -> None:
    _upgrade_school()
    op.create_table(
        "school_break",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("source", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_break")),
        sa.ForeignKeyConstraint(
            ["partnership_id"],
            ["partnership.id"],
            name=op.f("fk_school_break_partnership_id_partnership"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "partnership_id",
            "first_day",
            "last_day",
            "name",
            name=op.f("uq_school_break_partnership_id_first_day_last_day_name"),
        ),
        sa.UniqueConstraint(
            "partnership_id", "source", name=op.f("uq_school_break_partnership_id_source")
        ),
    )
    op.create_index("ix_school_break_ahead", "school_break", ["partnership_id", "last_day"])
    op.create_table(
        "partnership_identity",
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("controller", sa.String(120), nullable=False),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("help_name", sa.String(120), nullable=False),
        sa.Column("help_email", sa.String(254), nullable=False),
        sa.Column("help_phone", sa.String(40), nullable=False),
        sa.Column("privacy_name", sa.String(120), nullable=False),
        sa.Column("privacy_email", sa.String(254), nullable=False),
        sa.Column("complaint", sa.String(200), nullable=False),
        sa.Column("ground", sa.String(30), nullable=False),
        sa.PrimaryKeyConstraint("partnership_id", name=op.f("pk_partnership_identity")),
        sa.ForeignKeyConstraint(
            ["partnership_id"],
            ["partnership.id"],
            name=op.f("fk_partnership_identity_partnership_id_partnership"),
            ondelete="CASCADE",
        ),
    )


def _upgrade_school() -> None:
    op.add_column(
        "school", sa.Column("normal_name", sa.String(480), nullable=False, server_default="")
    )
    _tell_apart()
    with op.batch_alter_table("school") as table:
        table.alter_column("normal_name", server_default=None)
        table.create_unique_constraint(
            op.f("uq_school_partnership_id_normal_name"), ["partnership_id", "normal_name"]
        )


def _tell_apart() -> None:
    """Give each school of a partnership a name that reads differently: a number, where need be."""
    connection = op.get_bind()
    taken: set[tuple[object, str]] = set()
    rows = connection.execute(sa.select(school).order_by(school.c.name, school.c.id)).all()
    for row in rows:
        name, number = row.name, 1
        while (row.partnership_id, as_compared(name)) in taken:
            number += 1
            more = f" ({number})"
            name = row.name[: LONGEST_NAME - len(more)] + more
        taken.add((row.partnership_id, as_compared(name)))
        connection.execute(
            sa.update(school)
            .where(school.c.id == row.id)
            .values(name=name, normal_name=as_compared(name))
        )


def downgrade() -> None:
    op.drop_table("partnership_identity")
    op.drop_table("school_break")
    with op.batch_alter_table("school") as table:
        table.drop_constraint(op.f("uq_school_partnership_id_normal_name"))
        table.drop_column("normal_name")
