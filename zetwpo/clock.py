"""The only place that asks the time. Moments are stored in UTC; days are Dutch days."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    """This moment, in UTC."""
    return _pretended.get() or datetime.now(UTC)


@contextmanager
def as_if(moment: datetime) -> Iterator[None]:
    """Pretend that it is this moment, for the length of the block: to lay out demo data."""
    token = _pretended.set(moment)
    try:
        yield
    finally:
        _pretended.reset(token)


def today() -> date:
    """The date on the wall in the Netherlands."""
    return dutch(now()).date()


def dutch(moment: datetime) -> datetime:
    """The same moment as a clock in the Netherlands shows it."""
    return moment.astimezone(AMSTERDAM)


def school_year(day: date) -> tuple[date, date]:
    """The first and the last day of its school year, by Dutch law: 1 August to 31 July."""
    year = day.year if day.month >= 8 else day.year - 1
    return date(year, 8, 1), date(year + 1, 7, 31)


def start_of(day: date) -> datetime:
    """The moment, in UTC, at which this day begins in the Netherlands."""
    return datetime.combine(day, time.min, AMSTERDAM).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The last moment, in UTC, of this day in the Netherlands: as a day it is still that day."""
    return start_of(day + timedelta(days=1)) - timedelta.resolution


class ClockChanges(ValueError):
    """The clock is put forward or back at this very time of this day.

    `comes_twice` tells which: there are two such moments, or there is none.
    """

    def __init__(self, *, comes_twice: bool) -> None:
        super().__init__("such a moment comes twice" if comes_twice else "there is no such moment")
        self.comes_twice = comes_twice


def moment_on(day: date, at: time) -> datetime:
    """The moment, in UTC, at which a clock in the Netherlands shows this on this day.

    Raises ClockChanges where that is no one moment: nobody can mean it.
    """
    first, second = (datetime.combine(day, at.replace(fold=fold), AMSTERDAM) for fold in (0, 1))
    before, after = first.utcoffset(), second.utcoffset()
    if before != after:
        # Put back, the clock is further from UTC before than after.
        raise ClockChanges(comes_twice=bool(before and after and before > after))
    return first.astimezone(UTC)


def iso(moment: datetime | None) -> str | None:
    """The moment as another program reads it, for example '2027-03-03T13:03:00+00:00'."""
    return moment.isoformat() if moment else None
