"""The demo is in the middle on every day of the year, on days on which people are at school."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from itertools import pairwise

import pytest

from zetwpo.cycle.meetings import schedule
from zetwpo.cycle.meetings.holidays import holiday_on
from zetwpo.cycle.meetings.schedule import SATURDAY, IsFree
from zetwpo.cycle.trajectories.rules import USUAL_COUNT
from zetwpo.demo.content import demo_content
from zetwpo.demo.dates import BEEN, BETWEEN, NoDays, days_before, days_in_the_middle
from zetwpo.demo.people import break_days

# From a week before the first of August on, for two years.
EVERY_DAY = [date(2026, 7, 25) + timedelta(days=number) for number in range(2 * 366)]
SHORT_AGO = timedelta(days=7)


class Around:
    """What is to be planned around on one day."""

    def __init__(self, today: date) -> None:
        self.breaks = list(break_days(demo_content().people.breaks, today))
        self.is_free: IsFree = partial(schedule.is_free, breaks=self.breaks, holiday_on=holiday_on)

    def are_school_days(self, days: Sequence[date]) -> bool:
        return all(day.weekday() < SATURDAY and self.is_free(day) for day in days)


def test_on_every_day_the_one_group_is_in_the_middle_and_the_other_is_over() -> None:
    for today in EVERY_DAY:
        around = Around(today)
        days = days_in_the_middle(today, around.is_free)
        before = days_before(days[0], around.is_free)
        assert len(days) == len(before) == USUAL_COUNT, today
        assert days[BEEN - 1] < today < days[BEEN], today
        assert before[-1] + BETWEEN <= days[0], today
        for each in (days, before):
            assert each == sorted(set(each)), today
            assert around.are_school_days(each), today
            gaps = [after - day for day, after in pairwise(each)]
            assert min(gaps) >= timedelta(weeks=2), today
            assert len({day.weekday() for day in each}) == 1, today


def test_outside_of_breaks_the_last_meeting_was_short_ago() -> None:
    long_ago = [
        today
        for today in EVERY_DAY
        for around in [Around(today)]
        if today - days_in_the_middle(today, around.is_free)[BEEN - 1] > SHORT_AGO
    ]
    for today in long_ago:
        around = Around(today)
        week = [today - timedelta(days=number) for number in range(1, 12)]
        assert not around.are_school_days([day for day in week if day.weekday() < SATURDAY]), today


def test_it_looks_ahead_and_back_no_further_than_breaks_are_laid_out() -> None:
    for today in EVERY_DAY[::7]:
        around = Around(today)
        days = days_in_the_middle(today, around.is_free)
        before = days_before(days[0], around.is_free)
        assert today - before[0] < timedelta(days=366), today
        assert days[-1] - today < timedelta(days=366), today


def test_where_no_day_is_free_it_says_so() -> None:
    with pytest.raises(NoDays):
        days_in_the_middle(date(2027, 3, 3), lambda _day: False)
    with pytest.raises(NoDays):
        days_before(date(2027, 3, 3), lambda _day: False)


def test_breaks_begin_on_a_saturday_and_come_back_each_year() -> None:
    breaks = Around(date(2027, 3, 3)).breaks
    assert all(each.first_day.weekday() == SATURDAY for each in breaks)
    names = [each.name for each in breaks]
    assert all(names.count(each.name) >= 2 for each in demo_content().people.breaks)
