"""Putting mails in the outbox, and taking them out again when they are no longer needed."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask import current_app

from zetwpo.clock import now
from zetwpo.extensions import db
from zetwpo.i18n import Language
from zetwpo.mail.models import OutboxMail
from zetwpo.mail.rules import AT_ANY_TIME, MOST_ATTEMPTS, TEXT_KEPT, DecentHours, Terms


@dataclass(frozen=True)
class Addressee:
    """Where a mail goes, and in which language."""

    email: str
    language: Language


def queue(
    kind: str,
    to: Addressee,
    *,
    values: dict[str, str] | None = None,
    about_id: uuid.UUID | None = None,
    only_once: bool = False,
    due_at: datetime | None = None,
    terms: Terms = AT_ANY_TIME,
) -> None:
    """Store a mail that leaves after the commit of what it tells about.

    `kind` is one that has a composer (mail/composing.py), which says what it says when it leaves;
    `about_id` is the key of what the mail is about, and `values` is what cannot be looked up then.
    With `only_once` a second mail of the same kind about the same thing is not stored.
    A mail that cannot leave within its terms is dropped.
    """
    moment = now()
    reason = about_id if only_once else None
    if reason and _is_queued(kind, reason):
        return
    db.session.add(
        OutboxMail(
            kind=kind,
            reason=reason or uuid.uuid4(),
            about_id=about_id,
            recipient=to.email,
            language=to.language,
            values=values or {},
            queued_at=moment,
            due_at=due_at or moment,
            at_decent_hours=terms.at_decent_hours,
            useful_until=terms.useful_until,
        )
    )


def leaves_at(wanted: datetime) -> datetime:
    """When a mail that is queued for decent hours leaves."""
    return decent_hours().earliest(wanted)


def take_back(kind: str, about_id: uuid.UUID) -> None:
    """Delete a mail that has not left yet and is no longer needed."""
    db.session.execute(
        sa.delete(OutboxMail).where(
            OutboxMail.kind == kind, OutboxMail.about_id == about_id, OutboxMail.sent_at.is_(None)
        )
    )


def forget(about_ids: Collection[uuid.UUID]) -> None:
    """Delete all mails about these things, sent or not."""
    db.session.execute(sa.delete(OutboxMail).where(OutboxMail.about_id.in_(about_ids)))


def clear_texts() -> None:
    """Empty mails that left more than seven days ago, and delete those that never could."""
    limit = now() - TEXT_KEPT
    gave_up = sa.and_(OutboxMail.attempts >= MOST_ATTEMPTS, OutboxMail.due_at < limit)
    # The worker drops these when their turn comes; here it never came.
    too_late = OutboxMail.useful_until < limit
    db.session.execute(
        sa.delete(OutboxMail).where(OutboxMail.sent_at.is_(None), sa.or_(gave_up, too_late))
    )
    db.session.execute(
        sa.update(OutboxMail)
        .where(OutboxMail.sent_at < limit, OutboxMail.text.is_not(None))
        .values(subject=None, text=None, values={}, recipient="")
    )


def _is_queued(kind: str, reason: uuid.UUID) -> bool:
    found = sa.select(OutboxMail.id).where(OutboxMail.kind == kind, OutboxMail.reason == reason)
    return db.session.scalar(found) is not None


def decent_hours() -> DecentHours:
    """The hours of this installation."""
    hours: DecentHours = current_app.extensions["mail_hours"]
    return hours
