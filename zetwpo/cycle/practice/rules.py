"""Rules of a practice note, without a database or a clock."""

from datetime import date

# Before there was any trajectory: a year with a slip in it.
EARLIEST = date(2020, 1, 1)
NAMES = ("text", "day")


def read_day(text: str, today: date) -> date:
    """The day that a note is about: today, or before.

    As browsers send it, '2027-03-03'. Raises ValueError for another.
    """
    day = date.fromisoformat(text)
    if not EARLIEST <= day <= today:
        raise ValueError("no day that has been")
    return day
