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


@dataclass(frozen=True)
class FailedMail:
    """A mail that will never arrive; nothing of what is in it."""

    id: uuid.UUID
    kind: str
    about_id: uuid.UUID | None
    # Empty where it is not kept any more.
    recipient: str
    # The last time that it was tried.
    at: datetime
    failure: Failure


@dataclass(frozen=True)
class MailState:
    """What became of a mail: it waits, left, or never will."""

    due_at: datetime
    sent_at: datetime | None
    failure: Failure | None

    @property
    def is_waiting(self) -> bool:
        """True as long as it may leave."""
        return self.sent_at is None and self.failure is None


# Of one whose address is not kept there is nothing to tell that anybody could mend.
_HAS_FAILED = (OutboxMail.failure.is_not(None), OutboxMail.recipient != "")


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


def find_last(kind: str, about_id: uuid.UUID) -> MailState | None:
    """What became of the last mail of this kind about this thing; None where there is none."""
    query = (
        sa.select(OutboxMail.due_at, OutboxMail.sent_at, OutboxMail.failure)
        .where(OutboxMail.kind == kind, OutboxMail.about_id == about_id)
        .order_by(OutboxMail.queued_at.desc())
        .limit(1)
    )
    row = read(query).one_or_none()
    if row is None:
        return None
    due_at, sent_at, failure = row
    return MailState(due_at, sent_at, Failure(failure) if failure else None)


def waiting(kind: str, about_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """About which of these things a mail of this kind has not left yet, and still may."""
    query = sa.select(OutboxMail.about_id).where(
        OutboxMail.kind == kind,
        OutboxMail.about_id.in_(about_ids),
        OutboxMail.sent_at.is_(None),
        OutboxMail.failure.is_(None),
    )
    return {about_id for about_id in read(query).scalars() if about_id}


def waiting_values(kind: str, about_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, dict[str, str]]:
    """What mails of this kind hold that have not left yet and still may, by what they are about."""
    query = sa.select(OutboxMail.about_id, OutboxMail.values).where(
        OutboxMail.kind == kind,
        OutboxMail.about_id.in_(about_ids),
        OutboxMail.sent_at.is_(None),
        OutboxMail.failure.is_(None),
    )
    return {about_id: values for about_id, values in read(query) if about_id}


def failures_in(partnership_id: uuid.UUID, most: int, after: int = 0) -> list[FailedMail]:
    """So many mails of this partnership that never arrived, the last one first.

    `after` so many that come before them.
    """
    query = (
        sa.select(
            OutboxMail.id,
            OutboxMail.kind,
            OutboxMail.about_id,
            OutboxMail.recipient,
            OutboxMail.due_at,
            OutboxMail.failure,
        )
        .where(OutboxMail.partnership_id == partnership_id, *_HAS_FAILED)
        .order_by(OutboxMail.due_at.desc(), OutboxMail.id)
        .limit(most)
        .offset(after)
    )
    return [
        FailedMail(key, kind, about_id, recipient, at, Failure(failure))
        for key, kind, about_id, recipient, at, failure in read(query)
        if failure
    ]


def count_failures(partnership_id: uuid.UUID) -> int:
    """How many mails of this partnership never arrived, as far as we still know."""
    return failure_counts([partnership_id]).get(partnership_id, 0)


def failure_counts(partnership_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """The same for each of these partnerships of which there is one, in one statement."""
    query = (
        sa.select(OutboxMail.partnership_id, sa.func.count())
        .where(OutboxMail.partnership_id.in_(partnership_ids), *_HAS_FAILED)
        .group_by(OutboxMail.partnership_id)
    )
    return {key: count for key, count in read(query) if key}


def was_queued_since(kind: str, about_id: uuid.UUID, moment: datetime) -> bool:
    """True where a mail of this kind about this thing was queued after a moment, sent or not."""
    found = sa.exists().where(
        OutboxMail.kind == kind, OutboxMail.about_id == about_id, OutboxMail.queued_at > moment
    )
    return bool(db.session.scalar(sa.select(found)))


def waiting_or_since(
    kind: str, about_ids: Collection[uuid.UUID], moment: datetime
) -> set[uuid.UUID]:
    """About which of these things a mail of this kind waits, or was queued or left after then."""
    waits = sa.and_(OutboxMail.sent_at.is_(None), OutboxMail.failure.is_(None))
    query = sa.select(OutboxMail.about_id).where(
        OutboxMail.kind == kind,
        OutboxMail.about_id.in_(about_ids),
        sa.or_(waits, OutboxMail.queued_at > moment, OutboxMail.sent_at > moment),
    )
    return {about_id for about_id in read(query).scalars() if about_id}


def _read(mail: OutboxMail) -> SentMail:
    assert mail.sent_at is not None  # noqa: S101 (asked for in the query)
    return SentMail(mail.id, mail.recipient, mail.subject or "", mail.text or "", mail.sent_at)
