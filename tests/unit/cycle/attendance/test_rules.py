"""What can be noted of who was there, what it adds up to, and how long it stays."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.cycle.attendance.rules import (
    DOORS_OPEN,
    NotedElsewhere,
    Presence,
    Tap,
    Totals,
    expected_at,
    first_kept,
    forgotten,
    left_after_move,
    noted_after,
    open_presences,
    read_tap,
    totals,
)
from zetwpo.cycle.trajectories.rules import Stay

BEGINS = datetime(2027, 3, 3, 13, tzinfo=UTC)
ENDS = BEGINS + timedelta(hours=3)
MINUTE = timedelta(minutes=1)
NOTED = st.sampled_from([None, *Presence])
DAYS = st.dates(date(2025, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize("before", [timedelta(weeks=4), DOORS_OPEN + MINUTE])
def test_beforehand_somebody_can_only_be_excused(before: timedelta) -> None:
    assert open_presences(BEGINS, BEGINS - before) == {Presence.EXCUSED}


@pytest.mark.parametrize("after", [-DOORS_OPEN, -MINUTE, MINUTE, timedelta(weeks=4)])
def test_from_when_people_come_in_everything_can_be_noted(after: timedelta) -> None:
    assert open_presences(BEGINS, BEGINS + after) == set(Presence)


def test_what_is_kept_no_longer_is_said_by_its_days() -> None:
    days = [date(2027, 7, 1), date(2027, 9, 1), date(2027, 6, 1)]
    assert forgotten(days, date(2027, 10, 31)) == []
    assert forgotten(days, date(2027, 11, 1)) == [date(2027, 6, 1), date(2027, 7, 1)]


@pytest.mark.parametrize(
    ("after", "now", "left"),
    [
        # On another day, whatever was noted.
        (BEGINS + timedelta(days=7), BEGINS - timedelta(days=7), set()),
        (BEGINS + timedelta(days=1), BEGINS - MINUTE, set()),
        # The same day in Utrecht is two in London.
        (datetime(2027, 3, 2, 23, 30, tzinfo=UTC), BEGINS - timedelta(days=7), {Presence.EXCUSED}),
        # Later on the same day, when nobody has come in.
        (BEGINS + timedelta(hours=4), BEGINS - MINUTE, {Presence.EXCUSED}),
        # A little later, with people at the door.
        (BEGINS + 10 * MINUTE, BEGINS - MINUTE, set(Presence)),
    ],
)
def test_what_was_noted_goes_with_the_day(
    after: datetime, now: datetime, left: set[Presence]
) -> None:
    assert left_after_move(BEGINS, after, now) == left


@given(NOTED, NOTED)
def test_a_tap_counts_on_the_page_that_shows_what_there_is(
    stored: Presence | None, wanted: Presence | None
) -> None:
    assert noted_after(stored, stored, wanted) is wanted


@given(NOTED, NOTED)
def test_the_same_tap_twice_is_one(seen: Presence | None, wanted: Presence | None) -> None:
    assert noted_after(wanted, seen, wanted) is wanted


def test_who_taps_on_an_old_page_first_sees_what_somebody_else_noted() -> None:
    with pytest.raises(NotedElsewhere) as faster:
        noted_after(Presence.ABSENT, None, Presence.PRESENT)
    assert faster.value.noted is Presence.ABSENT
    with pytest.raises(NotedElsewhere):
        noted_after(Presence.ABSENT, Presence.PRESENT, None)
    with pytest.raises(NotedElsewhere):
        noted_after(None, Presence.EXCUSED, Presence.PRESENT)


def _stay(person: uuid.UUID, since: datetime, left_at: datetime | None = None) -> Stay:
    return Stay(uuid.uuid4(), uuid.uuid4(), person, since, left_at)


@pytest.mark.parametrize(
    ("since", "left_at", "is_expected"),
    [
        (BEGINS - timedelta(weeks=9), None, True),
        # Came in while it was going on; went home before its end.
        (BEGINS + MINUTE, None, True),
        (BEGINS - MINUTE, BEGINS + MINUTE, True),
        # Joined after it; left before it.
        (ENDS + MINUTE, None, False),
        (BEGINS - timedelta(weeks=9), BEGINS - MINUTE, False),
        (BEGINS - timedelta(weeks=9), BEGINS, False),
    ],
)
def test_who_is_expected_at_a_meeting(
    since: datetime, left_at: datetime | None, is_expected: bool
) -> None:
    stay = _stay(uuid.uuid4(), since, left_at)
    assert (stay.person_id in expected_at(BEGINS, ENDS, [stay])) is is_expected


def test_who_left_and_came_back_is_expected_again() -> None:
    person = uuid.uuid4()
    stays = [
        _stay(person, BEGINS - timedelta(weeks=9), BEGINS - timedelta(weeks=5)),
        _stay(person, BEGINS - timedelta(weeks=1)),
    ]
    assert expected_at(BEGINS, ENDS, stays) == {person}
    month_ago = timedelta(weeks=4)
    assert expected_at(BEGINS - month_ago, ENDS - month_ago, stays) == set()


PEOPLE = st.lists(st.lists(st.sampled_from(Presence), max_size=6), max_size=8)


@given(PEOPLE)
def test_exchanging_what_was_noted_of_people_changes_no_total(
    noted: list[list[Presence]],
) -> None:
    keys = [uuid.UUID(int=number) for number in range(len(noted))]
    turned = noted[1:] + noted[:1]
    found = totals(dict(zip(keys, noted, strict=True)), 6)
    assert found == totals(dict(zip(keys, turned, strict=True)), 6)
    assert found is None or found.noted == sum(map(len, noted))


def test_a_total_over_two_people_would_tell_of_one() -> None:
    three = {uuid.UUID(int=number): [Presence.PRESENT] for number in range(3)}
    assert totals(three, 1) == Totals(1, present=3)
    three[uuid.UUID(int=0)] = []
    assert totals(three, 1) is None


@given(DAYS, DAYS)
def test_what_is_kept_no_longer_is_never_kept_again(day: date, later: date) -> None:
    if day <= later:
        assert first_kept(day) <= first_kept(later) <= later


@pytest.mark.parametrize(
    ("day", "until"),
    [
        (date(2026, 8, 1), date(2027, 10, 31)),
        (date(2027, 3, 3), date(2027, 10, 31)),
        (date(2027, 7, 31), date(2027, 10, 31)),
        (date(2027, 8, 1), date(2028, 10, 31)),
    ],
)
def test_it_is_kept_until_three_months_after_the_school_year(day: date, until: date) -> None:
    assert first_kept(until) <= day < first_kept(until + timedelta(days=1))


@given(st.uuids(), NOTED, NOTED)
def test_a_button_says_all_that_a_tap_is(
    person: uuid.UUID, wanted: Presence | None, seen: Presence | None
) -> None:
    assert read_tap(str(Tap(person, wanted, seen))) == Tap(person, wanted, seen)


@pytest.mark.parametrize("text", ["", "present", f"{uuid.UUID(int=1)} late -", "nobody present -"])
def test_what_is_no_button_of_ours_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        read_tap(text)
