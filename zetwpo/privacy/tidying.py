"""What goes by itself when its time is up: once a day, in the process that sends the mails."""

import logging
import threading
from datetime import timedelta

from flask import Flask

from zetwpo import audit, limiting
from zetwpo.accounts import service as accounts
from zetwpo.accounts.address_change import service as addresses
from zetwpo.accounts.queries import unused_people
from zetwpo.clock import now
from zetwpo.cycle.attendance import service as attendance
from zetwpo.cycle.invitations import service as invitations
from zetwpo.cycle.shelf import service as shelf
from zetwpo.database.engine import scrub
from zetwpo.database.statements import one_at_a_time
from zetwpo.extensions import db
from zetwpo.mail import service as mails
from zetwpo.partnerships.importing import service as importing
from zetwpo.privacy.rules import SURELY_USED
from zetwpo.privacy.service import delete_account
from zetwpo.privacy.unused import announce_or_find_ended
from zetwpo.scan.feedback import retention
from zetwpo.sharing import service as sharing

log = logging.getLogger(__name__)

AUDIT_KEPT = timedelta(days=365)
EVERY = timedelta(days=1)
# After a failure, for instance while the database was away.
AGAIN_AFTER = timedelta(minutes=10)
# By the clock on the wall: a machine may sleep for the night.
PAUSE_SECONDS = 30


def tidy() -> None:
    """Delete everything whose time is up.

    Safe to run at any moment, any number of times, also by two at once. Commits after each step,
    so that whoever saves something meanwhile waits for one of them at most.
    """
    for step in STEPS:
        _wait_for_others()
        step()
        db.session.commit()
    unused = unused_people(now() - SURELY_USED)
    db.session.commit()
    for person_id in unused:
        _wait_for_others()
        if announce_or_find_ended(person_id):
            delete_account(person_id)
            audit.record("unused account deleted", object_id=person_id)
        db.session.commit()
    scrub(db.engine)


def _wait_for_others() -> None:
    """Let one tidy after the other: two could delete the same rows in another order."""
    one_at_a_time(db.session.connection(), "tidying")


def _clear_audit() -> None:
    audit.delete_before(now() - AUDIT_KEPT)


STEPS = (
    accounts.clear_expired,
    addresses.clear_expired,
    limiting.clear_expired,
    mails.clear_texts,
    retention.clear_closed,
    importing.clear_expired,
    invitations.clear_over,
    sharing.clear_over,
    attendance.clear_over,
    shelf.sweep_files,
    _clear_audit,
)


def run(app: Flask, stop: threading.Event) -> None:
    """Tidy now and then every day, until told to stop."""
    due_at = now()
    while not stop.is_set():
        if now() >= due_at:
            due_at = now() + (EVERY if _tidied(app) else AGAIN_AFTER)
        stop.wait(PAUSE_SECONDS)


def _tidied(app: Flask) -> bool:
    with app.app_context():
        try:
            tidy()
        except Exception as error:
            # Whatever it is, the next time gets its chance. The message could hold an address.
            log.error("the daily tidying was interrupted: %s", type(error).__name__)
            return False
    return True


def start_thread(app: Flask, stop: threading.Event) -> threading.Thread:
    """Tidy from a thread of this process, which ends soon after the event is set."""
    thread = threading.Thread(target=run, args=(app, stop), name="tidying", daemon=True)
    thread.start()
    return thread
