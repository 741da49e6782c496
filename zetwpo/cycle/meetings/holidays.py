"""The days on which schools all over the Netherlands are closed."""

from datetime import date
from functools import cache

from holidays import OPTIONAL, PUBLIC, HolidayBase, country_holidays

from zetwpo.i18n import Language, language

_LANGUAGES: dict[Language, str] = {"nl": "nl", "en": "en_US"}


def holiday_on(day: date) -> str:
    """What this day is called where it is a holiday, in the language of the page; else empty.

    All public holidays, with two that not every employer gives. On Good Friday nearly every school
    is closed, and those that are not run short. On Liberation Day each school decides, so that in a
    partnership some are closed each year, and not only in those that end in 0 or 5. Whoever meets
    on such a day does without people; whoever avoids it loses a week at most.
    """
    return str(_holidays(day.year, language()).get(day) or "")


@cache
def _holidays(year: int, chosen: Language) -> HolidayBase:
    # A year at a time and complete from the start: one that grows while it is asked answers
    # another thread from half a year.
    return country_holidays(
        "NL",
        categories=(PUBLIC, OPTIONAL),
        language=_LANGUAGES[chosen],
        years=year,
        expand=False,
    )
