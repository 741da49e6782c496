"""What a certificate states, and when it can be claimed, without a database or a clock.

It says at how many meetings somebody was and how long those were, and nothing of how it went: no
score, no verdict (domain.md, principle 1).
"""

import enum
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date


class Claim(enum.StrEnum):
    """Whether somebody can claim one now, and why not."""

    OPEN = "open"
    # There are meetings to come, or the last one goes on.
    GOES_ON = "goes_on"
    # Nobody noted who was at the last one.
    NOT_NOTED = "not_noted"
    NEVER_THERE = "never_there"


def claim(*, is_closed: bool, is_over: bool, is_noted: bool, meetings: int) -> Claim:
    """Whether somebody who was at so many meetings can claim one.

    From when the trajectory is closed, or its last meeting is over and was noted.
    """
    if not is_closed and not is_over:
        return Claim.GOES_ON
    if not is_closed and not is_noted:
        return Claim.NOT_NOTED
    return Claim.OPEN if meetings else Claim.NEVER_THERE


@dataclass(frozen=True)
class Attended:
    """A meeting at which somebody was."""

    day: date
    minutes: int


@dataclass(frozen=True)
class Statement:
    """What a certificate states."""

    name: str
    title: str
    partnership: str
    # Of the first and the last meeting at which they were.
    first_day: date
    last_day: date
    meetings: int
    # Of those meetings together: who was excused or absent was not there.
    minutes: int
    # The names of who led those meetings, by their keys.
    leaders: Mapping[uuid.UUID, str]


def statement(
    name: str,
    title: str,
    partnership: str,
    attended: Sequence[Attended],
    leaders: Mapping[uuid.UUID, str],
) -> Statement:
    """What there is to state about somebody who was at these meetings, at one at least."""
    days = [each.day for each in attended]
    minutes = sum(each.minutes for each in attended)
    return Statement(
        name, title, partnership, min(days), max(days), len(attended), minutes, leaders
    )


def differs(claimed: Statement, now: Statement) -> bool:
    """True where something was corrected after it was claimed.

    Not who led it: somebody's name is not a reason, and goes with their account.
    """
    return _facts(claimed) != _facts(now)


def _facts(each: Statement) -> tuple[object, ...]:
    return (
        *(each.name, each.title, each.partnership),
        *(each.first_day, each.last_day, each.meetings, each.minutes),
    )


def number_of(key: uuid.UUID) -> str:
    """What tells one certificate from another on paper, for example '7F3A-92C1'."""
    return f"{key.hex[:4]}-{key.hex[4:8]}".upper()


def names_of(leaders: Mapping[uuid.UUID, str]) -> Collection[str]:
    """By name: never by when they came, or by what they did."""
    return sorted(leaders.values(), key=lambda each: (each.casefold(), each))
