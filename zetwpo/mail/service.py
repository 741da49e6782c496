"""Putting mails in the outbox, and taking them out again when they are no longer needed."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from flask import current_app

from zetwpo.clock import now
from zetwpo.extensions import db
from zetwpo.i18n import Language
from zetwpo.mail.models import OutboxMail
from zetwpo.mail.rules import TEXT_KEPT, DecentHours


def queue(
    kind: str,
    *,
    to: str,
    language: Language,
    values: dict[str, str],
    reason: uuid.UUID | None = None,
    due_at: datetime | None = None,
    at_decent_hours: bool = False,
) -> None:
    """Store a mail that leaves after the commit of what it tells about.

    `kind` is a folder under templates/mail/. A `reason` is what the mail is about: a second
    mail of the same kind for the same reason is not stored.
    """
    moment = now()
    due = due_at or moment
    if reason and _is_queued(kind, reason):
        return
    db.session.add(
        OutboxMail(
            kind=kind,
            reason=reason or uuid.uuid4(),
            recipient=to,
            language=language,
            values=values,
            queued_at=moment,
            due_at=_decent_hours().earliest(due) if at_decent_hours else due,
        )
    )


def leaves_at(wanted: datetime) -> datetime:
    """When a mail that is queued for decent hours leaves."""
    return _decent_hours().earliest(wanted)


def take_back(kind: str, reason: uuid.UUID) -> None:
    """Delete a mail that has not left yet and is no longer needed."""
    db.session.execute(
        sa.delete(OutboxMail).where(
            OutboxMail.kind == kind, OutboxMail.reason == reason, OutboxMail.sent_at.is_(None)
        )
    )


def clear_texts() -> None:
    """Empty the text of mails that left more than seven days ago."""
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
