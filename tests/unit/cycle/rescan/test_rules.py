"""When a scan once more is asked for, of whom, and which two scans lie side by side."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.cycle.rescan.rules import (
    AFTERWARDS,
    BEFORE_LAST,
    LEAST_LENGTH,
    Move,
    Span,
    is_needed,
    move,
    span_of,
    then_and_now,
)

FIRST = datetime(2026, 9, 2, 13, 30, tzinfo=UTC)
LAST = datetime(2027, 2, 3, 14, 30, tzinfo=UTC)
SPAN = Span(FIRST, LAST)
DAY = timedelta(days=1)
MOMENTS = st.timedeltas(timedelta(days=-300), timedelta(days=600)).map(lambda each: FIRST + each)


@dataclass(frozen=True)
class Made:
    started_at: datetime
    submitted_at: datetime | None


def handed_in(at: datetime) -> Made:
    return Made(at - timedelta(minutes=10), at)


BEFORE = handed_in(FIRST - 7 * DAY)
AFTER = handed_in(LAST - 7 * DAY)
FIGURES = st.none() | st.floats(1, 7)


@given(st.lists(MOMENTS, min_size=1))
def test_a_span_goes_from_the_first_to_the_last_whatever_their_order(
    starts: list[datetime],
) -> None:
    assert span_of(starts) == Span(min(starts), max(starts))


def test_without_meetings_there_is_none() -> None:
    assert span_of([]) is None


@pytest.mark.parametrize(
    ("moment", "asks"),
    [
        (LAST - BEFORE_LAST - DAY, False),
        (LAST - BEFORE_LAST, True),
        (LAST - timedelta(seconds=1), True),
        (LAST, False),
        (LAST + DAY, False),
    ],
)
def test_people_are_asked_in_the_last_three_weeks(moment: datetime, asks: bool) -> None:
    assert SPAN.asks_at(moment) is asks


@pytest.mark.parametrize(
    ("length", "asks"), [(LEAST_LENGTH, True), (LEAST_LENGTH - DAY, False), (timedelta(0), False)]
)
def test_a_trajectory_of_a_few_weeks_asks_nobody(length: timedelta, asks: bool) -> None:
    span = Span(FIRST, FIRST + length)
    assert span.asks_at(span.last - DAY) is asks


@pytest.mark.parametrize(
    ("scans", "needed"),
    [
        ([], False),
        ([BEFORE], True),
        # The one at the beginning is not there, so that there is nothing to lay beside it.
        ([AFTER], False),
        ([BEFORE, AFTER], False),
        # Begun again counts, also where it is not finished.
        ([BEFORE, Made(LAST - 3 * DAY, None)], False),
        # Begun long ago and never finished: that is none.
        ([BEFORE, Made(FIRST + DAY, None)], True),
        ([Made(FIRST + DAY, None)], False),
        # Begun before the middle and handed in after it.
        ([BEFORE, Made(SPAN.middle - DAY, SPAN.middle + DAY)], False),
        ([BEFORE, handed_in(SPAN.middle)], False),
    ],
)
def test_it_is_needed_as_long_as_only_the_one_at_the_beginning_is_there(
    scans: list[Made], needed: bool
) -> None:
    assert is_needed(scans, SPAN) is needed


def test_the_two_nearest_to_beginning_and_end_lie_side_by_side() -> None:
    older, later = handed_in(FIRST - 90 * DAY), handed_in(LAST + DAY)
    next_year = handed_in(LAST + AFTERWARDS)
    scans = [next_year, later, AFTER, BEFORE, older, Made(LAST, None)]
    assert then_and_now(scans, SPAN) == (BEFORE, later)
    assert then_and_now([BEFORE], SPAN) == (BEFORE, None)
    assert then_and_now([next_year], SPAN) == (None, None)


@given(st.lists(MOMENTS.map(handed_in)))
def test_then_is_always_before_now(scans: list[Made]) -> None:
    then, now = then_and_now(scans, SPAN)
    if then and now:
        assert then.submitted_at
        assert now.submitted_at
        assert then.submitted_at < SPAN.middle <= now.submitted_at


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        (3.0, 4.0, Move.HIGHER),
        (4.0, 3.0, Move.LOWER),
        # What reads the same is the same.
        (4.21, 4.24, Move.SAME),
        (None, 4.0, Move.UNKNOWN),
        (4.0, None, Move.UNKNOWN),
    ],
)
def test_up_and_down_are_told_alike(then: float | None, now: float | None, expected: Move) -> None:
    assert move(then, now) is expected


@given(FIGURES, FIGURES)
def test_there_and_back_is_the_other_way(then: float | None, now: float | None) -> None:
    turned = {Move.HIGHER: Move.LOWER, Move.LOWER: Move.HIGHER}
    assert move(now, then) is turned.get(move(then, now), move(then, now))
