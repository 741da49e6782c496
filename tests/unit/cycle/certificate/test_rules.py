"""When a certificate can be claimed, and what it states."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.cycle.certificate.rules import (
    Attended,
    Claim,
    Statement,
    claim,
    differs,
    names_of,
    number_of,
    statement,
)

FIRST = date(2027, 1, 13)
LEADER = {uuid.UUID(int=1): "Fem"}


def state(*minutes: int) -> Statement:
    attended = [
        Attended(FIRST + timedelta(weeks=4 * place), each) for place, each in enumerate(minutes)
    ]
    return statement("Olga", "From supervisor to trainer", "De Linde", attended, LEADER)


@pytest.mark.parametrize(
    ("is_closed", "is_over", "is_noted", "meetings", "expected"),
    [
        (False, False, False, 3, Claim.GOES_ON),
        # What is noted of a meeting that goes on is not the last word.
        (False, False, True, 3, Claim.GOES_ON),
        (False, True, False, 3, Claim.NOT_NOTED),
        (False, True, True, 3, Claim.OPEN),
        (False, True, True, 0, Claim.NEVER_THERE),
        (True, False, False, 1, Claim.OPEN),
        (True, True, False, 1, Claim.OPEN),
        (True, True, True, 0, Claim.NEVER_THERE),
    ],
)
def test_it_can_be_claimed_once_it_is_over_by_whoever_was_there(
    is_closed: bool, is_over: bool, is_noted: bool, meetings: int, expected: Claim
) -> None:
    assert (
        claim(is_closed=is_closed, is_over=is_over, is_noted=is_noted, meetings=meetings)
        == expected
    )


@given(st.lists(st.integers(30, 480), min_size=1, max_size=12))
def test_it_counts_the_meetings_at_which_they_were_to_the_minute(minutes: list[int]) -> None:
    stated = state(*minutes)
    assert (stated.meetings, stated.minutes) == (len(minutes), sum(minutes))
    assert stated.first_day == FIRST
    assert stated.last_day == FIRST + timedelta(weeks=4 * (len(minutes) - 1))


def test_the_period_is_that_of_the_meetings_in_whatever_order_they_come() -> None:
    days = [FIRST + timedelta(days=each) for each in (40, 0, 20)]
    stated = statement("", "", "", [Attended(day, 60) for day in days], {})
    assert (stated.first_day, stated.last_day) == (FIRST, days[0])


def test_what_was_corrected_makes_another_one() -> None:
    claimed = state(180, 180)
    assert not differs(claimed, state(180, 180))
    assert differs(claimed, state(180))
    assert differs(claimed, state(180, 150))
    assert differs(claimed, replace(claimed, name="Olga de Wit"))


def test_who_led_it_is_no_reason_to_claim_it_anew() -> None:
    claimed = state(180)
    assert not differs(claimed, replace(claimed, leaders={}))


def test_two_certificates_can_be_told_apart_on_paper() -> None:
    assert number_of(uuid.UUID("7f3a92c1-0000-4000-8000-000000000000")) == "7F3A-92C1"


def test_who_led_stands_by_name() -> None:
    leaders = {uuid.UUID(int=each): name for each, name in enumerate(("piet", "Anna", "Olga"))}
    assert list(names_of(leaders)) == ["Anna", "Olga", "piet"]
