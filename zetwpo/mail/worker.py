"""Sends what is in the outbox: a thread inside `make run`, or `flask worker` on its own.

A mail is claimed in one commit and marked as sent in the next, so that two workers never send
the same one, and a mail goes out twice only where a worker died between the two.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask import Flask, render_template
from flask_mailman import EmailMultiAlternatives

from zetwpo.clock import now
from zetwpo.extensions import db
from zetwpo.i18n import as_language, writing_in
from zetwpo.mail.composing import Content, Due, PutOff, compose
from zetwpo.mail.models import OutboxMail
from zetwpo.mail.rules import CLAIM_LASTS, MOST_ATTEMPTS, Terms, retry_after
from zetwpo.mail.service import Addressee, decent_hours
from zetwpo.web import settings

log = logging.getLogger(__name__)
PAUSE_SECONDS = 0.5


@dataclass(frozen=True)
class Letter:
    """A mail in words."""

    subject: str
    text: str
    html: str


def write(kind: str, language: str, values: Callable[[], Mapping[str, str]]) -> Letter:
    """Fill in the three templates of this kind of mail, in this language."""
    with writing_in(as_language(language)):
        filled_in = values()
        subject, text, html = (
            render_template(f"mail/{kind}/{part}", **filled_in)
            for part in ("subject.txt", "text.txt", "body.html")
        )
    return Letter(" ".join(subject.split()), text.strip() + "\n", html)


def send_due() -> int:
    """Send every mail whose time has come; returns how many left. Commits after each."""
    count = 0
    while mail := _claim(now()):
        count += _send(mail)
    return count


def _claim(moment: datetime) -> Due | None:
    """The next mail that may leave now. Whatever else is due waits on, or is dropped."""
    while mail := _find_due(moment):
        leaves = mail.terms.earliest(moment, decent_hours())
        if leaves == moment:
            _store(mail, claimed_at=moment, attempts=mail.attempts)
            return mail
        _put_off(mail, leaves)
    db.session.rollback()
    return None


def _find_due(moment: datetime) -> Due | None:
    free = sa.or_(OutboxMail.claimed_at.is_(None), OutboxMail.claimed_at < moment - CLAIM_LASTS)
    row = db.session.execute(
        sa.select(OutboxMail)
        .where(
            OutboxMail.sent_at.is_(None),
            OutboxMail.due_at <= moment,
            OutboxMail.attempts < MOST_ATTEMPTS,
            free,
        )
        .order_by(OutboxMail.due_at)
        .limit(1)
        # Whatever another worker is deciding about is its own.
        .with_for_update(skip_locked=True)
    ).scalar_one_or_none()
    if row is None:
        return None
    return Due(
        id=row.id,
        kind=row.kind,
        about_id=row.about_id,
        recipient=row.recipient,
        language=row.language,
        values=row.values,
        attempts=row.attempts + 1,
        terms=Terms(row.at_decent_hours, row.useful_until),
    )


def _send(mail: Due) -> int:
    content = compose(mail)
    # What opens something is known from here on, and no transaction waits for the mail server.
    db.session.commit()
    if content is None:
        _drop(mail)
        return 0
    if isinstance(content, PutOff):
        # It was not tried: that it waits for its turn is no failure.
        again = mail.terms.earliest(content.until, decent_hours())
        _put_off(mail, again, attempts=mail.attempts - 1)
        return 0
    to = content.to or Addressee(mail.recipient, as_language(mail.language))
    letter = write(mail.kind, to.language, content.whole)
    message = EmailMultiAlternatives(letter.subject, letter.text, to=[to.email])
    message.attach_alternative(letter.html, "text/html")
    try:
        message.send()
    except (OSError, ValueError) as error:
        # The address is somebody's: the log gets the kind of mail and of trouble only.
        log.warning("a mail of kind %s did not leave: %s", mail.kind, type(error).__name__)
        # An address that no mail can be written to (ValueError) does not get better.
        attempts = MOST_ATTEMPTS if isinstance(error, ValueError) else mail.attempts
        again = mail.terms.earliest(now() + retry_after(attempts), decent_hours())
        _put_off(mail, again, attempts=attempts)
        return 0
    kept = _kept(mail.kind, to.language, content)
    _store(
        mail,
        recipient=to.email,
        subject=kept.subject,
        text=kept.text,
        sent_at=now(),
        values={},
    )
    return 1


def _kept(kind: str, language: str, content: Content) -> Letter:
    """What stays of a letter: all but what opens something.

    In the demo, where the mailbox is there to be read and nobody is real, all of it.
    """
    return write(kind, language, content.whole if settings().is_demo else content.without_openings)


def _put_off(mail: Due, until: datetime | None, **outcome: object) -> None:
    """Let it wait until this moment, or drop it where no moment is left."""
    if until:
        _store(mail, due_at=until, claimed_at=None, **outcome)
        return
    log.warning("a mail of kind %s came too late and was dropped", mail.kind)
    _drop(mail)


def _drop(mail: Due) -> None:
    db.session.execute(sa.delete(OutboxMail).where(OutboxMail.id == mail.id))
    db.session.commit()


def _store(mail: Due, **outcome: object) -> None:
    db.session.execute(sa.update(OutboxMail).where(OutboxMail.id == mail.id).values(outcome))
    db.session.commit()


def run(app: Flask, stop: threading.Event) -> None:
    """Send what is due until told to stop."""
    while not stop.is_set():
        with app.app_context():
            try:
                send_due()
            except Exception as error:
                # Whatever it is, the next mail and the next minute get their chance.
                log.error("sending mails was interrupted: %s", type(error).__name__)
        stop.wait(PAUSE_SECONDS)


def start_thread(app: Flask, stop: threading.Event) -> threading.Thread:
    """Send mails from a thread of this process, which ends soon after the event is set."""
    thread = threading.Thread(target=run, args=(app, stop), name="mail-worker", daemon=True)
    thread.start()
    return thread
