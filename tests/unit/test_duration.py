"""How long something lasts, in words."""

from datetime import timedelta

import pytest

from zetwpo.i18n import Language, duration, months, writing_in


@pytest.mark.parametrize(
    ("length", "dutch", "english"),
    [
        (timedelta(minutes=10), "10 minuten", "10 minutes"),
        (timedelta(hours=2), "2 uur", "2 hours"),
        (timedelta(hours=24), "1 dag", "1 day"),
        (timedelta(days=30), "30 dagen", "30 days"),
        (timedelta(days=7), "1 week", "1 week"),
        (timedelta(weeks=6), "6 weken", "6 weeks"),
        (timedelta(days=365), "12 maanden", "12 months"),
        (timedelta(hours=36), "36 uur", "36 hours"),
    ],
)
def test_it_is_said_in_the_largest_unit_of_which_it_is_a_whole_number(
    length: timedelta, dutch: str, english: str
) -> None:
    words: dict[Language, str] = {"nl": dutch, "en": english}
    for language, expected in words.items():
        with writing_in(language):
            assert duration(length) == expected


def test_months_are_counted() -> None:
    with writing_in("nl"):
        assert [months(count) for count in (1, 24)] == ["1 maand", "24 maanden"]
