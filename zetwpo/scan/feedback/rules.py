"""Rules of asking and giving feedback, without a database or a clock."""

import enum
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

# Long enough for a placement period, short enough to remember why (trust: keep-until).
INVITATION_LASTS = timedelta(weeks=6)
# No supervisor has so many students, and no student has to be asked so often: who does this, or
# lets a program do it, bothers people. What was withdrawn counts too.
DAY = timedelta(days=1)
MOST_ASKED = 40
MOST_ASKED_OF_ONE = 6
# Whoever asks for it, a link is sent again no sooner than this.
SENT_AGAIN_EVERY = timedelta(minutes=15)
# Who asked for a lost link does not wait for longer.
LOST_LINK_WAITS = timedelta(days=1)
LATEST_SHARE = timedelta(days=366)
# Trust, keep-until: unreleased feedback and invited addresses, after the round closes.
KEPT_AFTER_CLOSING = timedelta(days=30)


class InvitationStatus(enum.Enum):
    """How things stand, for the one who was asked.

    Nobody else sees more than SHARED, and RETRACTED after it.
    """

    OPEN = "open"
    PLANNED = "planned"
    SHARED = "shared"
    RETRACTED = "retracted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True)
class InvitationState:
    """What happened to an invitation so far."""

    expires_at: datetime
    withdrawn_at: datetime | None
    declined_at: datetime | None
    share_from: datetime | None
    # The moment of a plan that was put on hold.
    held_from: datetime | None = None
    retracted_at: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        """When an open form closes: with the link, or at a moment for which it was planned."""
        return max(self.expires_at, self.held_from or self.expires_at)

    @property
    def last_moment(self) -> datetime:
        """Until when its author can change something: what is planned is shared by itself."""
        return (self.share_from or self.ends_at) - timedelta.resolution

    @property
    def address_kept_until(self) -> datetime:
        """Until when the link to what was shared can be sent again (trust: keep-until)."""
        return max(self.expires_at, self.share_from or self.expires_at) + KEPT_AFTER_CLOSING

    @property
    def on_hold(self) -> "InvitationState":
        """The same after its author changed something that no preview has shown."""
        return replace(self, share_from=None, held_from=self.share_from)

    def status(self, now: datetime) -> InvitationStatus:
        """Where this stands at a moment."""
        if self.withdrawn_at:
            return InvitationStatus.WITHDRAWN
        if self.retracted_at:
            return InvitationStatus.RETRACTED
        if self.share_from:
            return InvitationStatus.SHARED if self.share_from <= now else InvitationStatus.PLANNED
        if self.declined_at:
            return InvitationStatus.DECLINED
        return InvitationStatus.OPEN if now < self.ends_at else InvitationStatus.EXPIRED

    def may_write(self, now: datetime) -> bool:
        """True while the author may change the answers or the day.

        What is or was planned stays the author's until its day, also when the link's time is over.
        """
        return self.status(now) in {InvitationStatus.OPEN, InvitationStatus.PLANNED}

    def leads_on(self, now: datetime) -> bool:
        """True where the link does more than tell how it ended."""
        status = self.status(now)
        is_declined = status is InvitationStatus.DECLINED
        return (
            self.may_write(now)
            or status is InvitationStatus.SHARED
            or (is_declined and self.may_start_again(now))
        )

    def may_start_again(self, now: datetime) -> bool:
        """True where what is not shared now can still be shared later."""
        return not self.withdrawn_at and now < self.expires_at

    def is_for_supervisor(self, now: datetime) -> bool:
        """True while the supervisor sees this request: once shared, or not yet long closed.

        By the clock and not by what was tidied up: what is planned for later is kept for its
        author, and that it is must not show.
        """
        closed_at = min(filter(None, (self.expires_at, self.withdrawn_at)))
        was_shared = self.status(now) in {InvitationStatus.SHARED, InvitationStatus.RETRACTED}
        return was_shared or now < closed_at + KEPT_AFTER_CLOSING


def is_possible_share_day(day: date, today: date) -> bool:
    """True for a day after today, at most a year ahead."""
    return today < day <= today + LATEST_SHARE
