"""The rules of school breaks."""

import uuid
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.partnerships.breaks.rules import (
    Event,
    Standing,
    Trouble,
    looks_like_break,
    overlapping,
    standing,
    take_over,
    trouble_with,
)

TODAY = date(2026, 11, 26)
DAYS = st.integers(0, 30).map(lambda number: date(2027, 1, 1) + timedelta(days=number))
NAMES = st.sampled_from("AB")
EVENTS = st.builds(Event, NAMES, DAYS, DAYS, st.sampled_from(["", "x", "y", "z"]))


@pytest.mark.parametrize(
    ("first", "last", "trouble"),
    [
        (TODAY, TODAY, None),
        (date(2026, 12, 19), date(2027, 1, 3), None),
        (date(2026, 12, 19), date(2026, 12, 18), Trouble.ENDS_BEFORE),
        (date(2026, 12, 19), date(2027, 3, 28), None),
        (date(2026, 12, 19), date(2027, 3, 29), Trouble.TOO_LONG),
        (date(2037, 1, 1), date(2037, 1, 9), Trouble.TOO_FAR),
        (date(2025, 11, 25), date(2025, 11, 25), None),
        (date(202, 12, 19), date(203, 1, 3), Trouble.TOO_OLD),
    ],
)
def test_days_that_are_no_break_have_a_reason(
    first: date, last: date, trouble: Trouble | None
) -> None:
    assert trouble_with(first, last, TODAY) is trouble


@given(EVENTS, st.lists(EVENTS, max_size=5))
def test_breaks_overlap_where_they_share_a_day(one: Event, others: list[Event]) -> None:
    def days(event: Event) -> set[date]:
        count = (event.last_day - event.first_day).days + 1
        return {event.first_day + timedelta(days=day) for day in range(count)}

    def in_order(event: Event) -> Event:
        first, last = sorted((event.first_day, event.last_day))
        return Event(event.name, first, last)

    one, others = in_order(one), [in_order(each) for each in others]
    assert overlapping(one, others) == [each for each in others if days(each) & days(one)]


def test_what_taking_over_does() -> None:
    first, last = date(2027, 1, 1), date(2027, 1, 9)
    typed, taken = Event("A", first, last), Event("B", first, last, "x")
    there_are = [typed, taken]
    assert standing(Event("A", first, last, "y"), there_are) == (Standing.THERE, typed)
    assert standing(Event("B", first, last, "x"), there_are) == (Standing.THERE, taken)
    assert standing(Event("B", first, first, "x"), there_are) == (Standing.CHANGED, taken)
    assert standing(Event("A", first, last, "x"), there_are) == (Standing.CHANGED, taken)
    assert standing(Event("A", first, first, "y"), there_are) == (Standing.NEW, None)


@given(st.lists(EVENTS, max_size=8), st.lists(EVENTS, max_size=8))
def test_the_same_calendar_twice_changes_nothing_and_nothing_is_there_twice(
    before: list[Event], events: list[Event]
) -> None:
    def after(stored: dict[uuid.UUID, Event], taken: list[Event]) -> dict[uuid.UUID, Event]:
        plan = take_over(stored, taken)
        return stored | dict(plan.changed) | {uuid.uuid4(): each for each in plan.new}

    # As it could be in the table.
    stored = after({}, before)
    once = after(stored, events)
    words = [(each.name, each.first_day, each.last_day) for each in once.values()]
    assert len(words) == len(set(words))
    sources = [each.source for each in once.values() if each.source]
    assert len(sources) == len(set(sources))
    assert set(stored) <= set(once)
    by_source = {each.source: each for each in events}
    if len(by_source) == len(events):
        assert sorted(after(once, events).values(), key=repr) == sorted(once.values(), key=repr)


@pytest.mark.parametrize("name", ["Kerstvakantie", "MEIVAKANTIE", "Spring break", "Lesvrije dag"])
def test_a_break_is_known_by_its_name(name: str) -> None:
    assert looks_like_break(name)
    assert not looks_like_break("Rapportvergadering")
