"""What we hold about a person here."""

import sqlalchemy as sa

from zetwpo.extensions import db
from zetwpo.mail.models import OutboxMail


def export(email: str) -> list[dict[str, str | None]]:
    """Mails that left to this address and whose text is still kept.

    None that still waits: its being there could tell what somebody else plans for later.
    """
    mails = db.session.scalars(
        sa.select(OutboxMail).where(OutboxMail.recipient == email).order_by(OutboxMail.sent_at)
    )
    return [
        {"sent_at": mail.sent_at.isoformat(), "subject": mail.subject, "text": mail.text}
        for mail in mails
        if mail.sent_at and mail.text
    ]


def erase(email: str) -> None:
    """Delete all mails to this address, sent or not."""
    db.session.execute(sa.delete(OutboxMail).where(OutboxMail.recipient == email))
