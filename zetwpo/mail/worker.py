"""Sends what is in the outbox: threads inside `make run`, or `flask worker` on its own.

A mail is claimed in one commit and marked as sent in the next, so that two workers never send
the same one, and a mail goes out twice only where a worker died between the two. Trouble with the
mail server itself is no mail's fault: it is let go of as it was (decision 15).
"""

import enum
import logging
import threading
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from flask import Flask, render_template

from zetwpo.addresses import normal_address
from zetwpo.clock import now
from zetwpo.database.statements import change_row
from zetwpo.database.turns import reading
from zetwpo.extensions import db
from zetwpo.i18n import as_language, writing_in
from zetwpo.mail.composing import Content, Due, PutOff, compose
from zetwpo.mail.kinds import KINDS
from zetwpo.mail.message import Letter
from zetwpo.mail.models import OutboxMail
from zetwpo.mail.rules import CLAIM_LASTS, Failure, Terms, look_after
from zetwpo.mail.service import Addressee, decent_hours
from zetwpo.mail.transport import ServerTrouble, Undeliverable, mail_server
from zetwpo.web import public_address, settings

log = logging.getLogger(__name__)
SUBJECT, PARTS = "subject.txt", ("text.txt", "body.html")
PAUSE_SECONDS = 0.5
# Beside the lane for everything. A slow mail server keeps nobody waiting who wants to sign in,
# and neither do others who want to.
URGENT_LANES = 3


class Outcome(enum.Enum):
    """What came of sending one mail."""

    SENT = "sent"
    # It waits for a later moment, or will never leave, or another worker was first.
    NOT_SENT = "not sent"
    # The mail server takes in nothing now.
    NO_SERVER = "no server"
    NOTHING_DUE = "nothing due"


def write(kind: str, language: str, values: Callable[[], Mapping[str, object]]) -> Letter:
    """Fill in the three templates of this kind of mail, and the foot of all, in this language.

    One that may be stopped says how.
    """
    may_be_stopped = KINDS[kind].may_be_stopped
    stop_url = f"{public_address('my_account.overview')}#mails" if may_be_stopped else ""
    with writing_in(as_language(language)):
        filled_in = {**values(), "stop_url": stop_url}
        line = render_template(f"mail/{kind}/{SUBJECT}", **filled_in)
        # The title of the page as well, in which it is words and no tags.
        filled_in["subject"] = subject = " ".join(line.split())
        text, html, stop, foot = (
            render_template(f"mail/{part}", **filled_in)
            for part in (*(f"{kind}/{each}" for each in PARTS), "stop.txt", "foot.txt")
        )
    whole = f"{text.strip()}\n{stop}\n{foot.strip()}\n"
    return Letter(subject, whole, html)


def send_due() -> int:
    """Send every mail whose time has come; returns how many left. Commits after each.

    Stops early where the mail server takes in nothing.
    """
    count = 0
    while (outcome := send_next()) in {Outcome.SENT, Outcome.NOT_SENT}:
        count += outcome is Outcome.SENT
    return count


def send_next(*, only_urgent: bool = False) -> Outcome:
    """Send the mail whose turn it is: whoever sits waiting for one comes first."""
    if only_urgent and not _is_somebody_waiting(now()):
        return Outcome.NOTHING_DUE
    mail = _claim_next(now(), only_urgent=only_urgent)
    if mail is None:
        return Outcome.NOTHING_DUE
    try:
        return _send(mail)
    except ServerTrouble as trouble:
        log.warning("mails cannot leave: %s", trouble)
        return Outcome.NO_SERVER


def _due(moment: datetime) -> sa.ColumnElement[bool]:
    free = sa.or_(OutboxMail.claimed_at.is_(None), OutboxMail.claimed_at < moment - CLAIM_LASTS)
    return sa.and_(
        OutboxMail.sent_at.is_(None),
        OutboxMail.failure.is_(None),
        OutboxMail.due_at <= moment,
        free,
    )


