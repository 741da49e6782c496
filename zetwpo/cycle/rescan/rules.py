"""When somebody is asked to fill in the scan again, and which two scans show how they grew.

Without a database or a clock.
"""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Protocol, TypeVar

# Enough to find ten minutes, and near enough to bring what they show to the last meeting.
BEFORE_LAST = timedelta(weeks=3)
# In fewer weeks from the first meeting to the last one nobody grows so that a scan shows it.
LEAST_LENGTH = timedelta(weeks=8)
# Whoever had no time before the last meeting still does it for this trajectory until then.
AFTERWARDS = timedelta(weeks=13)
# A mean is shown with one decimal: what reads the same is the same.
SHOWN = 1


class Scan(Protocol):
    """A scan, begun and perhaps handed in."""

    @property
    def started_at(self) -> datetime:
        """When it was begun."""
        ...

    @property
    def submitted_at(self) -> datetime | None:
        """When it was handed in; None where it was not."""
        ...


Some = TypeVar("Some", bound=Scan)


@dataclass(frozen=True)
class Span:
    """From the first meeting of a trajectory to the last one, as they are planned now."""

    first: datetime
    last: datetime

    @property
    def middle(self) -> datetime:
        """A scan from here on is one at the end, and a scan before it one at the beginning."""
        return self.first + (self.last - self.first) / 2

    @property
    def asks_from(self) -> datetime | None:
        """From when on people are asked to fill in the scan again; None where it is too short."""
        return self.last - BEFORE_LAST if self.last - self.first >= LEAST_LENGTH else None

    def asks_at(self, moment: datetime) -> bool:
        """True from then on, until the last meeting begins."""
        return self.asks_from is not None and self.asks_from <= moment < self.last


def span_of(starts: Iterable[datetime]) -> Span | None:
    """From the first of these moments to the last; None where there are none."""
    found = sorted(starts)
    return Span(found[0], found[-1]) if found else None


def is_needed(scans: Iterable[Scan], span: Span) -> bool:
    """True for who handed in a scan at the beginning, and began none at the end."""
    there = list(scans)
    before = any(each.submitted_at and each.submitted_at < span.middle for each in there)
    again = any(
        each.started_at >= span.middle or (each.submitted_at and each.submitted_at >= span.middle)
        for each in there
    )
    return before and not again


def then_and_now(scans: Sequence[Some], span: Span) -> tuple[Some | None, Some | None]:
    """The last scan handed in at the beginning, and the last one at the end; None for none."""
    handed_in = [(each.submitted_at, each) for each in scans if each.submitted_at]
    then = [each for each in handed_in if each[0] < span.middle]
    now = [each for each in handed_in if span.middle <= each[0] < span.last + AFTERWARDS]
    return _last(then), _last(now)


def _last(found: Sequence[tuple[datetime, Some]]) -> Some | None:
    return max(found, key=itemgetter(0))[1] if found else None


class Move(enum.StrEnum):
    """How a figure stands beside the one before: none of them is better than another."""

    HIGHER = "higher"
    LOWER = "lower"
    SAME = "same"
    # There is none on one of the two sides.
    UNKNOWN = "unknown"


def move(then: float | None, now: float | None) -> Move:
    """How this figure stands beside the one before it, as both of them are shown."""
    if then is None or now is None:
        return Move.UNKNOWN
    before, after = round(then, SHOWN), round(now, SHOWN)
    if before == after:
        return Move.SAME
    return Move.HIGHER if after > before else Move.LOWER
