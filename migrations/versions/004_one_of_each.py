"""One partnership of each name, and one membership without a school of each kind."""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "004"
down_revision = "003"

partnership = sa.table("partnership", sa.column("id", sa.Uuid()), sa.column("name", sa.String()))
school = sa.table("school", sa.column("id", sa.Uuid()), sa.column("partnership_id", sa.Uuid()))
membership = sa.table(
    "membership",
    sa.column("id", sa.Uuid()),
    sa.column("person_id", sa.Uuid()),
    sa.column("partnership_id", sa.Uuid()),
    sa.column("school_id", sa.Uuid()),
    sa.column("role", sa.String()),
)
WITHOUT_SCHOOL = sa.text("school_id IS NULL")


def upgrade() -> None:
    stays = _which_stays()
    _merge_memberships(stays)
    _merge_partnerships(stays)
    with op.batch_alter_table("partnership") as table:
        table.create_unique_constraint(op.f("uq_partnership_name"), ["name"])
    op.create_index(
        "uq_membership_without_school",
        "membership",
        ["person_id", "partnership_id", "role"],
        unique=True,
        sqlite_where=WITHOUT_SCHOOL,
        postgresql_where=WITHOUT_SCHOOL,
    )


def downgrade() -> None:
    op.drop_index("uq_membership_without_school", table_name="membership")
    with op.batch_alter_table("partnership") as table:
        table.drop_constraint(op.f("uq_partnership_name"), type_="unique")


def _which_stays() -> dict[uuid.UUID, uuid.UUID]:
    """For each partnership, the one of the same name that stays."""
    rows = op.get_bind().execute(sa.select(partnership.c.id, partnership.c.name)).all()
    first: dict[str, uuid.UUID] = {}
    return {key: first.setdefault(name, key) for key, name in sorted(rows)}


def _merge_memberships(stays: dict[uuid.UUID, uuid.UUID]) -> None:
    connection = op.get_bind()
    seen = set()
    for row in connection.execute(sa.select(membership).order_by(membership.c.id)).all():
        home = stays[row.partnership_id]
        this = membership.c.id == row.id
        if (held := (row.person_id, home, row.school_id, row.role)) in seen:
            connection.execute(sa.delete(membership).where(this))
        elif home != row.partnership_id:
            connection.execute(sa.update(membership).where(this).values(partnership_id=home))
        seen.add(held)


def _merge_partnerships(stays: dict[uuid.UUID, uuid.UUID]) -> None:
    connection = op.get_bind()
    for goes, home in stays.items():
        if goes != home:
            of_it = school.c.partnership_id == goes
            connection.execute(sa.update(school).where(of_it).values(partnership_id=home))
            connection.execute(sa.delete(partnership).where(partnership.c.id == goes))
