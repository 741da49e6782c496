"""Before meeting one, without a database: what counts as done, and whom a reminder may reach."""

import uuid
from collections.abc import Collection, Iterable
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


def readiness(
    person_id: uuid.UUID,
    submitted_at: Iterable[datetime | None],
    written_at: Iterable[datetime],
    since: datetime,
) -> Readiness:
    """What is there of somebody who submitted scans and wrote questions at these moments.

    A scan that is only begun counts as little as none, and so does a question that is a draft.
    """
    return Readiness(
        person_id,
        scan=any(at is not None and at >= since for at in submitted_at),
        question=any(at >= since for at in written_at),
    )
