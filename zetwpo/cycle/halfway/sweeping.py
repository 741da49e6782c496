"""Puts reminders halfway in the outbox when they are due, in the process that sends the mails."""

import logging
import threading
from itertools import islice

from flask import Flask

from zetwpo.cycle.halfway.queries import due_gaps
from zetwpo.cycle.halfway.service import queue
from zetwpo.database.turns import reading
from zetwpo.extensions import db

log = logging.getLogger(__name__)

# By the clock on the wall: a machine may sleep for the night.
PAUSE_SECONDS = 30
# Trajectories in one commit: whoever saves something meanwhile waits for these at most.
BATCH = 20


def sweep() -> int:
    """Queue all reminders that are due; returns how many mails that are. Commits after each batch.

    Safe at any moment, any number of times, also by two processes at once: what is not committed
    when one dies is found by the next.
    """
    # A look for which no writer has to wait.
    with reading():
        due = iter([each.id for each in due_gaps()])
        db.session.rollback()
    count = 0
    while batch := list(islice(due, BATCH)):
        count += queue(batch)
        db.session.commit()
    return count


def run(app: Flask, stop: threading.Event) -> None:
    """Look every half a minute, until told to stop."""
    while not stop.is_set():
        with app.app_context():
            try:
                sweep()
            except Exception as error:
                # The database, mostly. The next time gets its chance, and nothing is lost.
                log.error("looking for due reminders was interrupted: %s", type(error).__name__)
        stop.wait(PAUSE_SECONDS)


def start_thread(app: Flask, stop: threading.Event) -> threading.Thread:
    """Sweep from a thread of this process, which ends soon after the event is set."""
    thread = threading.Thread(target=run, args=(app, stop), name="reminders", daemon=True)
    thread.start()
    return thread
