"""Reading the outbox."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from zetwpo.extensions import db, read
from zetwpo.mail.models import OutboxMail
from zetwpo.mail.rules import Failure


@dataclass(frozen=True)
class SentMail:
    """A mail as it left."""

    id: uuid.UUID
    recipient: str
    subject: str
    text: str
    sent_at: datetime


def sent_mails() -> list[SentMail]:
    """Every mail that was sent and whose text is still kept, the newest first."""
    mails = db.session.scalars(
        sa.select(OutboxMail)
        .where(OutboxMail.sent_at.is_not(None), OutboxMail.text.is_not(None))
        .order_by(OutboxMail.sent_at.desc(), OutboxMail.queued_at.desc())
    )
    return [_read(mail) for mail in mails]


def find_sent_mail(mail_id: uuid.UUID) -> SentMail | None:
    """The mail with this key, if it was sent and its text is still kept."""
    mail = db.session.get(OutboxMail, mail_id)
    return _read(mail) if mail and mail.sent_at and mail.text else None


def find_sent_at(kind: str, reason: uuid.UUID) -> datetime | None:
    """When the mail of this kind for this reason left; None where it did not, or not yet."""
    query = sa.select(OutboxMail.sent_at).where(
        OutboxMail.kind == kind, OutboxMail.reason == reason
    )
    return db.session.scalar(query)


def find_failures(kind: str, about_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Failure]:
    """Why the mails of this kind about these things will never leave; others are not in it."""
    query = sa.select(OutboxMail.about_id, OutboxMail.failure).where(
        OutboxMail.kind == kind,
        OutboxMail.about_id.in_(about_ids),
        OutboxMail.failure.is_not(None),
    )
    return {about_id: Failure(failure) for about_id, failure in read(query) if about_id and failure}


def was_queued_since(kind: str, about_id: uuid.UUID, moment: datetime) -> bool:
    """True where a mail of this kind about this thing was queued after a moment, sent or not."""
    found = sa.exists().where(
        OutboxMail.kind == kind, OutboxMail.about_id == about_id, OutboxMail.queued_at > moment
    )
    return bool(db.session.scalar(sa.select(found)))


def _read(mail: OutboxMail) -> SentMail:
    assert mail.sent_at is not None  # noqa: S101 (asked for in the query)
    return SentMail(mail.id, mail.recipient, mail.subject or "", mail.text or "", mail.sent_at)
