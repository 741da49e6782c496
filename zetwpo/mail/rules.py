"""When a mail may leave, and what its not leaving means, without a database or a clock."""

import enum
import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from zetwpo.clock import AMSTERDAM, dutch

# From the claim until the mail server has answered; a slower one is cut off.
LONGEST_SEND = timedelta(seconds=30)
# A worker that has not reported back after this long has died. Longer than a send can take, and
# short: somebody may be waiting.
CLAIM_LASTS = timedelta(seconds=50)
TEXT_KEPT = timedelta(days=7)
# Longer than any page tells of it: a request for feedback shows for six weeks and thirty days.
FAILURE_KEPT = timedelta(weeks=11)

HOURS_OF_A_DAY = 24

FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=6)
# With growing pauses this is about three days.
MOST_ATTEMPTS = 20
# For whom sits waiting.
FIRST_URGENT_RETRY = timedelta(seconds=5)
LONGEST_URGENT_RETRY = timedelta(seconds=15)
# Between looks at a mail server that takes in nothing, from nobody.
FIRST_LOOK = timedelta(seconds=1)
LONGEST_LOOK = timedelta(minutes=2)


class Failure(enum.StrEnum):
    """Why a mail will never leave. The words of a mail server are kept nowhere."""

    UNKNOWN_ADDRESS = "unknown_address"
    MAILBOX_FULL = "mailbox_full"
    REFUSED = "refused"
    UNWRITABLE = "unwritable"
    OTHER = "other"
    GAVE_UP = "gave_up"


@dataclass(frozen=True)
class DecentHours:
    """The hours of the day, Dutch time, in which a mail may come in unasked."""

    from_hour: int
    until_hour: int

    @property
    def are_all(self) -> bool:
        """True where any hour will do."""
        return self.from_hour == 0 and self.until_hour == HOURS_OF_A_DAY

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
    # Somebody sits waiting for it: it goes before others, and is tried again within seconds.
    is_urgent: bool = False
    # None where it may leave as soon as it is queued.
    not_before: datetime | None = None

    def earliest(self, wanted: datetime, hours: DecentHours) -> datetime | None:
        """The first moment from `wanted` on at which it may leave; None where that is too late."""
        leaves = hours.earliest(wanted) if self.at_decent_hours else wanted
        return None if self.useful_until and leaves >= self.useful_until else leaves

    def may_try_again(self, attempts: int) -> bool:
        """False after so many failed attempts that another one makes no sense.

        What is urgent and of use for a while only is tried for as long as that.
        """
        ends_by_itself = self.is_urgent and self.useful_until is not None
        return ends_by_itself or attempts < MOST_ATTEMPTS

    def retry_after(self, attempts: int) -> timedelta:
        """How long to wait after this many failed attempts (1 and up)."""
        if self.is_urgent:
            return _grown(FIRST_URGENT_RETRY, attempts, LONGEST_URGENT_RETRY)
        return _grown(FIRST_RETRY, attempts, LONGEST_RETRY)


AT_ANY_TIME = Terms()


def look_after(troubles: int, *, is_urgent: bool) -> timedelta:
    """How long to leave a mail server alone that was out of order this many times (1 and up)."""
    return _grown(FIRST_LOOK, troubles, LONGEST_URGENT_RETRY if is_urgent else LONGEST_LOOK)


def _grown(first: timedelta, times: int, longest: timedelta) -> timedelta:
    # Doubled more often than this it would be longer than any longest.
    doubled: timedelta = first * 2 ** min(times - 1, 20)
    return min(doubled, longest)


# ------------------------------------------------------------- what a mail server says of a mail

_ENHANCED = re.compile(r"\b5\.(\d{1,3})\.(\d{1,3})\b")
_ADDRESSES = re.compile(r"\S*@\S*")
# It speaks of us, of our address or of our settings: nothing that the addressee could mend.
_ABOUT_US = re.compile(
    r"relay|authenti|\bauth\b|sender|client|helo|starttls|\btls\b|\bspf\b|dkim|dmarc|command"
    r"|too many",
    re.IGNORECASE,
)
_FULL = re.compile(r"quota|\bfull\b|storage", re.IGNORECASE)
_POLICY = re.compile(r"spam|policy|block|blacklist|reputation|content", re.IGNORECASE)
# By class and detail of RFC 3463; 5.1.7 and 5.1.8 speak of the sender. Exchange says 5.4.1 of an
# address that it does not know.
_OF_ADDRESSEE = {
    (1, 0): Failure.UNKNOWN_ADDRESS,
    (1, 1): Failure.UNKNOWN_ADDRESS,
    (1, 2): Failure.UNKNOWN_ADDRESS,
    (1, 3): Failure.UNKNOWN_ADDRESS,
    (1, 6): Failure.UNKNOWN_ADDRESS,
    (1, 10): Failure.UNKNOWN_ADDRESS,
    (2, 0): Failure.OTHER,
    (2, 1): Failure.UNKNOWN_ADDRESS,
    (2, 2): Failure.MAILBOX_FULL,
    (2, 3): Failure.OTHER,
    (4, 1): Failure.UNKNOWN_ADDRESS,
    (4, 4): Failure.UNKNOWN_ADDRESS,
}
# The conversation itself went wrong, or it wants to know first who we are.
_OF_CONVERSATION = frozenset({500, 501, 502, 503, 504, 521, 530, 534, 535, 538})
_BY_CODE = {
    550: Failure.UNKNOWN_ADDRESS,
    551: Failure.UNKNOWN_ADDRESS,
    552: Failure.MAILBOX_FULL,
    553: Failure.UNKNOWN_ADDRESS,
    556: Failure.UNKNOWN_ADDRESS,
}


def why_refused(code: int, answer: str) -> Failure | None:
    """What this answer to an addressee or a text says for good; None where it may pass.

    Only what a mail server holds against this one addressee or text is for good: what it holds
    against us ("relaying denied") is mended in the settings, and the mail leaves afterwards.
    """
    if code // 100 != 5 or code in _OF_CONVERSATION:
        return None
    words = _ADDRESSES.sub("", answer)
    found = _ENHANCED.search(words)
    enhanced = (int(found[1]), int(found[2])) if found else None
    if enhanced in {(1, 7), (1, 8)} or _ABOUT_US.search(words):
        # Unless it is plainly about the mailbox.
        return _OF_ADDRESSEE[enhanced] if enhanced in {(1, 1), (2, 2)} else None
    if enhanced in _OF_ADDRESSEE:
        return _OF_ADDRESSEE[enhanced]
    if _FULL.search(words):
        return Failure.MAILBOX_FULL
    if _POLICY.search(words) or (enhanced and enhanced[0] == 7):
        return Failure.REFUSED
    return Failure.OTHER if enhanced else _BY_CODE.get(code, Failure.OTHER)
