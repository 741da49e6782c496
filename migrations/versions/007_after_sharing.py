"""A plan can be put on hold, and its author can withdraw what was shared."""

import sqlalchemy as sa
from alembic import op

from zetwpo.clock import now

revision = "007"
down_revision = "006"

COLUMNS = ("held_from", "retracted_at")
FILLED = ("answer", "open_answer")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("invitation", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    invitation = sa.table(
        "invitation",
        sa.column("response_id", sa.Uuid()),
        sa.column("share_from", sa.DateTime(timezone=True)),
        sa.column("retracted_at", sa.DateTime(timezone=True)),
    )
    # Nobody shares an empty form: it was withdrawn before this step was undone and taken again.
    held = (sa.table(name, sa.column("response_id", sa.Uuid())) for name in FILLED)
    is_empty = sa.and_(
        *(~sa.exists().where(each.c.response_id == invitation.c.response_id) for each in held)
    )
    is_shared = invitation.c.share_from <= sa.literal(now(), sa.DateTime(timezone=True))
    op.execute(
        sa.update(invitation)
        .where(is_shared, is_empty)
        .values(retracted_at=invitation.c.share_from)
    )


def downgrade() -> None:
    with op.batch_alter_table("invitation") as table:
        for name in reversed(COLUMNS):
            table.drop_column(name)
