"""What opens something leaves the outbox."""

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


def upgrade() -> None:
    outbox = sa.table(
        "outbox_mail",
        sa.column("id", sa.Uuid()),
        sa.column("kind", sa.String()),
        sa.column("values", sa.JSON()),
        sa.column("sent_at", sa.DateTime(timezone=True)),
        sa.column("text", sa.Text()),
    )
    connection = op.get_bind()
    # Whoever waits for one of these asks again: they last ten minutes.
    connection.execute(
        sa.delete(outbox).where(outbox.c.kind == "sign_in", outbox.c.sent_at.is_(None))
    )
    connection.execute(sa.update(outbox).where(outbox.c.kind.in_(LOOKED_UP)).values(values={}))
    kept = sa.select(outbox.c.id, outbox.c.text).where(outbox.c.text.is_not(None))
    for mail_id, text in connection.execute(kept).all():
        closed = CODE.sub("[code]", LINK.sub("[link]", text))
        connection.execute(sa.update(outbox).where(outbox.c.id == mail_id).values(text=closed))
    with op.batch_alter_table("outbox_mail") as table:
        table.drop_column("html")


def downgrade() -> None:
    with op.batch_alter_table("outbox_mail") as table:
        table.add_column(sa.Column("html", sa.Text(), nullable=True))
