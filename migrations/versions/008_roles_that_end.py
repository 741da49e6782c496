"""Roles are given and end, schools close, and a scan knows its partnership."""

import sqlalchemy as sa
from alembic import op

revision = "008"
down_revision = "007"

MOMENT = sa.DateTime(timezone=True)
AT_SCHOOL = sa.text("ended_at IS NULL AND school_id IS NOT NULL")
WITHOUT_SCHOOL = sa.text("ended_at IS NULL AND school_id IS NULL")
ALWAYS_WITHOUT_SCHOOL = sa.text("school_id IS NULL")
PEOPLE = ("partnership_id", "ended_at", "person_id")
WHO = ("given_by_id", "ended_by_id")
ROLE = ("person_id", "partnership_id", "role")
ROLE_AT_SCHOOL = ("person_id", "partnership_id", "school_id", "role")

membership = sa.table(
    "membership",
    sa.column("id", sa.Uuid()),
    sa.column("person_id", sa.Uuid()),
    sa.column("partnership_id", sa.Uuid()),
    sa.column("role", sa.String()),
    sa.column("given_at", MOMENT),
    sa.column("ended_at", MOMENT),
)
person = sa.table("person", sa.column("id", sa.Uuid()), sa.column("created_at", MOMENT))
partnership = sa.table("partnership", sa.column("id", sa.Uuid()), sa.column("name", sa.String()))
scan = sa.table(
    "scan",
    sa.column("id", sa.Uuid()),
    sa.column("owner_id", sa.Uuid()),
    sa.column("partnership_id", sa.Uuid()),
)


def upgrade() -> None:
    with op.batch_alter_table("school") as table:
        table.add_column(sa.Column("kind", sa.String(10), nullable=False, server_default="school"))
        table.add_column(sa.Column("closed_at", MOMENT, nullable=True))
    with op.batch_alter_table("school") as table:
        table.alter_column("kind", server_default=None)
    _upgrade_membership()
    with op.batch_alter_table("scan") as table:
        table.add_column(sa.Column("partnership_id", sa.Uuid(), nullable=True))
        table.create_foreign_key(
            op.f("fk_scan_partnership_id_partnership"),
            "partnership",
            ["partnership_id"],
            ["id"],
            ondelete="SET NULL",
        )
    op.create_index(op.f("ix_scan_partnership_id"), "scan", ["partnership_id"])
    _place_scans()


def _upgrade_membership() -> None:
    op.drop_index("uq_membership_without_school", table_name="membership")
    op.drop_index(op.f("ix_membership_partnership_id"), table_name="membership")
    with op.batch_alter_table("membership") as table:
        table.drop_constraint(op.f("uq_membership_person_id_partnership_id_school_id_role"))
        table.add_column(sa.Column("given_at", MOMENT, nullable=True))
        table.add_column(sa.Column("ended_at", MOMENT, nullable=True))
        for name in WHO:
            table.add_column(sa.Column(name, sa.Uuid(), nullable=True))
            table.create_foreign_key(
                op.f(f"fk_membership_{name}_person"), "person", [name], ["id"], ondelete="SET NULL"
            )
    # Not known better than this: whoever was here had the role.
    since = sa.select(person.c.created_at).where(person.c.id == membership.c.person_id)
    op.execute(sa.update(membership).values(given_at=since.scalar_subquery()))
    with op.batch_alter_table("membership") as table:
        table.alter_column("given_at", existing_type=MOMENT, nullable=False)
    _one_of_each("uq_membership_at_school", ROLE_AT_SCHOOL, AT_SCHOOL)
    _one_of_each("uq_membership_without_school", ROLE, WITHOUT_SCHOOL)
    op.create_index("ix_membership_people", "membership", list(PEOPLE))
    for name in WHO:
        op.create_index(op.f(f"ix_membership_{name}"), "membership", [name])


def _one_of_each(name: str, columns: tuple[str, ...], where: sa.TextClause) -> None:
    op.create_index(
        name,
        "membership",
        list(columns),
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )


def _place_scans() -> None:
    """Where its owner is a supervisor; of several places, the first by name."""
    place = (
        sa.select(membership.c.partnership_id)
        .join(partnership, partnership.c.id == membership.c.partnership_id)
        .where(membership.c.person_id == scan.c.owner_id, membership.c.role == "supervisor")
        .order_by(partnership.c.name)
        .limit(1)
    )
    op.execute(sa.update(scan).values(partnership_id=place.scalar_subquery()))


def downgrade() -> None:
    op.drop_index(op.f("ix_scan_partnership_id"), table_name="scan")
    with op.batch_alter_table("scan") as table:
        table.drop_constraint(op.f("fk_scan_partnership_id_partnership"), type_="foreignkey")
        table.drop_column("partnership_id")
    _downgrade_membership()
    with op.batch_alter_table("school") as table:
        table.drop_column("closed_at")
        table.drop_column("kind")


def _downgrade_membership() -> None:
    # What ended opens nothing; before this step there is no other way to say so.
    op.execute(sa.delete(membership).where(membership.c.ended_at.is_not(None)))
    for name in WHO:
        op.drop_index(op.f(f"ix_membership_{name}"), table_name="membership")
    op.drop_index("ix_membership_people", table_name="membership")
    op.drop_index("uq_membership_without_school", table_name="membership")
    op.drop_index("uq_membership_at_school", table_name="membership")
    with op.batch_alter_table("membership") as table:
        for name in WHO:
            table.drop_constraint(op.f(f"fk_membership_{name}_person"), type_="foreignkey")
            table.drop_column(name)
        table.drop_column("ended_at")
        table.drop_column("given_at")
        table.create_unique_constraint(
            op.f("uq_membership_person_id_partnership_id_school_id_role"), list(ROLE_AT_SCHOOL)
        )
    op.create_index(op.f("ix_membership_partnership_id"), "membership", ["partnership_id"])
    _one_of_each("uq_membership_without_school", ROLE, ALWAYS_WITHOUT_SCHOOL)
