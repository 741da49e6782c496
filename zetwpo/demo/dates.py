"""On which days the meetings of the demo are: one group always in the middle, one always over.

Without a database or a clock; days are those on a wall in the Netherlands.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from zetwpo.cycle.meetings.schedule import SATURDAY, IsFree, planned_days
from zetwpo.cycle.trajectories.rules import USUAL_COUNT, USUAL_RHYTHM

# How many meetings of the group in the middle have been.
BEEN = 3
# Days since the last of these, and until the next one: long enough to have written something, and
# to prepare something. In the first week after a break there may only be nearer ones.
APART = (3, 2, 1)
# From the last meeting of the one group to the first of the other: a rescan lies between.
BETWEEN = timedelta(weeks=5)
# Days to look back for a day at school: more than a summer.
FURTHEST = 90


class NoDays(Exception):
    """There are no such days, whatever the breaks are: the demo cannot be laid out."""


def days_in_the_middle(today: date, is_free: IsFree) -> list[date]:
    """The days of six meetings of which three have been: the third as short ago as it can be.

    Raises NoDays.
    """
    for apart in map(timedelta, APART):
        for last in _school_days(today - apart, is_free):
            ahead = planned_days(last, USUAL_COUNT - BEEN + 1, USUAL_RHYTHM, is_free)
            if ahead[1] >= today + apart:
                return [*_days_until(last, BEEN, is_free), *ahead[1:]]
    raise NoDays


def days_before(first: date, is_free: IsFree) -> list[date]:
    """The days of six meetings that were over in time for a group that began on this day.

    Raises NoDays.
    """
    last = next(_school_days(first - BETWEEN, is_free), None)
    if last is None:
        raise NoDays
    return _days_until(last, USUAL_COUNT, is_free)


def _days_until(last: date, count: int, is_free: IsFree) -> list[date]:
    """The days of this many meetings of which this is the last: as the planner finds them.

    It plans ahead, so it is asked about a calendar that runs the other way.
    """
    planned = planned_days(last, count, USUAL_RHYTHM, lambda day: is_free(_mirrored(day, last)))
    return [_mirrored(day, last) for day in reversed(planned)]


def _mirrored(day: date, middle: date) -> date:
    return middle - (day - middle)


def _school_days(latest: date, is_free: IsFree) -> Iterator[date]:
    """The days at school up to this one, the latest first."""
    days = (latest - timedelta(days=number) for number in range(FURTHEST))
    return (day for day in days if day.weekday() < SATURDAY and is_free(day))
