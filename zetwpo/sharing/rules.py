"""How long something is open, without a database or a clock."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

# For a slip in the year; whoever wants longer leaves the day out.
LONGEST = relativedelta(years=1)
# How long it is known that something was open, once it is not any more.
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Term:
    """From when to when something is open: to the end of a day, or until it is taken back."""

    opened_at: datetime
    # The last moment of a day; None where its owner chose none.
    until: datetime | None = None
    taken_back_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """True from opening it on, the last moment of its last day included."""
        return self.taken_back_at is None and (self.until is None or now <= self.until)


def is_possible_last_day(day: date, today: date) -> bool:
    """True for today and a day after it, at most a year ahead."""
    return today <= day <= today + LONGEST