def _is_somebody_waiting(moment: datetime) -> bool:
    """A look for which no writer has to wait."""
    with reading():
        found = sa.select(sa.exists().where(OutboxMail.is_urgent, _due(moment)))
        is_waiting = bool(db.session.scalar(found))
        db.session.rollback()
    return is_waiting


def _claim_next(moment: datetime, *, only_urgent: bool) -> Due | None:
    """The next mail that may leave now. Whatever is due before it waits on, or is dropped."""
    query = (
        sa.select(OutboxMail)
        .where(_due(moment), OutboxMail.is_urgent if only_urgent else sa.true())
        .order_by(OutboxMail.is_urgent.desc(), OutboxMail.due_at, OutboxMail.queued_at)
        .limit(1)
        # Whatever another worker is deciding about is its own.
        .with_for_update(skip_locked=True)
    )
    while row := db.session.scalar(query):
        mail = _read(row)
        leaves = mail.terms.earliest(moment, decent_hours())
        if leaves == moment:
            _store(mail.id, claimed_at=moment, attempts=mail.attempts)
            return mail
        _put_off(mail, leaves)
    db.session.rollback()
    return None


def _read(row: OutboxMail) -> Due:
    return Due(
        id=row.id,
        kind=row.kind,
        about_id=row.about_id,
        recipient=row.recipient,
        language=row.language,
        values=row.values,
        attempts=row.attempts + 1,
        terms=Terms(row.at_decent_hours, row.useful_until, row.is_urgent),
    )


def _send(mail: Due) -> Outcome:
    """Send a mail that was claimed. Raises ServerTrouble, and lets go of the mail before."""
    try:
        content = compose(mail)
        # It may stand in for others that wait longer.
        mail = replace(mail, terms=_terms(mail.id))
        # What opens something is known from here on, and no transaction waits for the mail server.
        db.session.commit()
        return _deliver(mail, content)
    except ServerTrouble:
        _store(mail.id, claimed_at=None, attempts=mail.attempts - 1)
        raise
    except Undeliverable as refusal:
        _log(mail, refusal)
        _give_up(mail, refusal.failure)
    except Exception as error:
        # Whatever it is, a mistake in a template too: it waits, and the next mail has its turn.
        db.session.rollback()
        _log(mail, error)
        _try_again_later(mail)
    return Outcome.NOT_SENT


def _log(mail: Due, error: Exception) -> None:
    # The address is somebody's: the log gets the kind of mail and of trouble only.
    log.warning("a mail of kind %s did not leave: %s", mail.kind, type(error).__name__)


def _deliver(mail: Due, content: Content | PutOff | None) -> Outcome:
    if content is None:
        _drop(mail)
        return Outcome.NOT_SENT
    if isinstance(content, PutOff):
        # It was not tried: that it waits for its turn is no failure.
        again = mail.terms.earliest(content.until, decent_hours())
        _put_off(mail, again, attempts=mail.attempts - 1)
        return Outcome.NOT_SENT
    to = content.to or Addressee(mail.recipient, as_language(mail.language))
    letter = replace(write(mail.kind, to.language, content.whole), files=content.files)
    kept = _kept(mail.kind, to.language, content)
    with mail_server(settings()) as deliver:
        if not _renew_claim(mail):
            return Outcome.NOT_SENT
        deliver(to.email, letter)
        # Before the goodbye, which may take its time.
        _store(
            mail.id,
            recipient=to.email,
            normal_recipient=normal_address(to.email),
            subject=kept.subject,
            text=kept.text,
            sent_at=now(),
            values={},
        )
    return Outcome.SENT


