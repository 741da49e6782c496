"""When the reminder halfway between two meetings goes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.clock import dutch, moment_on
from zetwpo.cycle.halfway.rules import gaps_ahead, halfway, leaves_at
from zetwpo.cycle.meetings.schedule import is_school_day, next_school_time
from zetwpo.partnerships.breaks.rules import Event

DAY = timedelta(days=1)
CHRISTMAS = Event("Christmas break", date(2026, 12, 19), date(2027, 1, 3))
TO_SCHOOL = partial(
    next_school_time,
    is_school=partial(is_school_day, breaks=[CHRISTMAS], holiday_on=lambda _day: ""),
)
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
BEGINNINGS = st.integers(0, 3 * 365 * 24 * 60).map(lambda past: NOON + timedelta(minutes=past))
LENGTHS = st.timedeltas(timedelta(minutes=2), timedelta(days=120))


@dataclass(frozen=True)
class Beginning:
    """A meeting, as far as these rules know it."""

    starts_at: datetime


def at(day: date, hour: int = 15, minute: int = 0) -> datetime:
    return moment_on(day, time(hour, minute))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (date(2027, 1, 13), date(2027, 2, 10)),
        # The clock is put forward in the night of 28 March 2027, and back in that of 31 October.
        (date(2027, 3, 17), date(2027, 4, 14)),
        (date(2027, 3, 24), date(2027, 4, 21)),
        (date(2027, 10, 13), date(2027, 11, 10)),
        (date(2027, 10, 27), date(2027, 11, 24)),
    ],
    ids=["winter", "forward before", "forward after", "back after", "back before"],
)
def test_halfway_is_so_by_the_clock_on_the_wall_also_where_it_changes(
    first: date, second: date
) -> None:
    middle = dutch(halfway(at(first), at(second)))
    assert middle.date() == first + 14 * DAY
    assert middle.time() == time(15)


def test_in_the_night_of_a_change_it_is_a_moment_that_exists() -> None:
    forward, back = date(2027, 3, 28), date(2027, 10, 31)
    for day in (forward, back):
        middle = halfway(at(day - 7 * DAY, 2, 30), at(day + 7 * DAY, 2, 30))
        assert dutch(middle).date() == day
        assert dutch(TO_SCHOOL(middle)) == dutch(at(day + DAY, 8))


@given(BEGINNINGS, LENGTHS)
def test_halfway_lies_between_them_and_both_halves_are_equally_long(
    begins: datetime, length: timedelta
) -> None:
    middle = halfway(begins, begins + length)
    # An hour by which a clock changes, and the seconds that it leaves out.
    assert abs((middle - begins) - length / 2) <= timedelta(minutes=31)
    wall = [dutch(each).replace(tzinfo=None) for each in (begins, middle, begins + length)]
    if dutch(begins).utcoffset() == dutch(begins + length).utcoffset():
        assert abs((wall[1] - wall[0]) - (wall[2] - wall[1])) <= timedelta(hours=2, minutes=2)


@given(BEGINNINGS, LENGTHS, st.timedeltas(timedelta(0), timedelta(days=120)))
def test_it_goes_in_school_time_from_halfway_on_and_never_after_the_next_began(
    begins: datetime, length: timedelta, later: timedelta
) -> None:
    now = begins + later
    leaves = leaves_at(begins, begins + length, now, TO_SCHOOL)
    if leaves is None:
        assert TO_SCHOOL(max(now, halfway(begins, begins + length))) >= begins + length
        return
    assert now <= leaves < begins + length
    assert leaves >= halfway(begins, begins + length)
    assert time(8) <= dutch(leaves).time() < time(18)
    assert is_school_day(dutch(leaves).date(), [CHRISTMAS], lambda _day: "")


@pytest.mark.parametrize(
    ("first", "second", "leaves"),
    [
        # On a Saturday: the next Monday, at eight.
        (at(date(2027, 1, 11)), at(date(2027, 1, 21)), at(date(2027, 1, 18), 8)),
        # In the evening: the next morning.
        (at(date(2027, 1, 12), 19), at(date(2027, 1, 26), 19), at(date(2027, 1, 20), 8)),
        # In the Christmas break: the Monday after it.
        (at(date(2026, 12, 9)), at(date(2027, 1, 13)), at(date(2027, 1, 4), 8)),
        # After which the next meeting is on that Monday morning.
        (at(date(2026, 12, 16)), at(date(2027, 1, 4), 8), None),
    ],
    ids=["weekend", "evening", "break", "too late"],
)
def test_it_waits_for_school(first: datetime, second: datetime, leaves: datetime | None) -> None:
    assert leaves_at(first, second, first, TO_SCHOOL) == leaves


def test_only_gaps_that_are_not_over_are_ahead() -> None:
    meetings = [Beginning(at(date(2027, 1, 13)) + number * 28 * DAY) for number in range(4)]
    first, second, third, fourth = meetings
    ahead = [(second, third), (third, fourth)]
    assert list(gaps_ahead(meetings, second.starts_at)) == ahead
    assert list(gaps_ahead(meetings, second.starts_at - DAY)) == [(first, second), *ahead]
    assert list(gaps_ahead(meetings, fourth.starts_at)) == []
    assert list(gaps_ahead([first], first.starts_at - DAY)) == []
