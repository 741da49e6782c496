"""Before meeting one, without a database: what counts as done, and whom a reminder may reach."""

import enum
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta

# As long as a trajectory lasts: the scan before the last trajectory does not count for this one,
# and the rescan at its end does.
RUN_UP = relativedelta(months=6)
BETWEEN_REMINDERS = timedelta(weeks=1)


@dataclass(frozen=True)
class Readiness:
    """Whether somebody's scan and question are there: yes or not yet, and nothing else."""

    person_id: uuid.UUID
    scan: bool
    question: bool

    @property
    def is_ready(self) -> bool:
        """True where nothing is left to do before the first meeting."""
        return self.scan and self.question


class Status(enum.Enum):
    """How a meeting stands for somebody who takes part; shown in words."""

    BEEN = "been"
    YOUR_TURN = "your_turn"
    PLANNED = "planned"


@dataclass(frozen=True)
class Dated:
    """When a meeting begins and ends."""

    starts_at: datetime
    ends_at: datetime


def counts_from(set_up_at: datetime, first_meeting: datetime | None) -> datetime:
    """From when on a scan or a question counts for a trajectory that was set up then.

    What somebody does after that always counts, however far ahead its first meeting is.
    """
    return min(set_up_at, (first_meeting or set_up_at) - RUN_UP)


def to_remind(people: Iterable[Readiness], recently: Collection[uuid.UUID]) -> list[uuid.UUID]:
    """Whom a reminder goes to: who is not ready, and got none in the last week."""
    return [
        each.person_id for each in people if not each.is_ready and each.person_id not in recently
    ]


def next_meeting(meetings: Sequence[Dated], now: datetime) -> int | None:
    """The place in the row of the first meeting that is not over; None where all have been."""
    return next((place for place, each in enumerate(meetings) if each.ends_at > now), None)


def statuses(meetings: Sequence[Dated], now: datetime, *, has_to_do: bool) -> list[Status]:
    """How each meeting stands for somebody who has, or has not, something to do before the next."""
    following = next_meeting(meetings, now)
    return [
        Status.YOUR_TURN
        if place == following and has_to_do
        else Status.BEEN
        if each.ends_at <= now
        else Status.PLANNED
        for place, each in enumerate(meetings)
    ]
