"""When a mail may leave, without a database or a clock."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from zetwpo.clock import AMSTERDAM, dutch

# A worker that has not reported back after this long has died.
CLAIM_LASTS = timedelta(minutes=5)
TEXT_KEPT = timedelta(days=7)
FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=6)
# With growing pauses this is about three days.
MOST_ATTEMPTS = 20


@dataclass(frozen=True)
class DecentHours:
    """The hours of the day, Dutch time, in which a mail may come in unasked."""

    from_hour: int
    until_hour: int

    def earliest(self, wanted: datetime) -> datetime:
        """The first moment from `wanted` on at which sending is decent."""
        local = dutch(wanted)
        if self.from_hour <= local.hour < self.until_hour:
            return wanted
        day = local.date() + timedelta(days=1 if local.hour >= self.until_hour else 0)
        return datetime.combine(day, time(self.from_hour), AMSTERDAM).astimezone(wanted.tzinfo)


@dataclass(frozen=True)
class Terms:
    """What a mail asks of the moment at which it leaves."""

    at_decent_hours: bool = False
    # From this moment on nobody is helped by it; None where that never comes.
    useful_until: datetime | None = None

    def earliest(self, wanted: datetime, hours: DecentHours) -> datetime | None:
        """The first moment from `wanted` on at which it may leave; None where that is too late."""
        leaves = hours.earliest(wanted) if self.at_decent_hours else wanted
        return None if self.useful_until and leaves >= self.useful_until else leaves


AT_ANY_TIME = Terms()


def retry_after(attempts: int) -> timedelta:
    """How long to wait after this many failed attempts (1 and up)."""
    doubled: timedelta = FIRST_RETRY * 2 ** (attempts - 1)
    return min(doubled, LONGEST_RETRY)
