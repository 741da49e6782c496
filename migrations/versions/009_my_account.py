"""A sign-in knows its device, an address can be changed, and mails can be stopped."""

import sqlalchemy as sa
from alembic import op

revision = "009"
down_revision = "008"

DEVICE = ("browser", "system")
UNKNOWN = "other"


def upgrade() -> None:
    for name in DEVICE:
        op.add_column(
            "sign_in",
            sa.Column(name, sa.String(length=20), nullable=False, server_default=UNKNOWN),
        )
    with op.batch_alter_table("sign_in") as table:
        for name in DEVICE:
            table.alter_column(name, server_default=None)
    op.create_table(
        "address_change",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_address_change_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_change")),
        sa.UniqueConstraint("person_id", name=op.f("uq_address_change_person_id")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_address_change_link_hash")),
    )
    op.create_index(op.f("ix_address_change_expires_at"), "address_change", ["expires_at"])
    op.create_table(
        "stopped_mail",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_stopped_mail_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "kind", name=op.f("pk_stopped_mail")),
    )


def downgrade() -> None:
    op.drop_table("stopped_mail")
    op.drop_table("address_change")
    with op.batch_alter_table("sign_in") as table:
        for name in reversed(DEVICE):
            table.drop_column(name)
