"""Rules of a practice note, without a database or a clock."""

from datetime import date

# Before there was any trajectory: a year with a slip in it.
EARLIEST = date(2020, 1, 1)
NAMES = ("text", "day")


def has_been(day: date, today: date) -> bool:
    """True for a day that a note can be about: today, or before."""
    return EARLIEST <= day <= today
