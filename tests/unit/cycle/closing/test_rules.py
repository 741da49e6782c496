"""Until when a trajectory can be reopened, and when the next one could begin."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.cycle.closing.rules import (
    LEAST_NOTICE,
    GoesOn,
    day_to_propose,
    is_no_follow_up,
    words_along,
)
from zetwpo.cycle.trajectories.rules import REOPENS_FOR, may_reopen

TODAY = date(2026, 11, 26)
CLOSED = datetime(2026, 11, 26, 12, tzinfo=UTC)
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("after", "may"),
    [
        (timedelta(0), True),
        (REOPENS_FOR - timedelta(seconds=1), True),
        (REOPENS_FOR, False),
        (timedelta(days=100), False),
    ],
)
def test_it_can_go_on_for_two_weeks(after: timedelta, may: bool) -> None:
    assert may_reopen(CLOSED, CLOSED + after) is may


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        # A rhythm after the last one.
        (date(2026, 11, 25), date(2026, 12, 23)),
        # Not sooner than people can plan, and on the same day of the week.
        (date(2026, 11, 4), date(2026, 12, 16)),
        (date(2025, 11, 5), date(2026, 12, 16)),
        (None, date(2026, 12, 10)),
    ],
)
def test_a_first_day_is_proposed(last: date | None, expected: date) -> None:
    assert day_to_propose(last, 4, TODAY) == expected


@given(DAYS, st.integers(1, 8), DAYS)
def test_it_keeps_the_day_of_the_week_and_is_the_first_that_can_be(
    last: date, rhythm: int, today: date
) -> None:
    day = day_to_propose(last, rhythm, today)
    assert day.weekday() == last.weekday()
    assert day >= today + LEAST_NOTICE
    week_before = day - timedelta(weeks=1)
    assert week_before < max(today + LEAST_NOTICE, last + timedelta(weeks=rhythm))


@pytest.mark.parametrize(
    ("way", "typed", "is_only", "along"),
    [
        (GoesOn.NEW, "How?", True, ""),
        (GoesOn.DEEPEN, "", True, "Why?"),
        (GoesOn.DEEPEN, "Why?", True, "Why?"),
        (GoesOn.DEEPEN, "How?", False, "How?"),
        (GoesOn.DEEPEN, "", False, ""),
        (GoesOn.FOLLOW_UP, "How?", False, "How?"),
    ],
)
def test_a_question_goes_along_in_its_words_or_in_others(
    way: GoesOn, typed: str, is_only: bool, along: str
) -> None:
    assert words_along(way, typed, "Why?", is_only=is_only) == along


def test_only_a_question_that_follows_needs_other_words() -> None:
    assert is_no_follow_up(GoesOn.FOLLOW_UP, "Why?", "Why?")
    assert not is_no_follow_up(GoesOn.FOLLOW_UP, "How?", "Why?")
    assert not is_no_follow_up(GoesOn.DEEPEN, "Why?", "Why?")
