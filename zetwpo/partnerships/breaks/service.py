"""What somebody who plans does with school breaks."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from zetwpo import audit
from zetwpo.database.statements import change_row, insert_once, one_at_a_time
from zetwpo.extensions import db
from zetwpo.partnerships.breaks import rules
from zetwpo.partnerships.breaks.models import SchoolBreak
from zetwpo.partnerships.breaks.queries import BreakCard, breaks_of
from zetwpo.partnerships.breaks.rules import MOST_BREAKS, Event, Standing, standing


class TooMany(Exception):
    """There are as many breaks as anybody plans around."""


class ThereAlready(Exception):
    """Another break has these words and days."""


@dataclass(frozen=True)
class Taken:
    """How many events of a calendar became breaks, or changed one."""

    added: int
    changed: int


def all_breaks(partnership_id: uuid.UUID) -> list[BreakCard]:
    """All breaks of this partnership, the first one first."""
    return breaks_of(partnership_id, date.min, date.max)


def add(partnership_id: uuid.UUID, event: Event, actor_id: uuid.UUID) -> bool:
    """Write down a break; False where it is there already. Raises TooMany."""
    _hold(partnership_id)
    there_are = all_breaks(partnership_id)
    if standing(event, [each.event for each in there_are])[0] is Standing.THERE:
        return False
    if len(there_are) >= MOST_BREAKS:
        raise TooMany
    _insert(partnership_id, event)
    audit.record("school break added", actor_id=actor_id, object_id=partnership_id)
    return True


def change(found: BreakCard, event: Event, actor_id: uuid.UUID) -> None:
    """Give a break other words or days. Raises ThereAlready."""
    _hold(found.partnership_id)
    others = [each.event for each in all_breaks(found.partnership_id) if each.id != found.id]
    if standing(event, others)[0] is Standing.THERE:
        raise ThereAlready
    _update(found.id, event)
    audit.record("school break changed", actor_id=actor_id, object_id=found.partnership_id)


def delete(found: BreakCard, actor_id: uuid.UUID) -> None:
    """Plan around it no more."""
    db.session.execute(sa.delete(SchoolBreak).where(SchoolBreak.id == found.id))
    audit.record("school break deleted", actor_id=actor_id, object_id=found.partnership_id)


def take_over(partnership_id: uuid.UUID, events: Sequence[Event], actor_id: uuid.UUID) -> Taken:
    """Write down these events of a calendar, or change what was taken from it before.

    The same once more changes nothing. Raises TooMany, and then nothing is stored.
    """
    _hold(partnership_id)
    stored = {each.id: each.event for each in all_breaks(partnership_id)}
    plan = rules.take_over(stored, events)
    if len(stored) + len(plan.new) > MOST_BREAKS:
        raise TooMany
    for break_id, event in plan.changed.items():
        _update(break_id, event)
    new = sum(_insert(partnership_id, event) for event in plan.new)
    if new or plan.changed:
        audit.record("school breaks imported", actor_id=actor_id, object_id=partnership_id)
    return Taken(new, len(plan.changed))


def _hold(partnership_id: uuid.UUID) -> None:
    """Let others who change the breaks of this partnership wait until the commit."""
    one_at_a_time(db.session.connection(), f"school breaks {partnership_id}")


def _insert(partnership_id: uuid.UUID, event: Event) -> bool:
    values = {
        "partnership_id": partnership_id,
        "name": event.name,
        "first_day": event.first_day,
        "last_day": event.last_day,
        "source": event.source or None,
    }
    return insert_once(db.session(), SchoolBreak, values)


def _update(break_id: uuid.UUID, event: Event) -> None:
    changed = {"name": event.name, "first_day": event.first_day, "last_day": event.last_day}
    change_row(db.session(), SchoolBreak, break_id, changed)
