"""When the reminder halfway goes, without a database or a clock."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Protocol, TypeVar

from zetwpo.clock import AMSTERDAM, dutch

LONGEST_TEXT = 600
# What can be changed of it, in the order of the page.
NAMES = ("is_on", "text")

# The first moment from this one on at which a mail about a trajectory may come.
ToSchool = Callable[[datetime], datetime]


class Beginning(Protocol):
    """Something that begins."""

    @property
    def starts_at(self) -> datetime:
        """From when on it goes on."""
        ...


Some = TypeVar("Some", bound=Beginning)


def halfway(begins: datetime, next_begins: datetime) -> datetime:
    """The moment, in UTC and to the minute, halfway between two by the clock on the wall.

    Where the clock changes between them, the halves differ by half an hour on a stopwatch.
    """
    first, last = (dutch(each).replace(tzinfo=None) for each in (begins, next_begins))
    middle = (first + (last - first) / 2).replace(second=0, microsecond=0)
    return middle.replace(tzinfo=AMSTERDAM).astimezone(UTC)


def leaves_at(
    begins: datetime, next_begins: datetime, now: datetime, to_school: ToSchool
) -> datetime | None:
    """When a reminder that did not go yet goes: now at the earliest, where its time is past.

    None where that is after the next meeting began: then nobody is helped by it.
    """
    leaves = to_school(max(halfway(begins, next_begins), now))
    return leaves if leaves < next_begins else None


def gaps_ahead(meetings: Sequence[Some], now: datetime) -> Iterator[tuple[Some, Some]]:
    """Each two meetings that follow each other, of which the second has not begun."""
    return ((one, other) for one, other in pairwise(meetings) if now < other.starts_at)
