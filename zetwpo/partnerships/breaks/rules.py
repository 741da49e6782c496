"""What a school break is, without a database or a clock."""

import enum
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypeVar

# A summer is six weeks; a year that was typed wrong makes more.
LONGEST_BREAK = timedelta(days=100)
# So far ahead nobody knows them.
FURTHEST = timedelta(days=5 * 366)
# One that is over can be written down for as long as somebody looks back at it.
OLDEST = timedelta(days=366)
# Five years of ten breaks, for two calendars that differ.
MOST_BREAKS = 100
# What schools call it, in a calendar that holds a great deal more.
CALLED = ("vakantie", "reces", "holiday", "break", "kerst", "zomer", "lesvrij", "vrij")


class Days(Protocol):
    """Something that lasts from a first day to a last one, both included."""

    @property
    def first_day(self) -> date:
        """The first day of it."""
        ...

    @property
    def last_day(self) -> date:
        """The last day of it."""
        ...


Lasting = TypeVar("Lasting", bound=Days)


class Trouble(enum.Enum):
    """Why these days are no break."""

    ENDS_BEFORE = "ends before it begins"
    TOO_LONG = "too long"
    TOO_FAR = "too far ahead"
    TOO_OLD = "too long ago"


class Standing(enum.Enum):
    """What taking over an event from a calendar does."""

    NEW = "new"
    # The same words and days, from this calendar or typed in.
    THERE = "there"
    # It was taken over before, and says something else now.
    CHANGED = "changed"


@dataclass(frozen=True)
class Event:
    """What lasts some days in a calendar; `source` is what it is known by there, if anything."""

    name: str
    first_day: date
    last_day: date
    source: str = ""


@dataclass(frozen=True)
class Plan:
    """What becomes of the breaks of a partnership: new ones, and others in words or days."""

    new: tuple[Event, ...]
    # In this order, by the keys of what is stored.
    changed: Mapping[uuid.UUID, Event]


def trouble_with(first_day: date, last_day: date, today: date) -> Trouble | None:
    """Why these days are no break that anybody plans around; None where they are one."""
    if last_day < first_day:
        return Trouble.ENDS_BEFORE
    if last_day - first_day >= LONGEST_BREAK:
        return Trouble.TOO_LONG
    if last_day - today > FURTHEST:
        return Trouble.TOO_FAR
    return Trouble.TOO_OLD if today - last_day > OLDEST else None


def overlapping(one: Days, others: Iterable[Lasting]) -> list[Lasting]:
    """Those of the others with which it shares a day."""
    return [
        each for each in others if each.first_day <= one.last_day and one.first_day <= each.last_day
    ]


def standing(event: Event, there_are: Sequence[Event]) -> tuple[Standing, Event | None]:
    """What taking this over does to what there is, and to which of it."""
    for each in there_are:
        if event.source and each.source == event.source:
            is_same = _words(each) == _words(event)
            return (Standing.THERE if is_same else Standing.CHANGED), each
    same = next((each for each in there_are if _words(each) == _words(event)), None)
    return (Standing.THERE, same) if same else (Standing.NEW, None)


def take_over(stored: Mapping[uuid.UUID, Event], events: Sequence[Event]) -> Plan:
    """What taking these over does to the breaks that are stored, by their keys.

    What is there already stays as it is, and no two get the same words and days.
    """
    now = dict(stored)
    new: dict[uuid.UUID, Event] = {}
    changed: dict[uuid.UUID, Event] = {}
    # Twice: one may get the days that another one only leaves after it.
    for event in (*events, *events):
        what, known = standing(event, list(now.values()))
        if what is Standing.NEW:
            key = uuid.uuid4()
            now[key] = new[key] = event
        elif what is Standing.CHANGED and _is_free(event, now.values()):
            key = next(key for key, each in now.items() if each is known)
            (changed if key in stored else new)[key] = now[key] = event
    return Plan(tuple(new.values()), changed)


def _is_free(event: Event, there_are: Iterable[Event]) -> bool:
    return all(_words(each) != _words(event) for each in there_are)


def looks_like_break(name: str) -> bool:
    """True where its name says that nobody is at school."""
    return any(word in name.casefold() for word in CALLED)


def _words(event: Event) -> tuple[str, date, date]:
    return event.name, event.first_day, event.last_day
