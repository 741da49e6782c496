"""Reading what is taken along."""

import uuid
from datetime import datetime

import sqlalchemy as sa

from zetwpo.extensions import read
from zetwpo.scan.subjects.models import TakenItem
from zetwpo.scan.subjects.rules import Item

_TAKEN = (
    sa.select(TakenItem.kind, TakenItem.key, TakenItem.source, TakenItem.taken_at)
    .where(TakenItem.scan_id == sa.bindparam("scan_id"))
    .order_by(TakenItem.taken_at, TakenItem.kind, TakenItem.key, TakenItem.source)
)


def taken_items(scan_id: uuid.UUID) -> tuple[Item, ...]:
    """What is taken along from the result of this scan, in the order of taking."""
    return tuple(item for item, _moment in taken_with_moments(scan_id))


def taken_with_moments(scan_id: uuid.UUID) -> list[tuple[Item, datetime]]:
    """The same, each with when it was taken."""
    rows = read(_TAKEN, scan_id=scan_id)
    return [(Item(kind, key, source), taken_at) for kind, key, source, taken_at in rows]
