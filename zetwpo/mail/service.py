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
from zetwpo.mail.rules import MOST_ATTEMPTS, TEXT_KEPT, DecentHours


@dataclass(frozen=True)
class Addressee:
    """Where a mail goes, and in which language."""

    email: str
    language: Language


def queue(
    kind: str,
    to: Addressee,
    values: dict[str, str],
    *,
    about_id: uuid.UUID | None = None,
    only_once: bool = False,
    due_at: datetime | None = None,
    at_decent_hours: bool = False,
) -> None:
    """Store a mail that leaves after the commit of what it tells about.

    `kind` is a folder under templates/mail/, `about_id` the key of what the mail is about.
    With `only_once` a second mail of the same kind about the same thing is not stored.
    """
    moment = now()
    due = due_at or moment
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
            values=values,
            queued_at=moment,
            due_at=_decent_hours().earliest(due) if at_decent_hours else due,
        )
    )


def leaves_at(wanted: datetime) -> datetime:
    """When a mail that is queued for decent hours leaves."""
    return _decent_hours().earliest(wanted)


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
    gave_up = sa.and_(OutboxMail.sent_at.is_(None), OutboxMail.attempts >= MOST_ATTEMPTS)
    db.session.execute(sa.delete(OutboxMail).where(gave_up, OutboxMail.due_at < now() - TEXT_KEPT))
    db.session.execute(
        sa.update(OutboxMail)
        .where(OutboxMail.sent_at < now() - TEXT_KEPT, OutboxMail.text.is_not(None))
        .values(subject=None, text=None, html=None, values={}, recipient="")
    )


def _is_queued(kind: str, reason: uuid.UUID) -> bool:
    found = sa.select(OutboxMail.id).where(OutboxMail.kind == kind, OutboxMail.reason == reason)
    return db.session.scalar(found) is not None


def _decent_hours() -> DecentHours:
    hours: DecentHours = current_app.extensions["mail_hours"]
    return hours
