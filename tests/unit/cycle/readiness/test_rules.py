"""What counts as done before the first meeting, whom a reminder reaches, and how meetings stand."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.cycle.readiness.rules import (
    Readiness,
    counts_from,
    readiness,
    to_remind,
)

SET_UP = datetime(2027, 1, 11, 12, tzinfo=UTC)
FIRST = datetime(2027, 3, 3, 13, tzinfo=UTC)
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


NONE = st.none()
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(st.lists(MOMENTS | NONE, max_size=4), st.lists(MOMENTS, max_size=4), MOMENTS)
def test_what_was_begun_or_is_too_old_is_not_there(
    submitted: list[datetime | None], written: list[datetime], since: datetime
) -> None:
    found = readiness(KEYS[0], submitted, written, since)
    later = [at for at in submitted if at and at >= since]
    assert found == Readiness(KEYS[0], bool(later), max([*written, since - WEEKS]) >= since)
    assert found.is_ready == (found.scan and found.question)
