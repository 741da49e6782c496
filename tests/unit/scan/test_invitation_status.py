"""Where a request for feedback stands, whatever happened to it and whenever one looks."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from zetwpo.scan.feedback.rules import (
    KEPT_AFTER_CLOSING,
    InvitationState,
    InvitationStatus,
    is_possible_share_day,
)

NOW = datetime(2027, 3, 3, 12, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)
PAST, FUTURE = NOW - timedelta(days=1), NOW + timedelta(days=1)
NEVER_OR_BEFORE = (None, PAST)
WHENEVER = (PAST, NOW, FUTURE)
ALL = [
    InvitationState(*times)
    for times in product(
        WHENEVER,
        NEVER_OR_BEFORE,
        NEVER_OR_BEFORE,
        (None, *WHENEVER),
        (None, *WHENEVER),
        NEVER_OR_BEFORE,
    )
]


def state(
    expires_at: datetime = FUTURE,
    withdrawn_at: datetime | None = None,
    declined_at: datetime | None = None,
    share_from: datetime | None = None,
    held_from: datetime | None = None,
    retracted_at: datetime | None = None,
) -> InvitationState:
    return InvitationState(
        expires_at, withdrawn_at, declined_at, share_from, held_from, retracted_at
    )


def test_what_was_withdrawn_stays_so_whatever_else_happened() -> None:
    withdrawn = [each for each in ALL if each.withdrawn_at]
    assert {each.status(NOW) for each in withdrawn} == {InvitationStatus.WITHDRAWN}


@pytest.mark.parametrize("share_from", [PAST, NOW])
@pytest.mark.parametrize("declined_at", NEVER_OR_BEFORE)
@pytest.mark.parametrize("expires_at", WHENEVER)
def test_what_was_shared_stays_so_also_when_the_time_to_answer_is_over(
    expires_at: datetime, declined_at: datetime | None, share_from: datetime
) -> None:
    found = state(expires_at, declined_at=declined_at, share_from=share_from)
    assert found.status(NOW) is InvitationStatus.SHARED


@pytest.mark.parametrize("expires_at", WHENEVER)
def test_a_day_to_come_is_planned_also_when_the_time_to_answer_is_over(
    expires_at: datetime,
) -> None:
    assert state(expires_at, share_from=FUTURE).status(NOW) is InvitationStatus.PLANNED


@pytest.mark.parametrize("expires_at", WHENEVER)
@pytest.mark.parametrize("share_from", WHENEVER)
def test_what_was_retracted_stays_so_and_its_supervisor_goes_on_seeing_that(
    expires_at: datetime, share_from: datetime
) -> None:
    found = state(expires_at, share_from=share_from, retracted_at=PAST)
    assert found.status(NOW) is InvitationStatus.RETRACTED
    assert found.is_for_supervisor(NOW + timedelta(days=1000))
    assert not found.leads_on(NOW)


def test_a_plan_that_is_put_on_hold_is_open_until_its_moment_whatever_the_link_says() -> None:
    for expires_at in (PAST, NOW):
        planned = state(expires_at, share_from=FUTURE)
        held = planned.on_hold
        assert held.status(NOW) is InvitationStatus.OPEN
        assert held.status(FUTURE) is InvitationStatus.EXPIRED
        assert held.last_moment == FUTURE - MOMENT == planned.last_moment


def test_a_plan_on_hold_closes_no_sooner_than_the_link() -> None:
    held = state(FUTURE, share_from=PAST).on_hold
    assert held.last_moment == FUTURE - MOMENT
    assert held.status(NOW) is InvitationStatus.OPEN


def test_until_it_is_shared_a_supervisor_sees_a_request_as_long_whatever_becomes_of_it() -> None:
    for days in range(-40, 2):
        expires_at = NOW + timedelta(days=days)
        unknown = [
            state(expires_at, declined_at=declined, share_from=planned, held_from=held)
            for declined, planned, held in product(NEVER_OR_BEFORE, (None, FUTURE), (None, FUTURE))
        ]
        assert len({each.is_for_supervisor(NOW) for each in unknown}) == 1


def test_the_link_leads_on_while_it_does_more_than_tell_how_it_ended() -> None:
    for each in ALL:
        expected = {
            InvitationStatus.OPEN: True,
            InvitationStatus.PLANNED: True,
            InvitationStatus.SHARED: True,
            InvitationStatus.DECLINED: each.expires_at > NOW,
        }
        assert each.leads_on(NOW) == expected.get(each.status(NOW), False)


def test_the_address_is_kept_until_thirty_days_after_the_later_of_the_two() -> None:
    assert state(NOW).address_kept_until == NOW + KEPT_AFTER_CLOSING
    assert state(NOW, share_from=PAST).address_kept_until == NOW + KEPT_AFTER_CLOSING
    assert state(NOW, share_from=FUTURE).address_kept_until == FUTURE + KEPT_AFTER_CLOSING


@pytest.mark.parametrize("expires_at", WHENEVER)
def test_who_declined_has_declined_until_they_share(expires_at: datetime) -> None:
    assert state(expires_at, declined_at=PAST).status(NOW) is InvitationStatus.DECLINED


def test_a_request_is_open_until_the_moment_at_which_it_expires() -> None:
    assert state(NOW + MOMENT).status(NOW) is InvitationStatus.OPEN
    assert state(NOW).status(NOW) is InvitationStatus.EXPIRED
    assert state(NOW - MOMENT).status(NOW) is InvitationStatus.EXPIRED


def test_what_is_planned_is_shared_from_that_moment_on() -> None:
    planned = state(share_from=NOW)
    assert planned.status(NOW - MOMENT) is InvitationStatus.PLANNED
    assert planned.status(NOW) is InvitationStatus.SHARED


def test_the_author_may_write_while_it_is_open_or_planned() -> None:
    for each in ALL:
        is_over = each.withdrawn_at or each.retracted_at
        is_planned = each.share_from is not None and each.share_from > NOW
        is_in_time = any(moment and moment > NOW for moment in (each.expires_at, each.held_from))
        is_open = each.share_from is None and not each.declined_at and is_in_time
        assert each.may_write(NOW) == (not is_over and (is_planned or is_open))


def test_the_author_may_write_until_the_last_moment_and_not_after_it() -> None:
    assert state(NOW + MOMENT).may_write(NOW)
    assert not state(NOW).may_write(NOW)
    assert state(share_from=NOW + MOMENT).may_write(NOW)
    assert state(PAST, share_from=NOW + MOMENT).may_write(NOW)
    assert not state(share_from=NOW).may_write(NOW)


def test_what_is_not_shared_now_can_be_shared_later_while_the_link_works() -> None:
    for each in ALL:
        expected = not each.withdrawn_at and each.expires_at > NOW
        assert each.may_start_again(NOW) == expected


@pytest.mark.parametrize(
    ("days", "possible"), [(-1, False), (0, False), (1, True), (366, True), (367, False)]
)
def test_a_day_to_share_lies_after_today_and_within_a_year(days: int, possible: bool) -> None:
    today = date(2027, 3, 3)
    assert is_possible_share_day(today + timedelta(days=days), today) is possible


@pytest.mark.parametrize("year", [2027, 2028])
def test_the_same_day_next_year_is_within_a_year(year: int) -> None:
    assert is_possible_share_day(date(year + 1, 2, 28), date(year, 2, 28))
