"""Taking something along from a result, and taking it out again."""

import uuid

import sqlalchemy as sa

from zetwpo.clock import now
from zetwpo.extensions import db
from zetwpo.scan.subjects.models import TakenItem
from zetwpo.scan.subjects.queries import taken_items
from zetwpo.scan.subjects.rules import MOST_TAKEN, Item


class TooManyTaken(Exception):
    """There is no room for more."""


def take(scan_id: uuid.UUID, item: Item) -> None:
    """Take this along; doing it twice changes nothing. Raises TooManyTaken.

    Whoever calls holds the scan, so that nobody else takes something at the same moment.
    """
    taken = taken_items(scan_id)
    if item in taken:
        return
    if len(taken) >= MOST_TAKEN:
        raise TooManyTaken
    db.session.add(TakenItem(scan_id=scan_id, **item._asdict(), taken_at=now()))
    db.session.flush()


def take_out(scan_id: uuid.UUID, item: Item) -> None:
    """No longer take this along; doing it twice changes nothing."""
    if item not in taken_items(scan_id):
        # Also where it cannot be: nothing of it reaches the database.
        return
    db.session.execute(
        sa.delete(TakenItem).where(
            TakenItem.scan_id == scan_id,
            TakenItem.kind == item.kind,
            TakenItem.key == item.key,
            TakenItem.source == item.source,
        )
    )
