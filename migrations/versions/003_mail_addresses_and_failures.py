"""Addresses as they are typed and as they are compared; what becomes of a mail."""

import idna
import sqlalchemy as sa
from alembic import op

revision = "003"
down_revision = "002"

# Of each table with an address: the address, and the same in the form that is compared.
ADDRESSES = {
    "person": ("email", "normal_email"),
    "invitation": ("email", "normal_email"),
    "outbox_mail": ("recipient", "normal_recipient"),
}
# So often a mail was tried at most.
MOST_ATTEMPTS = 20


def upgrade() -> None:
    for table, (_typed, normal) in ADDRESSES.items():
        column = sa.Column(normal, sa.String(254), nullable=False, server_default="")
        op.add_column(table, column)
    for table, (typed, normal) in ADDRESSES.items():
        _fill(table, typed, normal)
    with op.batch_alter_table("outbox_mail") as table:
        table.alter_column("normal_recipient", server_default=None)
        table.add_column(
            sa.Column("is_urgent", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        table.add_column(sa.Column("failure", sa.String(20), nullable=True))
    with op.batch_alter_table("outbox_mail") as table:
        table.alter_column("is_urgent", server_default=None)
    with op.batch_alter_table("person") as table:
        table.alter_column("normal_email", server_default=None)
        table.drop_constraint(op.f("uq_person_email"), type_="unique")
        table.create_unique_constraint(op.f("uq_person_normal_email"), ["normal_email"])
    with op.batch_alter_table("invitation") as table:
        table.alter_column("normal_email", server_default=None)
        table.drop_index(op.f("ix_invitation_email"))
        table.create_index(op.f("ix_invitation_normal_email"), ["normal_email"])
    outbox = sa.table(
        "outbox_mail",
        sa.column("kind", sa.String()),
        sa.column("attempts", sa.Integer()),
        sa.column("sent_at", sa.DateTime(timezone=True)),
        sa.column("failure", sa.String()),
        sa.column("is_urgent", sa.Boolean()),
    )
    op.execute(sa.update(outbox).where(outbox.c.kind == "sign_in").values(is_urgent=sa.true()))
    gave_up = sa.and_(outbox.c.sent_at.is_(None), outbox.c.attempts >= MOST_ATTEMPTS)
    op.execute(sa.update(outbox).where(gave_up).values(failure="gave_up"))


def _fill(name: str, typed: str, normal: str) -> None:
    """Until here all addresses were kept in small letters, before the @ in ASCII."""
    table = sa.table(name, sa.column(typed, sa.String()), sa.column(normal, sa.String()))
    connection = op.get_bind()
    addresses = set(connection.scalars(sa.select(table.c[typed])))
    for address in addresses:
        found = _normal(address)
        # Where two spellings of one address had an account each, both keep their own.
        key = address if name == "person" and found in addresses else found
        connection.execute(sa.update(table).where(table.c[typed] == address).values({normal: key}))


def _normal(address: str) -> str:
    name, at, domain = address.rpartition("@")
    try:
        return f"{name}{at}{idna.encode(domain, uts46=True).decode()}"
    except idna.IDNAError:
        return address


def downgrade() -> None:
    for name in ("person", "invitation"):
        table = sa.table(name, sa.column("email", sa.String()))
        op.execute(sa.update(table).values(email=sa.func.lower(table.c.email)))
    # Or it would be sent once more: before this step the number alone says that a mail is given up.
    outbox = sa.table(
        "outbox_mail", sa.column("attempts", sa.Integer()), sa.column("failure", sa.String())
    )
    has_failed = outbox.c.failure.is_not(None)
    op.execute(sa.update(outbox).where(has_failed).values(attempts=MOST_ATTEMPTS))
    with op.batch_alter_table("outbox_mail") as table:
        table.drop_column("failure")
        table.drop_column("is_urgent")
        table.drop_column("normal_recipient")
    with op.batch_alter_table("invitation") as table:
        table.drop_index(op.f("ix_invitation_normal_email"))
        table.create_index(op.f("ix_invitation_email"), ["email"])
        table.drop_column("normal_email")
    with op.batch_alter_table("person") as table:
        table.drop_constraint(op.f("uq_person_normal_email"), type_="unique")
        table.create_unique_constraint(op.f("uq_person_email"), ["email"])
        table.drop_column("normal_email")
