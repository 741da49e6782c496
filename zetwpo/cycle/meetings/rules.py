"""What a meeting is, without a database or a clock."""

import enum
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

LONGEST_PLACE = 120


class Lasting(Protocol):
    """Something that begins and ends."""

    @property
    def starts_at(self) -> datetime:
        """From when on it goes on."""
        ...

    @property
    def ends_at(self) -> datetime:
        """From when on it is over."""
        ...


class Standing(enum.StrEnum):
    """Where a meeting is, for whoever is in it."""

    PLANNED = "planned"
    NOW = "now"
    BEEN = "been"


class NextStep(enum.StrEnum):
    """What the group works on after this meeting; the words of a question stand elsewhere."""

    UNDECIDED = "undecided"
    DEEPEN = "deepen"
    FOLLOW_UP = "follow_up"
    NEW_SAME_AREA = "new_same_area"
    NEW_OTHER_AREA = "new_other_area"

    @property
    def asks_question(self) -> bool:
        """True where the group has another question to word."""
        return self not in {NextStep.UNDECIDED, NextStep.DEEPEN}

    @property
    def is_new(self) -> bool:
        """True where the question does not come from the one before it."""
        return self in {NextStep.NEW_SAME_AREA, NextStep.NEW_OTHER_AREA}

    @property
    def keeps_area(self) -> bool:
        """True where the question stays in the competence area of the one before it."""
        return self is not NextStep.NEW_OTHER_AREA


Some = TypeVar("Some", bound=Lasting)


def standing(meeting: Lasting, now: datetime) -> Standing:
    """Whether it is still to come, goes on, or is over."""
    if now < meeting.starts_at:
        return Standing.PLANNED
    return Standing.NOW if now < meeting.ends_at else Standing.BEEN


def next_of(meetings: Iterable[Some], now: datetime) -> Some | None:
    """The one that goes on or comes next; None where all are over."""
    ahead = [each for each in meetings if now < each.ends_at]
    return min(ahead, key=lambda each: each.starts_at, default=None)


def last_of(meetings: Iterable[Some], now: datetime) -> Some | None:
    """The one that ended last; None where none did."""
    over = [each for each in meetings if each.ends_at <= now]
    return max(over, key=lambda each: each.starts_at, default=None)


def latest_of(meetings: Iterable[Some], now: datetime) -> Some | None:
    """The one that began last, over or not; None where none did."""
    begun = [each for each in meetings if each.starts_at <= now]
    return max(begun, key=lambda each: each.starts_at, default=None)


def end_of(starts_at: datetime, minutes: int) -> datetime:
    """When a meeting of so many minutes is over: they pass as on a stopwatch."""
    return starts_at + timedelta(minutes=minutes)
