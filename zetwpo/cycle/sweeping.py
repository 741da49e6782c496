"""Looks now and then for mails that are due by themselves, in the process that sends the mails.

Each sweep finds out anew what is due, from how things are at that moment: whatever moved, was added
or dropped needs no thought elsewhere. It commits by itself, and is safe at any moment, any number
of times, also in two processes at once.
"""

import logging
import threading
from collections.abc import Callable

from flask import Flask

from zetwpo.cycle.halfway import sweeping as halfway
from zetwpo.cycle.rescan import service as rescan
from zetwpo.extensions import db

log = logging.getLogger(__name__)

# By the clock on the wall: a machine may sleep for the night.
PAUSE_SECONDS = 30
SWEEPS: tuple[Callable[[], int], ...] = (halfway.sweep, rescan.sweep)


def sweep_all() -> None:
    """Run each of them; where one is interrupted, the others have their turn."""
    for sweep in SWEEPS:
        try:
            sweep()
        except Exception as error:
            # The database, mostly. The next time gets its chance, and nothing is lost.
            db.session.rollback()
            log.error("looking for due mails was interrupted: %s", type(error).__name__)


def run(app: Flask, stop: threading.Event) -> None:
    """Look every half a minute, until told to stop."""
    while not stop.is_set():
        with app.app_context():
            sweep_all()
        stop.wait(PAUSE_SECONDS)


def start_thread(app: Flask, stop: threading.Event) -> threading.Thread:
    """Sweep from a thread of this process, which ends soon after the event is set."""
    thread = threading.Thread(target=run, args=(app, stop), name="sweeping", daemon=True)
    thread.start()
    return thread
