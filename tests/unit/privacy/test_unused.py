"""When an account that nobody uses goes."""

from datetime import UTC, datetime, timedelta

import pytest

from zetwpo.privacy.rules import NOTICE_MONTHS, SHORTEST_NOTICE, SURELY_USED, Unused, months_after

DAY = timedelta(days=1)
USED = datetime(2027, 1, 15, 9, 30, tzinfo=UTC)
NOTICE_DUE = datetime(2028, 11, 15, 9, 30, tzinfo=UTC)
END = datetime(2029, 1, 15, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2027-01-15", 24, "2029-01-15"),
        ("2027-03-31", 22, "2029-01-31"),
        ("2027-12-31", 2, "2028-02-29"),
        ("2028-02-29", 24, "2030-02-28"),
        ("2027-12-01", 12, "2028-12-01"),
    ],
)
def test_months_are_those_of_the_calendar(day: str, months: int, later: str) -> None:
    assert months_after(datetime.fromisoformat(day), months).date().isoformat() == later


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
    assert months_after(used, NOTICE_MONTHS) > used + SURELY_USED
