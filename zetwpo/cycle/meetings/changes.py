"""What changed of a plan since people were told of it: without a database or a clock.

A mail that waits holds, by meeting, what its addressee was told before. So what it says is found
out when it leaves, from that and from how things are by then: three moves are one move, and what
was moved back did not change.
"""

import enum
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Protocol

from zetwpo.cycle.meetings.schedule import Slot


class Planned(Protocol):
    """A meeting as it stands in the plan."""

    @property
    def id(self) -> uuid.UUID:
        """Its key."""
        ...

    @property
    def number(self) -> int:
        """Its place in the plan, from 1 up."""
        ...

    @property
    def starts_at(self) -> datetime:
        """From when on it goes on."""
        ...

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        ...

    @property
    def place(self) -> str:
        """Where it is; empty where nobody said so."""
        ...

    @property
    def sequence(self) -> int:
        """How often it changed."""
        ...


@dataclass(frozen=True)
class Told:
    """What somebody was told of a meeting; `is_known` is false where they never heard of it."""

    number: int
    starts_at: datetime
    minutes: int
    place: str
    # The last one before this change, also where that was told to nobody.
    sequence: int
    is_known: bool = True

    @property
    def slot(self) -> Slot:
        """When it was said to be."""
        return Slot(self.starts_at, self.minutes)


class What(enum.StrEnum):
    """What happened to a meeting."""

    MOVED = "moved"
    ELSEWHERE = "elsewhere"
    ADDED = "added"
    CANCELLED = "cancelled"
    # Another one before it was added or cancelled: a calendar has to hear of it, people need not.
    RENUMBERED = "renumbered"


@dataclass(frozen=True)
class Change:
    """What somebody does not know yet of a meeting."""

    what: What
    meeting_id: uuid.UUID
    # As it was told, and as it is; where it is cancelled, the same.
    before: Told
    after: Told


Values = Mapping[str, str]


def told_of(meeting: Planned, *, is_known: bool = True) -> Told:
    """What whoever knows of this meeting knows of it."""
    return Told(
        meeting.number,
        meeting.starts_at,
        meeting.minutes,
        meeting.place,
        meeting.sequence,
        is_known,
    )


def packed(told: Mapping[uuid.UUID, Told]) -> dict[str, str]:
    """This as a mail that waits holds it."""
    return {
        str(key): json.dumps(asdict(each) | {"starts_at": each.starts_at.isoformat()})
        for key, each in told.items()
    }


def unpacked(values: Values) -> dict[uuid.UUID, Told]:
    """What a mail that waits holds."""
    found = {uuid.UUID(key): json.loads(value) for key, value in values.items()}
    return {
        key: Told(**each | {"starts_at": datetime.fromisoformat(each["starts_at"])})
        for key, each in found.items()
    }


def together(
    waits: Mapping[uuid.UUID, Told], new: Mapping[uuid.UUID, Told]
) -> dict[uuid.UUID, Told]:
    """What was told before the first of these changes, for one mail about all of them."""
    first = {
        key: replace(each, sequence=max(each.sequence, new[key].sequence)) if key in new else each
        for key, each in waits.items()
    }
    return {**new, **first}


def changes(told: Mapping[uuid.UUID, Told], plan: Iterable[Planned], now: datetime) -> list[Change]:
    """What whoever was told this does not know yet of what lies ahead, in the order of the days."""
    there = {each.id: told_of(each) for each in plan}
    found = [
        Change(what, key, before, there.get(key, before))
        for key, before in told.items()
        if (what := _what(before, there.get(key)))
    ]
    ahead = [each for each in found if max(each.before.slot.ends_at, each.after.slot.ends_at) > now]
    return sorted(ahead, key=lambda each: (each.after.starts_at, each.meeting_id))


def _what(before: Told, after: Told | None) -> What | None:
    if not before.is_known:
        return What.ADDED if after else None
    if after is None:
        return What.CANCELLED
    if before.slot != after.slot:
        return What.MOVED
    if before.place != after.place:
        return What.ELSEWHERE
    return What.RENUMBERED if before.number != after.number else None
