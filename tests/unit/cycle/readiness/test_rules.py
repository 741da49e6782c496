"""What counts as done before the first meeting, whom a reminder reaches, and how meetings stand."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.cycle.readiness.rules import (
    Dated,
    Readiness,
    Status,
    counts_from,
    next_meeting,
    statuses,
    to_remind,
)

SET_UP = datetime(2027, 1, 11, 12, tzinfo=UTC)
FIRST = datetime(2027, 3, 3, 13, tzinfo=UTC)
HOURS = timedelta(hours=3)
WEEKS = timedelta(weeks=4)
KEYS = [uuid.UUID(int=number) for number in range(4)]
PEOPLE = st.tuples(
    *(st.builds(Readiness, st.just(key), st.booleans(), st.booleans()) for key in KEYS)
)


@pytest.mark.parametrize(
    ("first_meeting", "counts"),
    [
        (FIRST, datetime(2026, 9, 3, 13, tzinfo=UTC)),
        # So far ahead that half a year before it is still to come.
        (datetime(2027, 9, 3, 13, tzinfo=UTC), SET_UP),
        (None, datetime(2026, 7, 11, 12, tzinfo=UTC)),
    ],
)
def test_what_counts_begins_half_a_year_before_the_first_meeting(
    first_meeting: datetime | None, counts: datetime
) -> None:
    assert counts_from(SET_UP, first_meeting) == counts


@given(PEOPLE, st.frozensets(st.sampled_from(KEYS)))
def test_a_reminder_reaches_only_who_is_not_ready_and_got_none_lately(
    people: tuple[Readiness, ...], recently: frozenset[uuid.UUID]
) -> None:
    reached = to_remind(people, recently)
    for each in people:
        is_due = not (each.scan and each.question) and each.person_id not in recently
        assert (each.person_id in reached) is is_due


def row(count: int) -> list[Dated]:
    return [
        Dated(FIRST + number * WEEKS, FIRST + number * WEEKS + HOURS) for number in range(count)
    ]


@pytest.mark.parametrize(
    ("now", "place"),
    [
        (SET_UP, 0),
        (FIRST + timedelta(hours=1), 0),
        (FIRST + HOURS, 1),
        (FIRST + WEEKS + timedelta(days=1), 2),
        (FIRST + 9 * WEEKS, None),
    ],
)
def test_the_next_meeting_is_the_first_that_is_not_over(now: datetime, place: int | None) -> None:
    assert next_meeting(row(3), now) == place


@given(st.integers(0, 6), st.integers(-20, 200), st.booleans())
def test_at_most_one_meeting_asks_something_and_it_is_the_next(
    count: int, days: int, has_to_do: bool
) -> None:
    meetings, now = row(count), FIRST + timedelta(days=days)
    found = statuses(meetings, now, has_to_do=has_to_do)
    following = next_meeting(meetings, now)
    assert len(found) == count
    for place, status in enumerate(found):
        is_turn = has_to_do and place == following
        is_over = meetings[place].ends_at <= now
        expected = Status.YOUR_TURN if is_turn else Status.BEEN if is_over else Status.PLANNED
        assert status is expected
