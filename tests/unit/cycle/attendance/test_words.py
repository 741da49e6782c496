"""How long somebody was there, in words."""

import pytest

from zetwpo.cycle.attendance.words import hours
from zetwpo.i18n import Language, writing_in


@pytest.mark.parametrize(
    ("minutes", "dutch", "english"),
    [
        (30, "een half uur", "half an hour"),
        (45, "45 minuten", "45 minutes"),
        (60, "1 uur", "1 hour"),
        (61, "1 uur en 1 minuut", "1 hour and 1 minute"),
        (90, "anderhalf uur", "one and a half hours"),
        (180, "3 uur", "3 hours"),
        (810, "13 en een half uur", "13 and a half hours"),
        (1030, "17 uur en 10 minuten", "17 hours and 10 minutes"),
    ],
)
def test_hours_are_said_to_the_minute(minutes: int, dutch: str, english: str) -> None:
    said: dict[Language, str] = {"nl": dutch, "en": english}
    for language, words in said.items():
        with writing_in(language):
            assert hours(minutes) == words
