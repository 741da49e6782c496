"""Putting mails in the outbox, and taking them out again when they are no longer needed."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import current_app

from zetwpo.addresses import Sender, normal_address, read_sender
from zetwpo.clock import now
from zetwpo.database.statements import insert_into, insert_once
from zetwpo.extensions import db
from zetwpo.i18n import Language
from zetwpo.mail.kinds import Goes, kinds_that
from zetwpo.mail.models import OutboxMail
from zetwpo.mail.rules import AT_ANY_TIME, FAILURE_KEPT, TEXT_KEPT, DecentHours, Terms
from zetwpo.web import settings

DEMO_SENDER = Sender("zetwpo", "zetwpo@demo.example")
# What is left of a mail when its time is up: that there was one, and what became of it.
EMPTY: dict[str, object] = {
    "subject": None,
    "text": None,
    "values": {},
    "recipient": "",
    "normal_recipient": "",
}


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
    partnership_id: uuid.UUID | None = None,
    only_once: bool = False,
    terms: Terms = AT_ANY_TIME,
) -> None:
    """Store a mail that leaves after the commit of what it tells about.

    `kind` is one that has a composer (mail/composing.py), which says what it says when it leaves;
    `about_id` is the key of what the mail is about, and `values` is what cannot be looked up then.
    With a `partnership_id` the administrators there are told where it cannot be delivered.
    With `only_once` a second mail of the same kind about the same thing is not stored.
    A mail that cannot leave within its terms is dropped.
    """
    mail = _mail(kind, to, about_id, values or {}, terms)
    if only_once and about_id:
        mail["reason"] = about_id
    insert_once(db.session(), OutboxMail, mail | {"partnership_id": partnership_id})


@dataclass(frozen=True)
class Reasoned:
    """A mail of which there is never a second one for the same reason."""

    to: Addressee
    reason: uuid.UUID
    about_id: uuid.UUID
    values: dict[str, str] = field(default_factory=dict)


def queue_all(
    kind: str,
    mails: Sequence[Reasoned],
    *,
    partnership_id: uuid.UUID | None = None,
    terms: Terms = AT_ANY_TIME,
) -> None:
    """Store many mails of one kind at once; those for which there was a reason before are not."""
    rows = [
        _mail(kind, each.to, each.about_id, each.values, terms)
        | {"reason": each.reason, "partnership_id": partnership_id}
        for each in mails
    ]
    if rows:
        db.session.execute(insert_into(db.session(), OutboxMail).on_conflict_do_nothing(), rows)


def _mail(
    kind: str,
    to: Addressee,
    about_id: uuid.UUID | None,
    values: dict[str, str],
    terms: Terms,
) -> dict[str, Any]:
    moment = now()
    return {
        "kind": kind,
        "reason": uuid.uuid4(),
        "about_id": about_id,
        "recipient": to.email,
        "language": to.language,
        "values": values,
        "queued_at": moment,
        "due_at": terms.not_before or moment,
        "at_decent_hours": terms.at_decent_hours,
        "useful_until": terms.useful_until,
        "is_urgent": terms.is_urgent,
    }


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


def renew_waiting(kind: str, values: Mapping[uuid.UUID, dict[str, str]]) -> set[uuid.UUID]:
    """Give mails that wait, by what they are about, other values; returns about what there was one.

    Not one that a worker took up, or tried before: nobody knows whether that arrived.
    """
    renewed: set[uuid.UUID | None] = set()
    # Mails about one change mostly hold the same.
    for each in {tuple(sorted(held.items())) for held in values.values()}:
        alike = [about_id for about_id, held in values.items() if held == dict(each)]
        statement = (
            sa.update(OutboxMail)
            .where(
                OutboxMail.kind == kind,
                OutboxMail.about_id.in_(alike),
                OutboxMail.sent_at.is_(None),
                OutboxMail.failure.is_(None),
                OutboxMail.claimed_at.is_(None),
                OutboxMail.attempts == 0,
            )
            .values(values=dict(each))
            .returning(OutboxMail.about_id)
        )
        renewed |= set(db.session.scalars(statement))
    return {about_id for about_id in renewed if about_id}


def forget_failures(kind: str, about_ids: Collection[uuid.UUID]) -> None:
    """Forget that mails of this kind about these things did not arrive: they are sent again."""
    db.session.execute(
        sa.delete(OutboxMail).where(
            OutboxMail.kind == kind,
            OutboxMail.about_id.in_(about_ids),
            OutboxMail.failure.is_not(None),
        )
    )


def stand_in_for_others(mail_id: uuid.UUID, kind: str, recipient: str) -> set[uuid.UUID]:
    """Delete all others of this kind that wait to leave for this address: one serves them all.

    Returns which. Not those that were tried before, as nobody knows whether they arrived.
    It is useful for as long as any of them was. What it tells about is to be read afterwards, so
    that nothing is left out that came with one of them.
    """
    # One statement, so that none goes that another worker takes up at this moment.
    others = db.session.execute(
        sa.delete(OutboxMail)
        .where(
            OutboxMail.id != mail_id,
            OutboxMail.sent_at.is_(None),
            OutboxMail.failure.is_(None),
            OutboxMail.claimed_at.is_(None),
            OutboxMail.attempts == 0,
            OutboxMail.kind == kind,
            OutboxMail.recipient == recipient,
        )
        .returning(OutboxMail.id, OutboxMail.useful_until)
    ).all()
    if others:
        longest = max(each.useful_until for each in others if each.useful_until)
        db.session.execute(
            sa.update(OutboxMail)
            .where(OutboxMail.id == mail_id, OutboxMail.useful_until < longest)
            .values(useful_until=longest)
        )
    return {each.id for each in others}


def forget(about_ids: Collection[uuid.UUID], kind: str | None = None) -> None:
    """Delete all mails about these things, sent or not; or those of one kind."""
    of_kind = sa.true() if kind is None else OutboxMail.kind == kind
    db.session.execute(sa.delete(OutboxMail).where(OutboxMail.about_id.in_(about_ids), of_kind))


def drop_waiting(before: datetime) -> None:
    """Delete what waits to leave and was queued before this, as if it had left and was read."""
    db.session.execute(
        sa.delete(OutboxMail).where(OutboxMail.sent_at.is_(None), OutboxMail.queued_at < before)
    )


def move(before: str, after: str) -> None:
    """Let the mails of a person who changes address belong to the new one.

    What waits goes there. What left stays where it went, and is found and deleted with its person.
    Not what guests were asked at the old address: that is for whoever reads their mail there.
    """
    theirs = sa.and_(
        OutboxMail.normal_recipient == normal_address(before),
        OutboxMail.kind.in_(kinds_that(Goes.TO_PERSON) + kinds_that(Goes.TO_ADDRESS)),
    )
    waits = sa.and_(OutboxMail.sent_at.is_(None), OutboxMail.failure.is_(None))
    new = normal_address(after)
    db.session.execute(
        sa.update(OutboxMail)
        .where(theirs, waits, OutboxMail.kind.in_(kinds_that(Goes.TO_PERSON)))
        .values(recipient=after, normal_recipient=new)
    )
    db.session.execute(
        sa.update(OutboxMail).where(theirs, sa.not_(waits)).values(normal_recipient=new)
    )


def clear_texts() -> None:
    """Empty mails that left, or failed for good, more than seven days ago.

    And delete those that could not leave in time, and failures that nobody asks about any more.
    """
    moment = now()
    limit = moment - TEXT_KEPT
    # The worker drops these when their turn comes; here it never came.
    too_late = sa.and_(OutboxMail.failure.is_(None), OutboxMail.useful_until < limit)
    forgotten = sa.and_(OutboxMail.failure.is_not(None), OutboxMail.due_at < moment - FAILURE_KEPT)
    db.session.execute(
        sa.delete(OutboxMail).where(OutboxMail.sent_at.is_(None), sa.or_(too_late, forgotten))
    )
    left = sa.and_(OutboxMail.sent_at < limit, OutboxMail.text.is_not(None))
    failed = sa.and_(OutboxMail.failure.is_not(None), OutboxMail.due_at < limit)
    db.session.execute(sa.update(OutboxMail).where(sa.or_(left, failed)).values(EMPTY))


def our_sender() -> Sender:
    """Whom mails come from; in the demo, from which none leave, an address that nobody has."""
    chosen = settings()
    return DEMO_SENDER if chosen.is_demo else read_sender(chosen.mail_sender)


def decent_hours() -> DecentHours:
    """The hours of this installation."""
    hours: DecentHours = current_app.extensions["mail_hours"]
    return hours
