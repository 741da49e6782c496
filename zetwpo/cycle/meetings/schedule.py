"""On which days meetings fall, and what is odd about a plan: without a database or a clock.

Days and times are those on a wall in the Netherlands; moments are in UTC.
"""

import enum
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from dateutil.relativedelta import relativedelta

from zetwpo.clock import dutch, moment_on
from zetwpo.cycle.meetings.rules import end_of

# Longer than any break lasts. Where not one week of these is free, somebody has to look.
FURTHEST_WEEKS = 26
# The same day of the next month: five weeks are more than that, whatever the month.
MONTH = relativedelta(months=1)
# In which schools can let people go, and in which our mails leave too.
SCHOOL_BEGINS, SCHOOL_ENDS = time(8), time(18)
SATURDAY = 5
DAY = timedelta(days=1)
# So far ahead nobody plans; a year that was typed wrong is further.
FURTHEST_AHEAD = timedelta(days=2 * 366)

IsFree = Callable[[date], bool]
# The name of the holiday that this day is; empty where it is none.
HolidayOn = Callable[[date], str]


class Break(Protocol):
    """Days on which schools are closed, both included."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def first_day(self) -> date:
        """The first day of it."""
        ...

    @property
    def last_day(self) -> date:
        """The last day of it."""
        ...


# -------------------------------------------------------------------------- on which days they fall


def planned_days(first: date, count: int, rhythm_weeks: int, is_free: IsFree) -> list[date]:
    """The days of this many meetings (0 and up), so many weeks apart (1 and up), in order.

    All on the same day of the week. One that is not free moves to the nearest that is; of two that
    are equally near to the earlier, as the other is more than a month away. The next ones count
    from there. It never comes nearer to the one before than half of the rhythm, and the first one
    never before the day that was chosen. Where half a year has no free day, it stays where it
    would be. Raises OverflowError after the last day that there is.
    """
    days: list[date] = []
    for _meeting in range(count):
        if not days:
            days.append(_nearest(first, first, is_free))
            continue
        half = timedelta(weeks=(rhythm_weeks + 1) // 2)
        days.append(_nearest(days[-1] + timedelta(weeks=rhythm_weeks), days[-1] + half, is_free))
    return days


def _nearest(wanted: date, earliest: date, is_free: IsFree) -> date:
    back = (wanted - earliest).days // 7
    shifts = sorted(range(-back, FURTHEST_WEEKS + 1), key=lambda weeks: (abs(weeks), weeks))
    near = (wanted + timedelta(weeks=weeks) for weeks in shifts)
    return next((day for day in near if is_free(day)), wanted)


def is_free(day: date, breaks: Sequence[Break], holiday_on: HolidayOn) -> bool:
    """True where schools are open on this day of the week, as far as anybody knows."""
    return not holiday_on(day) and break_on(day, breaks) is None


def is_school_day(day: date, breaks: Sequence[Break], holiday_on: HolidayOn) -> bool:
    """True where people are at school."""
    return day.weekday() < SATURDAY and is_free(day, breaks, holiday_on)


def next_school_time(wanted: datetime, is_school: IsFree) -> datetime:
    """The first moment from this one on in school time, on a day on which people are at school.

    The moment itself where half a year has no such day.
    """
    local = dutch(wanted)
    if is_school(local.date()) and SCHOOL_BEGINS <= local.time() < SCHOOL_ENDS:
        return wanted
    first = local.date() + (DAY if local.time() >= SCHOOL_BEGINS else timedelta(0))
    days = (first + number * DAY for number in range(7 * FURTHEST_WEEKS))
    return next((moment_on(day, SCHOOL_BEGINS) for day in days if is_school(day)), wanted)


def break_on(day: date, breaks: Sequence[Break]) -> Break | None:
    """The break that this day is part of, the first one where there are more."""
    return next((each for each in breaks if each.first_day <= day <= each.last_day), None)


# --------------------------------------------------------------------------- what is odd about them


class Odd(enum.Enum):
    """What somebody who plans looks at once more. It forbids nothing."""

    APART = "more than a month after the one before"
    HOLIDAY = "on a holiday"
    BREAK = "in a school break"
    WEEKEND = "at the weekend"
    EARLY = "before school begins"
    LATE = "after school ends"


@dataclass(frozen=True)
class Oddity:
    """Something odd about one meeting."""

    what: Odd
    # Of the holiday or the break.
    name: str = ""
    # Days since the meeting before.
    days: int = 0


@dataclass(frozen=True)
class Slot:
    """When a meeting is."""

    starts_at: datetime
    minutes: int

    @property
    def ends_at(self) -> datetime:
        """The moment at which it is over."""
        return end_of(self.starts_at, self.minutes)

    @property
    def day(self) -> date:
        """The day of it."""
        return dutch(self.starts_at).date()


def oddities(
    plan: Sequence[Slot], breaks: Sequence[Break], holiday_on: HolidayOn, now: datetime
) -> list[tuple[Oddity, ...]]:
    """What is odd about each of these meetings, which are in order. Nothing about what is over."""
    before: list[Slot | None] = [None, *plan]
    return [
        (*_apart(slot, last), *_closed(slot.day, breaks, holiday_on), *_hours(slot))
        if slot.ends_at > now
        else ()
        for slot, last in zip(plan, before, strict=False)
    ]


def _apart(slot: Slot, before: Slot | None) -> Iterator[Oddity]:
    if before and slot.day > before.day + MONTH:
        yield Oddity(Odd.APART, days=(slot.day - before.day).days)


def _closed(day: date, breaks: Sequence[Break], holiday_on: HolidayOn) -> Iterator[Oddity]:
    if name := holiday_on(day):
        yield Oddity(Odd.HOLIDAY, name)
    if found := break_on(day, breaks):
        yield Oddity(Odd.BREAK, found.name)


def _hours(slot: Slot) -> Iterator[Oddity]:
    begins, ends = dutch(slot.starts_at), dutch(slot.ends_at)
    if begins.weekday() >= SATURDAY:
        yield Oddity(Odd.WEEKEND)
    if begins.time() < SCHOOL_BEGINS:
        yield Oddity(Odd.EARLY)
    if ends.time() > SCHOOL_ENDS or ends.date() > begins.date():
        yield Oddity(Odd.LATE)


# ------------------------------------------------------------------------------- what is no plan


class Trouble(enum.Enum):
    """Why a meeting cannot be at this moment."""

    PAST = "in the past"
    TOO_FAR = "too far ahead"
    SAME_DAY_AS_BEFORE = "on the day of the meeting before"
    SAME_DAY_AS_AFTER = "on the day of the meeting after"
    NOT_AFTER = "earlier than the meeting before"
    NOT_BEFORE = "later than the meeting after"


def trouble_with(
    slot: Slot, before: Slot | None, after: Slot | None, now: datetime
) -> Trouble | None:
    """Why a meeting between these two cannot be then; None where it can.

    Each has a day of its own, in their order: what people take home from one meeting they bring
    along to the next.
    """
    if slot.starts_at <= now:
        return Trouble.PAST
    if slot.starts_at - now > FURTHEST_AHEAD:
        return Trouble.TOO_FAR
    if before and slot.day <= before.day:
        return Trouble.SAME_DAY_AS_BEFORE if slot.day == before.day else Trouble.NOT_AFTER
    if after and slot.day >= after.day:
        return Trouble.SAME_DAY_AS_AFTER if slot.day == after.day else Trouble.NOT_BEFORE
    return None
