"""Puts reminders halfway in the outbox when they are due."""

from itertools import islice

from zetwpo.cycle.halfway.queries import due_gaps
from zetwpo.cycle.halfway.service import queue
from zetwpo.database.turns import reading
from zetwpo.extensions import db

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
