"""When an account that nobody uses goes, without a database or a clock (trust: keep-until)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta

KEPT_MONTHS = 24
# Two months before the end.
NOTICE_MONTHS = KEPT_MONTHS - 2
SHORTEST_NOTICE = timedelta(weeks=6)
# No account is due for its notice that was used within this time.
SURELY_USED = timedelta(days=NOTICE_MONTHS * 28)


def months_after(moment: datetime, months: int) -> datetime:
    """The same day of a later month, or the last one of a month that is shorter."""
    years, month = divmod(moment.month - 1 + months, 12)
    year = moment.year + years
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


@dataclass(frozen=True)
class Unused:
    """An account since its last sign-in; since it was made where nobody ever signed in.

    A notice counts for this stretch alone: signing in begins another one.
    """

    last_used_at: datetime
    notice_sent_at: datetime | None = None

    def needs_notice(self, now: datetime) -> bool:
        """True from two months before the end, until there was one."""
        due = months_after(self.last_used_at, NOTICE_MONTHS)
        return self.notice_sent_at is None and due <= now

    def goes_at(self, told_at: datetime) -> datetime:
        """When it goes if its owner was told at this moment."""
        return max(months_after(self.last_used_at, KEPT_MONTHS), told_at + SHORTEST_NOTICE)

    def may_go(self, now: datetime) -> bool:
        """True when its time is up and its owner has known for long enough."""
        return self.notice_sent_at is not None and self.goes_at(self.notice_sent_at) <= now
