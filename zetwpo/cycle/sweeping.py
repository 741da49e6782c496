"""Looks now and then for mails that are due by themselves, in the process that sends the mails.

Each sweep finds out anew what is due, from how things are at that moment: whatever moved, was added
or dropped needs no thought elsewhere. It commits by itself, and is safe at any moment, any number
of times, also in two processes at once: what is not committed when one dies is found by the next.
"""

import logging
import threading
import uuid
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import islice

from flask import Flask

from zetwpo.cycle.halfway import service as halfway
from zetwpo.cycle.halfway.queries import due_gaps
from zetwpo.cycle.rescan import service as rescan
from zetwpo.cycle.rescan.queries import due_trajectories
from zetwpo.database.turns import reading
from zetwpo.extensions import db

log = logging.getLogger(__name__)

# By the clock on the wall: a machine may sleep for the night.
PAUSE_SECONDS = 30


@dataclass(frozen=True)
class Sweep:
    """One kind of mail that is due by itself."""

    # For which it is due, by their keys.
    due: Callable[[], Iterable[uuid.UUID]]
    # Puts the mails for these in the outbox, as far as they are still due; returns how many.
    queue: Callable[[Collection[uuid.UUID]], int]
    # Keys in one commit: whoever saves something meanwhile waits for these at most.
    batch: int

    def run(self) -> int:
        """Queue all that is due; returns how many mails that are. Commits after each batch."""
        # A look for which no writer has to wait.
        with reading():
            due = iter(list(self.due()))
            db.session.rollback()
        count = 0
        while batch := list(islice(due, self.batch)):
            count += self.queue(batch)
            db.session.commit()
        return count


HALFWAY = Sweep(lambda: (each.id for each in due_gaps()), halfway.queue, batch=20)
RESCAN = Sweep(due_trajectories, lambda keys: sum(map(rescan.call, keys)), batch=1)
SWEEPS: tuple[Sweep, ...] = (HALFWAY, RESCAN)


def sweep_all() -> None:
    """Run each of them; where one is interrupted, the others have their turn."""
    for sweep in SWEEPS:
        try:
            sweep.run()
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
