"""When an account that nobody uses goes."""

from datetime import UTC, datetime, timedelta

import pytest

from zetwpo.privacy.rules import KEPT, NOTICE_AFTER, SHORTEST_NOTICE, SURELY_USED, Unused

DAY = timedelta(days=1)
USED = datetime(2027, 1, 15, 9, 30, tzinfo=UTC)
NOTICE_DUE = datetime(2028, 11, 15, 9, 30, tzinfo=UTC)
END = datetime(2029, 1, 15, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "notice", "end"),
    [
        ("2027-01-15", "2028-11-15", "2029-01-15"),
        ("2027-03-31", "2029-01-31", "2029-03-31"),
        ("2027-04-30", "2029-02-28", "2029-04-30"),
        ("2026-04-30", "2028-02-29", "2028-04-30"),
        ("2028-02-29", "2029-12-29", "2030-02-28"),
    ],
)
def test_months_are_those_of_the_calendar(day: str, notice: str, end: str) -> None:
    used = datetime.fromisoformat(day)
    assert (used + NOTICE_AFTER).date().isoformat() == notice
    assert (used + KEPT).date().isoformat() == end


def test_the_notice_is_due_two_months_before_the_end_and_once() -> None:
    assert not Unused(USED).needs_notice(NOTICE_DUE - DAY)
    assert Unused(USED).needs_notice(NOTICE_DUE)
    assert Unused(USED).needs_notice(END + 100 * DAY)
    assert not Unused(USED, NOTICE_DUE).needs_notice(END)


def test_it_goes_at_the_end_of_its_term() -> None:
    account = Unused(USED, NOTICE_DUE)
    assert account.goes_at(NOTICE_DUE) == END
    assert not account.may_go(END - DAY)
    assert account.may_go(END)


def test_it_never_goes_without_a_notice_nor_soon_after_one() -> None:
    assert not Unused(USED).may_go(END + 1000 * DAY)
    late = END + 10 * DAY
    account = Unused(USED, late)
    assert account.goes_at(late) == late + SHORTEST_NOTICE
    assert not account.may_go(late + SHORTEST_NOTICE - DAY)
    assert account.may_go(late + SHORTEST_NOTICE)


@pytest.mark.parametrize("month", range(1, 13))
def test_whoever_is_not_looked_at_needs_no_notice(month: int) -> None:
    used = datetime(2027, month, 1, tzinfo=UTC)
    assert used + NOTICE_AFTER > used + SURELY_USED
