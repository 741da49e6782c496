"""The days on which schools all over the country are closed."""

from datetime import date

import pytest

from zetwpo.cycle.meetings.holidays import holiday_on
from zetwpo.i18n import writing_in


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2027, 1, 1), "Nieuwjaarsdag"),
        (date(2027, 3, 26), "Goede vrijdag"),
        (date(2027, 3, 29), "Tweede paasdag"),
        (date(2027, 4, 27), "Koningsdag"),
        # On a Sunday it is the day before.
        (date(2025, 4, 26), "Koningsdag"),
        (date(2025, 4, 27), ""),
        # Each year, and not each fifth.
        (date(2027, 5, 5), "Bevrijdingsdag"),
        (date(2027, 5, 6), "Hemelvaartsdag"),
        (date(2027, 5, 17), "Tweede pinksterdag"),
        (date(2027, 12, 25), "Eerste kerstdag"),
        (date(2027, 12, 26), "Tweede kerstdag"),
        # People are at school.
        (date(2027, 5, 4), ""),
        (date(2027, 12, 5), ""),
        (date(2027, 12, 31), ""),
        # Long before there were any.
        (date(1, 1, 1), ""),
        (date.max, ""),
    ],
)
def test_holidays_have_a_name(day: date, name: str) -> None:
    assert holiday_on(day) == name


def test_their_names_are_in_the_language_of_the_page() -> None:
    with writing_in("en"):
        assert holiday_on(date(2027, 3, 26)) == "Good Friday"
