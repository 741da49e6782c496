"""The clock: moments in UTC, days as they are in the Netherlands."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from zetwpo import clock

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
DAY = timedelta(days=1)
EASTER = datetime(2027, 3, 28, 12, tzinfo=UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}:00+00:00")


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (date(2027, 1, 1), utc("2026-12-31 23:00")),
        (date(2027, 7, 1), utc("2027-06-30 22:00")),
        (SPRING, utc("2027-03-27 23:00")),
        (SPRING + DAY, utc("2027-03-28 22:00")),
        (AUTUMN, utc("2027-10-30 22:00")),
        (AUTUMN + DAY, utc("2027-10-31 23:00")),
    ],
)
def test_a_day_begins_at_midnight_on_the_wall(day: date, begins: datetime) -> None:
    assert clock.start_of(day) == begins
    assert clock.start_of(day).tzinfo is UTC


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (date(2027, 6, 1), 24)])
def test_a_day_lasts_as_long_as_it_lasts(day: date, hours: int) -> None:
    assert clock.start_of(day + DAY) - clock.start_of(day) == timedelta(hours=hours)


def test_a_day_ends_just_before_the_next_begins() -> None:
    end = clock.end_of(SPRING)
    assert clock.dutch(end).date() == SPRING
    assert clock.dutch(end + timedelta.resolution) == clock.dutch(clock.start_of(SPRING + DAY))


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_the_moment_before_a_day_begins_is_the_day_before(day: date) -> None:
    begins = clock.start_of(day)
    assert clock.dutch(begins).date() == day
    assert clock.dutch(begins - timedelta(microseconds=1)).date() == day - DAY


@pytest.mark.parametrize(
    ("day", "at", "moment"),
    [
        (date(2027, 1, 13), time(14), utc("2027-01-13 13:00")),
        (date(2027, 7, 7), time(14), utc("2027-07-07 12:00")),
        (SPRING, time(1, 59), utc("2027-03-28 00:59")),
        (SPRING, time(3), utc("2027-03-28 01:00")),
        (AUTUMN, time(1, 59), utc("2027-10-30 23:59")),
        (AUTUMN, time(3), utc("2027-10-31 02:00")),
    ],
)
def test_a_time_on_the_wall_is_one_moment(day: date, at: time, moment: datetime) -> None:
    assert clock.moment_on(day, at) == moment
    assert clock.moment_on(day, at).tzinfo is UTC


@pytest.mark.parametrize("at", [time(2), time(2, 30), time(2, 59, 59)])
def test_a_time_that_the_clock_skips_or_shows_twice_is_none(at: time) -> None:
    with pytest.raises(clock.ClockChanges) as skipped:
        clock.moment_on(SPRING, at)
    assert not skipped.value.comes_twice
    with pytest.raises(clock.ClockChanges) as twice:
        clock.moment_on(AUTUMN, at)
    assert twice.value.comes_twice


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.times())
def test_a_moment_shows_the_time_from_which_it_was_made(day: date, at: time) -> None:
    try:
        shown = clock.dutch(clock.moment_on(day, at))
    except clock.ClockChanges:
        assert day.weekday() == 6
        assert at.hour == 2
        assert day.month in {3, 9, 10}
    else:
        assert (shown.date(), shown.time()) == (day, at)


@pytest.mark.parametrize(
    ("now", "today"),
    [
        ("2027-01-01 22:59", date(2027, 1, 1)),
        ("2027-01-01 23:00", date(2027, 1, 2)),
        ("2027-07-01 21:59", date(2027, 7, 1)),
        ("2027-07-01 22:00", date(2027, 7, 2)),
    ],
)
def test_today_is_the_date_in_the_netherlands(now: str, today: date) -> None:
    with time_machine.travel(utc(now), tick=False):
        assert clock.today() == today


def test_now_is_in_utc() -> None:
    with time_machine.travel(EASTER, tick=False):
        assert clock.now() == EASTER
        assert clock.now().tzinfo is UTC


def test_pretending_ends_with_its_block() -> None:
    other = utc("2026-09-01 08:00")
    with time_machine.travel(EASTER, tick=False):
        with clock.as_if(other):
            assert clock.now() == other
            with clock.as_if(other + DAY):
                assert clock.today() == date(2026, 9, 2)
            assert clock.today() == date(2026, 9, 1)
        assert clock.now() == EASTER


def test_pretending_ends_with_a_failure() -> None:
    with time_machine.travel(EASTER, tick=False):
        with pytest.raises(ZeroDivisionError), clock.as_if(utc("2026-09-01 08:00")):
            _never = 1 / 0
        assert clock.now() == EASTER


@given(st.dates(date(2020, 1, 1), date(2100, 1, 1)))
def test_each_day_is_in_one_school_year_of_twelve_months(today: date) -> None:
    first, last = clock.school_year(today)
    assert first <= today <= last
    assert (first.month, first.day) == (8, 1)
    assert clock.school_year(first) == clock.school_year(last) == (first, last)
    assert clock.school_year(last + timedelta(days=1))[0] == last + timedelta(days=1)
