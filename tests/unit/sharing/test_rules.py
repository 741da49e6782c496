"""How long something is open."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zetwpo.clock import AMSTERDAM, end_of
from zetwpo.sharing.rules import LONGEST, Term, is_possible_last_day

DAYS = st.dates(date(2026, 1, 1), date(2040, 1, 1))
MOMENTS = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001 (hypothesis wants it without)
    datetime(2040, 1, 1),  # noqa: DTZ001
    timezones=st.just(AMSTERDAM),
)


@given(MOMENTS, MOMENTS, DAYS)
def test_what_is_taken_back_is_closed_whatever_its_day(
    opened: datetime, now: datetime, day: date
) -> None:
    assert not Term(opened, end_of(day), taken_back_at=opened).is_open(now)
    assert not Term(opened, None, taken_back_at=opened).is_open(now)


@given(MOMENTS, MOMENTS)
def test_without_a_day_it_stays_open(opened: datetime, now: datetime) -> None:
    assert Term(opened).is_open(now)


@given(MOMENTS, DAYS)
def test_it_is_open_to_the_end_of_the_day_in_dutch_time(opened: datetime, day: date) -> None:
    until = end_of(day)
    assert Term(opened, until).is_open(until)
    assert not Term(opened, until).is_open(until + timedelta.resolution)
    last = until.astimezone(AMSTERDAM)
    assert (last.date(), last.hour, last.minute) == (day, 23, 59)


@given(DAYS, DAYS)
def test_a_last_day_is_today_or_later_and_at_most_a_year_ahead(day: date, today: date) -> None:
    assert is_possible_last_day(day, today) == (today <= day <= today + LONGEST)


@given(DAYS)
def test_today_is_the_first_last_day(today: date) -> None:
    assert is_possible_last_day(today, today)
    assert not is_possible_last_day(today - timedelta(days=1), today)
    assert not is_possible_last_day(today + timedelta(days=367), today)
