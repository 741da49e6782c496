"""What becomes of an invitation, without a database or a clock."""

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta

LASTS = timedelta(weeks=6)
# After it is over; then the name and the address go.
KEPT_AFTER = timedelta(days=30)
# Of one trajectory in a day, and of one facilitator to one mailbox.
MOST_SENT = "60 per day"
MOST_TO_ONE = "3 per day"


class Status(enum.StrEnum):
    """Where an invitation is, for whoever sent it and whoever got it."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True)
class State:
    """What happened to an invitation."""

    expires_at: datetime
    accepted_at: datetime | None = None
    declined_at: datetime | None = None
    withdrawn_at: datetime | None = None

    def status(self, now: datetime) -> Status:
        """Where it is at this moment. Accepting counts, whatever came after it."""
        if self.accepted_at:
            return Status.ACCEPTED
        if self.withdrawn_at:
            return Status.WITHDRAWN
        if self.declined_at:
            return Status.DECLINED
        return Status.OPEN if now <= self.expires_at else Status.EXPIRED

    def works(self, now: datetime) -> bool:
        """True where it can be accepted: a no may become a yes for as long as the link works."""
        is_asked = self.status(now) in {Status.OPEN, Status.DECLINED}
        return is_asked and now <= self.expires_at
