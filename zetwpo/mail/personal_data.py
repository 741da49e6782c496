"""What we hold about a person here."""

import sqlalchemy as sa

from zetwpo.addresses import normal_address
from zetwpo.extensions import db
from zetwpo.mail.models import OutboxMail
from zetwpo.mail.service import EMPTY


def export(email: str) -> list[dict[str, str | None]]:
    """Mails that left to this address and whose text is still kept.

    None that still waits: its being there could tell what somebody else plans for later.
    """
    mails = db.session.scalars(sa.select(OutboxMail).where(_to(email)).order_by(OutboxMail.sent_at))
    return [
        {"sent_at": mail.sent_at.isoformat(), "subject": mail.subject, "text": mail.text}
        for mail in mails
        if mail.sent_at and mail.text
    ]


def erase(email: str) -> None:
    """Delete all mails to this address, sent or not.

    Of one that could not be delivered it stays that it could not: whoever asked was told so, and
    must not see that its addressee went away.
    """
    has_failed = OutboxMail.failure.is_not(None)
    db.session.execute(sa.update(OutboxMail).where(_to(email), has_failed).values(EMPTY))
    db.session.execute(sa.delete(OutboxMail).where(_to(email)))


def _to(email: str) -> sa.ColumnElement[bool]:
    return OutboxMail.normal_recipient == normal_address(email)