def _renew_claim(mail: Due) -> bool:
    """Count the time of the claim from here: how long a server takes to answer, nobody knows.

    False where the claim ran out and another worker has the mail, or it was taken back.
    """
    renewed = db.session.scalar(
        sa.update(OutboxMail)
        # Each claim counts one attempt more.
        .where(OutboxMail.id == mail.id, OutboxMail.attempts == mail.attempts)
        .values(claimed_at=now())
        .returning(OutboxMail.id)
    )
    db.session.commit()
    return renewed is not None


def _terms(mail_id: uuid.UUID) -> Terms:
    row = db.session.execute(
        sa.select(OutboxMail.at_decent_hours, OutboxMail.useful_until, OutboxMail.is_urgent).where(
            OutboxMail.id == mail_id
        )
    ).one_or_none()
    return Terms(*row) if row else Terms()


def _kept(kind: str, language: str, content: Content) -> Letter:
    """What stays of a letter: all but what opens something.

    In the demo, where the mailbox is there to be read and nobody is real, all of it.
    """
    return write(kind, language, content.whole if settings().is_demo else content.without_openings)


def _try_again_later(mail: Due) -> None:
    if not mail.terms.may_try_again(mail.attempts):
        _give_up(mail, Failure.GAVE_UP)
        return
    wanted = now() + mail.terms.retry_after(mail.attempts)
    _put_off(mail, mail.terms.earliest(wanted, decent_hours()))


def _give_up(mail: Due, failure: Failure) -> None:
    _store(mail.id, failure=failure, claimed_at=None, values={})


def _put_off(mail: Due, until: datetime | None, **outcome: object) -> None:
    """Let it wait until this moment, or drop it where no moment is left."""
    if until:
        _store(mail.id, due_at=until, claimed_at=None, **outcome)
        return
    log.warning("a mail of kind %s came too late and was dropped", mail.kind)
    _drop(mail)


def _drop(mail: Due) -> None:
    db.session.execute(sa.delete(OutboxMail).where(OutboxMail.id == mail.id))
    db.session.commit()


def _store(mail_id: uuid.UUID, **outcome: object) -> None:
    change_row(db.session(), OutboxMail, mail_id, outcome)
    db.session.commit()


def run(app: Flask, stop: threading.Event) -> None:
    """Send what is due until told to stop."""
    with app.app_context():
        _try_all_again()
    lanes = [
        threading.Thread(target=_run_lane, args=(app, stop, only_urgent), daemon=True)
        for only_urgent in (False, *[True] * URGENT_LANES)
    ]
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join()


def _try_all_again() -> None:
    """Let go of all pauses: whoever starts this may have mended what was wrong."""
    waits = sa.and_(
        OutboxMail.sent_at.is_(None), OutboxMail.failure.is_(None), OutboxMail.attempts > 0
    )
    moment = now()
    db.session.execute(
        sa.update(OutboxMail).where(waits, OutboxMail.due_at > moment).values(due_at=moment)
    )
    db.session.commit()


def _run_lane(app: Flask, stop: threading.Event, only_urgent: bool) -> None:
    troubles = 0
    while not stop.is_set():
        outcome = _send_next_or_say_why_not(app, only_urgent)
        troubles = troubles + 1 if outcome is Outcome.NO_SERVER else 0
        if troubles:
            stop.wait(look_after(troubles, is_urgent=only_urgent).total_seconds())
        elif outcome is Outcome.NOTHING_DUE:
            stop.wait(PAUSE_SECONDS)


def _send_next_or_say_why_not(app: Flask, only_urgent: bool) -> Outcome:
    with app.app_context():
        try:
            return send_next(only_urgent=only_urgent)
        except Exception as error:
            # The database, mostly. The next minute gets its chance.
            log.error("sending mails was interrupted: %s", type(error).__name__)
            return Outcome.NOTHING_DUE


def start_thread(app: Flask, stop: threading.Event) -> threading.Thread:
    """Send mails from threads of this process, which end soon after the event is set.

    The one that is returned ends last.
    """
    thread = threading.Thread(target=run, args=(app, stop), name="mail-worker", daemon=True)
    thread.start()
    return thread
