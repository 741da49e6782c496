"""When a new address may take the place of the old one."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo import clock
from zetwpo.accounts.address_change.rules import (
    OWNER_MAY_STOP,
    Asked,
    Confirm,
    link_lasts,
    masked,
)

MOMENT = datetime(2027, 3, 1, 12, tzinfo=clock.UTC)


def asked(*, is_own: bool, has_signed_in: bool, partnerships: int) -> Asked:
    ends = MOMENT + link_lasts(is_own=is_own)
    return Asked(MOMENT, ends, is_own, has_signed_in, partnerships)


@pytest.mark.parametrize(
    ("is_own", "has_signed_in", "partnerships", "confirm"),
    [
        (True, True, 1, Confirm.SIGNED_IN),
        (True, True, 0, Confirm.SIGNED_IN),
        (True, False, 1, Confirm.SIGNED_IN),
        (False, False, 1, Confirm.LINK),
        (False, False, 0, Confirm.LINK),
        (False, True, 1, Confirm.SIGNED_IN_OR_LATER),
        # What one partnership may not decide about another.
        (False, False, 2, Confirm.SIGNED_IN),
        (False, True, 2, Confirm.SIGNED_IN),
    ],
)
def test_what_it_takes_to_confirm(
    is_own: bool, has_signed_in: bool, partnerships: int, confirm: Confirm
) -> None:
    change = asked(is_own=is_own, has_signed_in=has_signed_in, partnerships=partnerships)
    assert change.confirm is confirm


def test_the_wish_of_whoever_is_no_administrator_any_more_needs_its_owner() -> None:
    wished = asked(is_own=False, has_signed_in=False, partnerships=1)
    assert replace(wished, is_backed=False).confirm is Confirm.SIGNED_IN


WAITS = st.timedeltas(timedelta(0), timedelta(days=30))


@given(st.booleans(), st.booleans(), st.integers(0, 3), WAITS)
def test_without_signing_in_an_account_with_something_in_it_changes_hands_after_a_week_at_least(
    is_own: bool, has_signed_in: bool, partnerships: int, later: timedelta
) -> None:
    change = asked(is_own=is_own, has_signed_in=has_signed_in, partnerships=partnerships)
    if not change.may_confirm(MOMENT + later, is_signed_in=False):
        return
    assert not is_own
    assert partnerships <= 1
    assert later >= OWNER_MAY_STOP or not has_signed_in


@given(st.booleans(), st.booleans(), st.integers(0, 3), WAITS)
def test_whoever_is_signed_in_confirms_as_long_as_the_link_works(
    is_own: bool, has_signed_in: bool, partnerships: int, later: timedelta
) -> None:
    change = asked(is_own=is_own, has_signed_in=has_signed_in, partnerships=partnerships)
    works = change.link_works(MOMENT + later)
    assert works == (later < link_lasts(is_own=is_own))
    assert change.may_confirm(MOMENT + later, is_signed_in=True) == works


def test_there_is_time_to_confirm_after_the_week() -> None:
    change = asked(is_own=False, has_signed_in=True, partnerships=1)
    assert not change.may_confirm(
        MOMENT + OWNER_MAY_STOP - timedelta.resolution, is_signed_in=False
    )
    assert change.may_confirm(MOMENT + OWNER_MAY_STOP, is_signed_in=False)
    assert link_lasts(is_own=False) >= 2 * OWNER_MAY_STOP


def test_an_address_is_known_by_its_owner_alone() -> None:
    assert masked("olga.owner@school.example") == "o… (school.example)"
    assert masked("o@school.example") == "o… (school.example)"
