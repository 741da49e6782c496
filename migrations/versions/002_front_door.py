"""What opens something leaves the outbox, one letter serves all who ask, and counters are kept."""

import re

import sqlalchemy as sa
from alembic import op

revision = "002"
down_revision = "001"

# The address of a link that opens something, and a code on a line of its own.
LINK = re.compile(r"https?://\S+/(?:feedback|sign-in/link)/\S+")
CODE = re.compile(r"^\d{6}$", re.MULTILINE)
# Mails that were queued with everything that they say, and that look it up when they leave.
LOOKED_UP = ("feedback_invitation", "feedback_link", "feedback_shared")

OUTBOX = sa.table(
    "outbox_mail",
    sa.column("id", sa.Uuid()),
    sa.column("kind", sa.String()),
    sa.column("values", sa.JSON()),
    sa.column("sent_at", sa.DateTime(timezone=True)),
    sa.column("text", sa.Text()),
)
REQUEST = sa.table(
    "sign_in_request",
    sa.column("id", sa.Uuid()),
    sa.column("address_hash", sa.String()),
    sa.column("is_known", sa.Boolean()),
    sa.column("link_hash", sa.String()),
    sa.column("code_hash", sa.String()),
)


def upgrade() -> None:
    _close_the_outbox()
    op.create_table(
        "counter",
        sa.Column("bucket", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("bucket", name=op.f("pk_counter")),
    )
    op.create_index(op.f("ix_counter_ends_at"), "counter", ["ends_at"])
    op.create_table(
        "sign_in_letter",
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("to_known", sa.Boolean(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_sign_in_letter_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_letter")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_sign_in_letter_link_hash")),
    )
    for column in ("address_hash", "person_id", "written_at"):
        op.create_index(op.f(f"ix_sign_in_letter_{column}"), "sign_in_letter", [column])
    _separate_requests_from_letters()


def _close_the_outbox() -> None:
    connection = op.get_bind()
    # Whoever waits for one of these asks again: they last ten minutes.
    connection.execute(
        sa.delete(OUTBOX).where(OUTBOX.c.kind == "sign_in", OUTBOX.c.sent_at.is_(None))
    )
    connection.execute(sa.update(OUTBOX).where(OUTBOX.c.kind.in_(LOOKED_UP)).values(values={}))
    kept = sa.select(OUTBOX.c.id, OUTBOX.c.text).where(OUTBOX.c.text.is_not(None))
    for mail_id, text in connection.execute(kept).all():
        closed = CODE.sub("[code]", LINK.sub("[link]", text))
        connection.execute(sa.update(OUTBOX).where(OUTBOX.c.id == mail_id).values(text=closed))
    with op.batch_alter_table("outbox_mail") as table:
        table.drop_column("html")


def _separate_requests_from_letters() -> None:
    with op.batch_alter_table("sign_in_request") as table:
        table.add_column(sa.Column("address_hash", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("is_known", sa.Boolean(), nullable=True))
        table.add_column(sa.Column("letter_id", sa.Uuid(), nullable=True))
        table.drop_index(op.f("ix_sign_in_request_person_id"))
        table.drop_constraint(op.f("fk_sign_in_request_person_id"), type_="foreignkey")
        table.drop_constraint(op.f("uq_sign_in_request_link_hash"), type_="unique")
        for column in ("person_id", "link_hash", "code_hash"):
            table.drop_column(column)
    # What was asked before has no letter any more: whoever waits for one asks again.
    op.get_bind().execute(sa.update(REQUEST).values(address_hash="", is_known=False))
    with op.batch_alter_table("sign_in_request") as table:
        table.alter_column("address_hash", nullable=False, existing_type=sa.String(length=64))
        table.alter_column("is_known", nullable=False, existing_type=sa.Boolean())
        table.create_foreign_key(
            op.f("fk_sign_in_request_letter_id"),
            "sign_in_letter",
            ["letter_id"],
            ["id"],
            ondelete="CASCADE",
        )
        table.create_index(op.f("ix_sign_in_request_address_hash"), ["address_hash"])
        table.create_index(op.f("ix_sign_in_request_letter_id"), ["letter_id"])


def downgrade() -> None:
    with op.batch_alter_table("sign_in_request") as table:
        table.drop_index(op.f("ix_sign_in_request_address_hash"))
        table.drop_index(op.f("ix_sign_in_request_letter_id"))
        table.drop_constraint(op.f("fk_sign_in_request_letter_id"), type_="foreignkey")
        for column in ("address_hash", "is_known", "letter_id"):
            table.drop_column(column)
        table.add_column(sa.Column("person_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("link_hash", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("code_hash", sa.String(length=64), nullable=True))
    connection = op.get_bind()
    for (key,) in connection.execute(sa.select(REQUEST.c.id)).all():
        # No word has these for a hash: the request is closed.
        closed = sa.update(REQUEST).where(REQUEST.c.id == key)
        connection.execute(closed.values(link_hash=key.hex, code_hash=key.hex))
    with op.batch_alter_table("sign_in_request") as table:
        for column in ("link_hash", "code_hash"):
            table.alter_column(column, nullable=False, existing_type=sa.String(length=64))
        table.create_unique_constraint(op.f("uq_sign_in_request_link_hash"), ["link_hash"])
        table.create_foreign_key(
            op.f("fk_sign_in_request_person_id"),
            "person",
            ["person_id"],
            ["id"],
            ondelete="CASCADE",
        )
        table.create_index(op.f("ix_sign_in_request_person_id"), ["person_id"])
    op.drop_table("sign_in_letter")
    op.drop_table("counter")
    with op.batch_alter_table("outbox_mail") as table:
        table.add_column(sa.Column("html", sa.Text(), nullable=True))
