"""Where a request for feedback stands, whatever happened to it and whenever one looks."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from zetwpo.library.questionnaires import Form
from zetwpo.scan.feedback.rules import (
    AskedRole,
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
    for times in product(WHENEVER, NEVER_OR_BEFORE, NEVER_OR_BEFORE, (None, *WHENEVER))
]


def state(
    expires_at: datetime = FUTURE,
    withdrawn_at: datetime | None = None,
    declined_at: datetime | None = None,
    share_from: datetime | None = None,
) -> InvitationState:
    return InvitationState(expires_at, withdrawn_at, declined_at, share_from)


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
        is_planned = each.share_from is not None and each.share_from > NOW
        is_open = each.share_from is None and not each.declined_at and each.expires_at > NOW
        assert each.may_write(NOW) == (not each.withdrawn_at and (is_planned or is_open))


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


@pytest.mark.parametrize(
    ("role", "form"), [(AskedRole.STUDENT, Form.STUDENT), (AskedRole.SCHOOL_TRAINER, Form.TRAINER)]
)
def test_each_role_fills_in_its_own_form(role: AskedRole, form: Form) -> None:
    assert role.form is form
