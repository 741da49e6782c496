"""A plan stays small: what the page says of it, and who reads it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.cycle.audience.rules import EACH_MOMENT, Audience
from zetwpo.cycle.plans.rules import (
    FITS_IN_A_WEEK,
    MOST_MINUTES,
    NAMES,
    NEXT,
    Hint,
    Plan,
    Status,
    audiences,
    hints,
    is_open,
    plan_of,
    read_minutes,
    things_in,
)

NOON = datetime(2027, 3, 3, 12, tzinfo=UTC)
ONE = "I ask one more question before I answer."


def said(what: str = ONE, minutes: int | None = 30) -> list[Hint]:
    return list(hints(Plan(what, "Tuesday", "My student speaks more", minutes)))


def test_a_small_plan_needs_no_words() -> None:
    assert said() == []
    assert said(minutes=FITS_IN_A_WEEK) == []


def test_more_than_an_hour_a_week_is_said() -> None:
    assert said(minutes=FITS_IN_A_WEEK + 1) == [Hint.TOO_MUCH_TIME]


def test_a_plan_without_a_time_is_asked_for_it() -> None:
    assert said(minutes=None) == [Hint.NO_TIME]
    assert said(minutes=0) == []


def test_an_empty_plan_is_asked_nothing() -> None:
    assert list(hints(Plan())) == []


@pytest.mark.parametrize(
    "text",
    ["- one\n- two", "1. one\n2. two", "First:\n* one\n• two\nand that is it", "1) one\r\n2) two"],
)
def test_a_list_is_several_things(text: str) -> None:
    assert things_in(text) == 2
    assert said(text) == [Hint.SEVERAL_THINGS]


@pytest.mark.parametrize(
    "text",
    [ONE, "- one", "Two lines\nof one thing", "In 2027. I try", "2-3 times", "-", "a - b - c", ""],
)
def test_what_is_no_list_is_one_thing(text: str) -> None:
    assert things_in(text) == 1


@given(st.text(), st.none() | st.integers(0, MOST_MINUTES))
def test_each_hint_stands_there_once_at_most(what: str, minutes: int | None) -> None:
    found = said(what, minutes)
    assert len(found) == len(set(found))


@given(st.text(), st.text(), st.text(), st.none() | st.integers(0, MOST_MINUTES))
def test_a_plan_is_what_its_fields_say(what: str, at: str, sign: str, minutes: int | None) -> None:
    plan = Plan(what, at, sign, minutes)
    assert tuple(plan.fields) == NAMES
    assert plan_of(plan.fields) == plan


@pytest.mark.parametrize("text", ["-1", "1.5", "an hour", "2401", "99999", "²", "٣", " 5", "5\n"])
def test_what_is_no_number_of_minutes_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no minutes"):
        read_minutes(text)


def test_every_status_has_a_way_on_and_none_leads_to_itself() -> None:
    assert set(NEXT) == set(Status)
    assert all(ways and status not in ways for status, ways in NEXT.items())


def test_a_plan_is_closed_until_its_author_opens_it() -> None:
    assert audiences(Status.WRITING, None) == {}
    assert audiences(Status.WRITING, NOON) == {Audience.GROUP: NOON}


@pytest.mark.parametrize("status", [Status.GOING, Status.DONE])
def test_a_pair_sees_a_plan_that_is_no_draft_any_more(status: Status) -> None:
    by_pair = {Audience.PAIR: EACH_MOMENT}
    assert audiences(status, None) == by_pair
    assert audiences(status, NOON) == by_pair | {Audience.GROUP: NOON}


@pytest.mark.parametrize("status", Status)
def test_a_plan_is_open_from_its_first_word_until_it_is_tried_or_let_go(status: Status) -> None:
    at_it = {Status.WRITING, Status.GOING}
    assert is_open(Plan(sign="They ask."), status) is (status in at_it)
    assert not is_open(Plan(), status)


def test_letting_a_draft_go_opens_it_to_nobody() -> None:
    assert audiences(Status.LET_GO, None) == {}
    assert audiences(Status.LET_GO, NOON) == {Audience.GROUP: NOON}
