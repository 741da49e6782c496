"""When an account that nobody uses goes, without a database or a clock (trust: keep-until)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta

# In months of the calendar: the same day of a later month, or the last one of a shorter month.
KEPT = relativedelta(months=24)
NOTICE_AFTER = relativedelta(months=22)
SHORTEST_NOTICE = timedelta(weeks=6)
# No account is due for its notice that was used within this time.
SURELY_USED = timedelta(days=22 * 28)


@dataclass(frozen=True)
class Unused:
    """An account since its last sign-in; since it was made where nobody ever signed in.

    A notice counts for this stretch alone: signing in begins another one.
    """

    last_used_at: datetime
    notice_sent_at: datetime | None = None

    def needs_notice(self, now: datetime) -> bool:
        """True from two months before the end, until there was one."""
        return self.notice_sent_at is None and self.last_used_at + NOTICE_AFTER <= now

    def goes_at(self, told_at: datetime) -> datetime:
        """When it goes if its owner was told at this moment."""
        return max(self.last_used_at + KEPT, told_at + SHORTEST_NOTICE)

    def may_go(self, now: datetime) -> bool:
        """True when its time is up and its owner has known for long enough."""
        return self.notice_sent_at is not None and self.goes_at(self.notice_sent_at) <= now
