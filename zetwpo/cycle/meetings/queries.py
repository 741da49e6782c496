"""Reading meetings."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from zetwpo.accounts.actors import Facts
from zetwpo.clock import dutch
from zetwpo.cycle.meetings import rules
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.cycle.meetings.schedule import Slot
from zetwpo.cycle.trajectories.queries import TrajectoryCard, find_trajectory
from zetwpo.database.keys import among
from zetwpo.database.looks import once_a_look
from zetwpo.edits import Fields
from zetwpo.extensions import read


@dataclass(frozen=True)
class MeetingRow:
    """A meeting as it stands in a list of them."""

    id: uuid.UUID
    trajectory_id: uuid.UUID
    number: int
    starts_at: datetime
    minutes: int
    place: str
    sequence: int

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return rules.end_of(self.starts_at, self.minutes)

    @property
    def slot(self) -> Slot:
        """When it is, as a plan has it."""
        return Slot(self.starts_at, self.minutes)

    @property
    def fields(self) -> Fields:
        """What can be changed of it, by the names of the fields."""
        starts_at = dutch(self.starts_at)
        return {
            "day": starts_at.date().isoformat(),
            "begins": f"{starts_at:%H:%M}",
            "minutes": str(self.minutes),
            "place": self.place,
        }

    def is_after(self, day: date) -> bool:
        """True where its day comes after this one: nobody writes down yet what it leaves behind."""
        return dutch(self.starts_at).date() > day

    def standing(self, now: datetime) -> rules.Standing:
        """Whether it is still to come, goes on, or is over."""
        return rules.standing(self, now)


@dataclass(frozen=True)
class MeetingCard(MeetingRow):
    """A meeting with the trajectory that it belongs to."""

    trajectory: TrajectoryCard

    @property
    def facts(self) -> Facts:
        """It opens to whom its trajectory opens."""
        return self.trajectory.facts


_ROWS = sa.select(
    Meeting.id,
    Meeting.trajectory_id,
    Meeting.number,
    Meeting.starts_at,
    Meeting.minutes,
    Meeting.place,
    Meeting.sequence,
)
_ONE = _ROWS.where(Meeting.id == sa.bindparam("meeting_id"))
_ONE_TO_WRITE = _ONE.with_for_update()
_OF_TRAJECTORIES = _ROWS.where(among(Meeting.trajectory_id)).order_by(Meeting.number)


def find_meeting(meeting_id: uuid.UUID, *, to_write: bool = False) -> MeetingCard | None:
    """The meeting with this key; `to_write` holds off whoever else changes it."""
    row = read(_ONE_TO_WRITE if to_write else _ONE, meeting_id=meeting_id).one_or_none()
    trajectory = find_trajectory(row.trajectory_id) if row else None
    return MeetingCard(*row, trajectory) if row and trajectory else None


@once_a_look
def meetings_of(trajectory_id: uuid.UUID) -> list[MeetingRow]:
    """The meetings of this trajectory, in order."""
    return meetings_of_all([trajectory_id])[trajectory_id]


def meeting_before(meeting: MeetingCard) -> MeetingRow | None:
    """The one before it in its trajectory; None for the first."""
    return _at(meeting.trajectory_id, meeting.number - 1)


def meeting_after(meeting: MeetingCard) -> MeetingRow | None:
    """The one after it in its trajectory; None for the last."""
    return _at(meeting.trajectory_id, meeting.number + 1)


def _at(trajectory_id: uuid.UUID, number: int) -> MeetingRow | None:
    return next((each for each in meetings_of(trajectory_id) if each.number == number), None)


def meetings_of_all(
    trajectory_ids: Collection[uuid.UUID],
) -> defaultdict[uuid.UUID, list[MeetingRow]]:
    """The same for each of these, in one statement."""
    found: defaultdict[uuid.UUID, list[MeetingRow]] = defaultdict(list)
    for row in read(_OF_TRAJECTORIES, ids=trajectory_ids) if trajectory_ids else ():
        found[row.trajectory_id].append(MeetingRow(*row))
    return found
