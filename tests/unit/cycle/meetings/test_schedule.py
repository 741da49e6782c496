"""The rules of when meetings are."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zetwpo.clock import dutch, moment_on
from zetwpo.cycle.meetings.schedule import (
    FURTHEST_WEEKS,
    Odd,
    Oddity,
    Slot,
    Trouble,
    is_free,
    is_school_day,
    next_school_time,
    oddities,
    planned_days,
    trouble_with,
)
from zetwpo.cycle.trajectories.rules import USUAL_RHYTHM
from zetwpo.partnerships.breaks.rules import Event

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
WEDNESDAY = date(2027, 1, 13)
DAYS = st.dates(date(1970, 1, 1), date(2090, 1, 1))
NOW = datetime(2027, 1, 1, 12, tzinfo=UTC)
CHRISTMAS = Event("Christmas break", date(2026, 12, 19), date(2027, 1, 3))


def no_holiday(_day: date) -> str:
    return ""


def slot(day: date, at: time = time(14), minutes: int = 180) -> Slot:
    return Slot(moment_on(day, at), minutes)


def all_but(*closed: date) -> partial[bool]:
    return partial(_is_not_in, closed)


def _is_not_in(closed: Collection[date], day: date) -> bool:
    return day not in closed


# -------------------------------------------------------------------------- on which days they fall


def test_meetings_are_roughly_monthly_on_the_same_day_of_the_week() -> None:
    days = planned_days(WEDNESDAY, 6, USUAL_RHYTHM, all_but())
    assert days == [WEDNESDAY + 4 * number * WEEK for number in range(6)]


@pytest.mark.parametrize(
    ("closed_weeks", "second"),
    [
        ([], 4),
        # Of two that are equally near, the earlier one.
        ([4], 3),
        # In the first week of two, before them; in the second week, after them.
        ([4, 5], 3),
        ([3, 4], 5),
        # In the middle of three.
        ([3, 4, 5], 2),
        # Never so near to the one before that nothing can have been tried out in between.
        ([2, 3, 4, 5, 6], 7),
        ([2, 3, 4, 5, 6, 7, 8], 9),
        # Other days of these weeks are no use.
        (range(1, 60), 4),
    ],
)
def test_one_that_is_not_free_moves_to_the_nearest_that_is(
    closed_weeks: Collection[int], second: int
) -> None:
    free = all_but(*(WEDNESDAY + weeks * WEEK for weeks in closed_weeks))
    days = planned_days(WEDNESDAY, 3, USUAL_RHYTHM, free)
    assert days[1] == WEDNESDAY + second * WEEK
    if free(days[1] + 4 * WEEK):
        # The next one counts from there.
        assert days[2] == days[1] + 4 * WEEK


def test_the_first_one_never_comes_before_the_day_that_was_chosen() -> None:
    free = all_but(WEDNESDAY, WEDNESDAY + WEEK)
    assert planned_days(WEDNESDAY, 1, USUAL_RHYTHM, free) == [WEDNESDAY + 2 * WEEK]


@given(
    DAYS,
    st.integers(0, 12),
    st.integers(1, 12),
    st.sets(st.integers(-5, 150)),
)
@example(WEDNESDAY, 6, USUAL_RHYTHM, set(range(-5, 150)))
@example(WEDNESDAY, 6, 1, {1, 2, 3})
def test_meetings_are_in_order_on_the_same_day_of_the_week_and_free_where_they_can_be(
    first: date, count: int, rhythm: int, closed_weeks: set[int]
) -> None:
    free = all_but(*(first + weeks * WEEK for weeks in closed_weeks))
    days = planned_days(first, count, rhythm, free)
    assert len(days) == count
    assert days == sorted(set(days))
    assert {day.weekday() for day in days} <= {first.weekday()}
    assert all(day >= first for day in days)
    assert days == planned_days(first, count, rhythm, free)
    for day in days:
        assert free(day) or not any(
            free(day + weeks * WEEK) for weeks in range(1, FURTHEST_WEEKS + 1)
        )
    for one, other in zip(days, days[1:], strict=False):
        assert 2 * (other - one) >= rhythm * WEEK


def test_a_day_is_free_outside_holidays_and_breaks() -> None:
    def holiday_on(day: date) -> str:
        return "Epiphany" if day == date(2027, 1, 6) else ""

    closed = partial(is_free, breaks=[CHRISTMAS], holiday_on=holiday_on)
    assert [closed(day) for day in (CHRISTMAS.first_day, CHRISTMAS.last_day)] == [False, False]
    assert closed(CHRISTMAS.last_day + DAY)
    assert closed(CHRISTMAS.first_day - DAY)
    assert not closed(date(2027, 1, 6))


def test_nobody_is_at_school_at_the_weekend_or_in_a_break() -> None:
    monday = date(2027, 1, 4)
    at_school = [
        is_school_day(monday + number * DAY, [CHRISTMAS], no_holiday) for number in range(-1, 7)
    ]
    assert at_school == [False, True, True, True, True, True, False, False]


FRIDAY = date(2027, 1, 8)


def on_weekdays(day: date) -> bool:
    return is_school_day(day, [CHRISTMAS], no_holiday)


@pytest.mark.parametrize(
    ("wanted", "leaves"),
    [
        (moment_on(FRIDAY, time(8)), moment_on(FRIDAY, time(8))),
        (moment_on(FRIDAY, time(17, 59)), moment_on(FRIDAY, time(17, 59))),
        (moment_on(FRIDAY, time(7, 59)), moment_on(FRIDAY, time(8))),
        (moment_on(FRIDAY, time(18)), moment_on(FRIDAY + 3 * DAY, time(8))),
        (moment_on(FRIDAY + DAY, time(12)), moment_on(FRIDAY + 3 * DAY, time(8))),
        (moment_on(CHRISTMAS.first_day, time(3)), moment_on(date(2027, 1, 4), time(8))),
        # The clock is put forward and back on the Sunday in between.
        (moment_on(date(2027, 3, 26), time(19)), moment_on(date(2027, 3, 29), time(8))),
        (moment_on(date(2027, 10, 29), time(19)), moment_on(date(2027, 11, 1), time(8))),
    ],
)
def test_mails_leave_in_school_time(wanted: datetime, leaves: datetime) -> None:
    assert next_school_time(wanted, on_weekdays) == leaves


MOMENTS = st.integers(0, 20 * 366 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes))


@given(MOMENTS)
def test_school_time_is_the_same_all_year_and_never_earlier(wanted: datetime) -> None:
    leaves = next_school_time(wanted, on_weekdays)
    assert leaves >= wanted
    assert on_weekdays(dutch(leaves).date())
    assert time(8) <= dutch(leaves).time() < time(18)
    assert next_school_time(leaves, on_weekdays) == leaves


def test_where_nobody_is_ever_at_school_it_leaves_as_it_is() -> None:
    assert next_school_time(NOW, lambda _day: False) == NOW


# --------------------------------------------------------------------------- what is odd about them


def odd(*plan: Slot, holiday: date | None = None, now: datetime = NOW) -> list[set[Odd]]:
    def holiday_on(day: date) -> str:
        return "Holiday" if day == holiday else ""

    return [{each.what for each in about} for about in oddities(plan, [CHRISTMAS], holiday_on, now)]


@pytest.mark.parametrize(
    ("first", "second", "is_apart"),
    [
        (date(2027, 1, 13), date(2027, 2, 10), False),
        (date(2027, 1, 13), date(2027, 2, 13), False),
        (date(2027, 1, 13), date(2027, 2, 14), True),
        (date(2027, 1, 31), date(2027, 2, 28), False),
        (date(2027, 1, 31), date(2027, 3, 1), True),
    ],
)
def test_two_that_lie_more_than_a_month_apart_are_odd(
    first: date, second: date, is_apart: bool
) -> None:
    about = oddities([slot(first), slot(second)], [], no_holiday, NOW)
    assert not [each for each in about[0] if each.what is Odd.APART]
    apart = [each for each in about[1] if each.what is Odd.APART]
    assert apart == ([Oddity(Odd.APART, days=(second - first).days)] if is_apart else [])


@given(st.integers(0, 300), st.integers(28, 60))
def test_four_weeks_are_never_more_than_a_month_and_five_always_are(start: int, gap: int) -> None:
    first = WEDNESDAY + start * DAY
    [_first, second] = odd(slot(first), slot(first + gap * DAY))
    if gap == 28:
        assert Odd.APART not in second
    if gap >= 35:
        assert Odd.APART in second


@pytest.mark.parametrize(
    ("day", "at", "minutes", "what"),
    [
        (WEDNESDAY, time(14), 180, set()),
        (WEDNESDAY, time(8), 600, set()),
        (WEDNESDAY, time(7, 59), 60, {Odd.EARLY}),
        (WEDNESDAY, time(15), 181, {Odd.LATE}),
        (WEDNESDAY, time(23), 120, {Odd.LATE}),
        (date(2027, 1, 16), time(10), 180, {Odd.WEEKEND}),
        (date(2027, 1, 17), time(10), 180, {Odd.WEEKEND}),
        # In winter and in summer the same on the wall.
        (date(2027, 7, 7), time(8), 600, set()),
        # The clock is put forward on this night: it lasts until half past four.
        (date(2027, 3, 28), time(1, 30), 120, {Odd.WEEKEND, Odd.EARLY}),
        (CHRISTMAS.last_day, time(14), 180, {Odd.WEEKEND, Odd.BREAK}),
    ],
)
def test_school_time_is_by_the_clock_on_the_wall(
    day: date, at: time, minutes: int, what: set[Odd]
) -> None:
    assert odd(slot(day, at, minutes)) == [what]


def test_what_is_odd_has_a_name() -> None:
    plan = [slot(date(2026, 12, 25))]
    before = datetime(2026, 12, 1, tzinfo=UTC)
    [about] = oddities(plan, [CHRISTMAS], lambda _day: "Christmas Day", before)
    assert about == (
        Oddity(Odd.HOLIDAY, "Christmas Day"),
        Oddity(Odd.BREAK, "Christmas break"),
    )


def test_what_is_over_is_odd_no_more_but_the_next_one_still_counts_from_it() -> None:
    over, next_one = slot(date(2026, 12, 25)), slot(date(2027, 2, 24))
    assert odd(over, next_one, holiday=over.day) == [set(), {Odd.APART}]
    assert odd(over, now=over.ends_at) == [set()]
    assert odd(over, now=over.ends_at - DAY / 1000) == [{Odd.BREAK}]


# ------------------------------------------------------------------------------- what is no plan


@pytest.mark.parametrize(
    ("day", "trouble"),
    [
        (date(2026, 12, 31), Trouble.PAST),
        (date(2027, 1, 12), Trouble.NOT_AFTER),
        (date(2027, 1, 13), Trouble.SAME_DAY_AS_BEFORE),
        (date(2027, 1, 14), None),
        (date(2027, 2, 9), None),
        (date(2027, 2, 10), Trouble.SAME_DAY_AS_AFTER),
        (date(2027, 2, 11), Trouble.NOT_BEFORE),
        (date(2072, 1, 1), Trouble.TOO_FAR),
    ],
)
def test_a_meeting_lies_ahead_on_a_day_of_its_own_between_its_neighbours(
    day: date, trouble: Trouble | None
) -> None:
    before, after = slot(WEDNESDAY, time(9)), slot(WEDNESDAY + 4 * WEEK, time(9))
    assert trouble_with(slot(day), before, after, NOW) is trouble


def test_without_neighbours_only_the_past_and_a_year_that_is_wrong_are_trouble() -> None:
    assert trouble_with(slot(WEDNESDAY), None, None, NOW) is None
    assert trouble_with(Slot(NOW, 60), None, None, NOW) is Trouble.PAST
    assert trouble_with(slot(date(2207, 1, 13)), None, None, NOW) is Trouble.TOO_FAR
