"""Reading when the reminder halfway goes, and what the facilitators make of it.

How many people it reaches is told nowhere: in a group of four a number says who has a plan.
"""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from zetwpo.clock import dutch, now
from zetwpo.cycle.halfway import rules
from zetwpo.cycle.halfway.models import HalfwayGap, HalfwayReminder
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.cycle.meetings.queries import MeetingRow, meetings_of_all
from zetwpo.cycle.meetings.school_time import school_times
from zetwpo.cycle.trajectories.models import Trajectory
from zetwpo.cycle.trajectories.queries import TrajectoryCard
from zetwpo.database.keys import among
from zetwpo.edits import Fields
from zetwpo.extensions import read


@dataclass(frozen=True)
class Reminder:
    """What the facilitators of a trajectory make of it."""

    is_on: bool = True
    # Empty where our own words will do.
    text: str = ""

    @property
    def fields(self) -> Fields:
        """What can be changed of it, by the names of the fields."""
        return {"is_on": "yes" if self.is_on else "no", "text": self.text}


@dataclass(frozen=True)
class Gap:
    """The time between two meetings, of which the second is still to come."""

    after: MeetingRow
    until: MeetingRow
    # None where no school day is left for it.
    leaves_at: datetime | None
    is_skipped: bool = False
    # None where it did not yet.
    went_at: datetime | None = None

    @property
    def id(self) -> uuid.UUID:
        """The key of the meeting with which it begins."""
        return self.after.id

    @property
    def is_ahead(self) -> bool:
        """True where its reminder is still to go, unless somebody lets it not go."""
        return self.went_at is None and self.leaves_at is not None


@dataclass(frozen=True)
class Going:
    """When the next reminder of a trajectory goes, and between which meetings."""

    after: MeetingRow
    until: MeetingRow
    leaves_at: datetime


_REMINDERS = sa.select(
    HalfwayReminder.trajectory_id, HalfwayReminder.is_on, HalfwayReminder.text
).where(among(HalfwayReminder.trajectory_id))
_STATES = sa.select(HalfwayGap.meeting_id, HalfwayGap.is_skipped, HalfwayGap.went_at).where(
    among(HalfwayGap.meeting_id)
)


def reminder_of(trajectory_id: uuid.UUID) -> Reminder:
    """What the facilitators make of it."""
    return reminders_of_all([trajectory_id])[trajectory_id]


def reminders_of_all(trajectory_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Reminder]:
    """The same for each of these, in one statement."""
    rows = read(_REMINDERS, ids=trajectory_ids) if trajectory_ids else ()
    said = {key: Reminder(is_on, text) for key, is_on, text in rows}
    return {key: said.get(key, Reminder()) for key in trajectory_ids}


def gaps_of(trajectory: TrajectoryCard) -> list[Gap]:
    """The times between its meetings that are not over, in order."""
    meetings = meetings_of_all([trajectory.id])
    return gaps_of_all([trajectory], meetings)[trajectory.id]


def gaps_of_all(
    trajectories: Sequence[TrajectoryCard], meetings: Mapping[uuid.UUID, Sequence[MeetingRow]]
) -> dict[uuid.UUID, list[Gap]]:
    """The same for each of these, which have these meetings.

    In one statement, and one for each partnership.
    """
    return {key: list(found) for key, found in _gaps_of_all(trajectories, meetings).items()}


def _gaps_of_all(
    trajectories: Sequence[TrajectoryCard], meetings: Mapping[uuid.UUID, Sequence[MeetingRow]]
) -> dict[uuid.UUID, Iterator[Gap]]:
    """The same; when the reminder of each leaves is looked for as far as somebody asks."""
    moment = now()
    pairs = {each.id: list(rules.gaps_ahead(meetings[each.id], moment)) for each in trajectories}
    states = {
        row.meeting_id: row
        for row in read(_STATES, ids=[after.id for found in pairs.values() for after, _ in found])
    }
    to_school = {
        place: school_times(place, dutch(moment).date())
        for place in {each.partnership_id for each in trajectories}
    }
    return {
        each.id: _gaps(pairs[each.id], states, moment, to_school[each.partnership_id])
        for each in trajectories
    }


def _gaps(
    pairs: Iterable[tuple[MeetingRow, MeetingRow]],
    states: Mapping[uuid.UUID, sa.Row[uuid.UUID, bool, datetime | None]],
    moment: datetime,
    to_school: rules.ToSchool,
) -> Iterator[Gap]:
    for after, until in pairs:
        leaves_at = rules.leaves_at(after.starts_at, until.starts_at, moment, to_school)
        state = states.get(after.id)
        yield Gap(
            after,
            until,
            leaves_at,
            is_skipped=bool(state and state.is_skipped),
            went_at=state.went_at if state else None,
        )


def going_of_all(
    trajectories: Sequence[TrajectoryCard], meetings: Mapping[uuid.UUID, Sequence[MeetingRow]]
) -> dict[uuid.UUID, Going | None]:
    """When the next reminder of each of these goes; None where none does, as things are.

    In two statements, and one for each partnership.
    """
    reminders = reminders_of_all([each.id for each in trajectories])
    gaps = _gaps_of_all(trajectories, meetings)
    return {
        each.id: next(_going(gaps[each.id]), None)
        if reminders[each.id].is_on and not each.is_closed
        else None
        for each in trajectories
    }


def _going(gaps: Iterable[Gap]) -> Iterator[Going]:
    for gap in gaps:
        if gap.leaves_at and gap.is_ahead and not gap.is_skipped:
            yield Going(gap.after, gap.until, gap.leaves_at)


# ------------------------------------------------------------------------------ what goes by itself


@dataclass(frozen=True)
class DueGap:
    """The time between two meetings of which the reminder goes now."""

    # Of the meeting with which it begins.
    id: uuid.UUID
    trajectory_id: uuid.UUID


_FIRST, _NEXT = aliased(Meeting), aliased(Meeting)
# Of a trajectory at most one: that in which it is.
_WAITING = (
    sa.select(
        _FIRST.id,
        _FIRST.trajectory_id,
        _FIRST.starts_at,
        _NEXT.starts_at.label("next_starts_at"),
        Trajectory.partnership_id,
    )
    .join(
        _NEXT,
        sa.and_(_NEXT.trajectory_id == _FIRST.trajectory_id, _NEXT.number == _FIRST.number + 1),
    )
    .join(Trajectory, Trajectory.id == _FIRST.trajectory_id)
    .outerjoin(HalfwayReminder, HalfwayReminder.trajectory_id == _FIRST.trajectory_id)
    .outerjoin(HalfwayGap, HalfwayGap.meeting_id == _FIRST.id)
    .where(
        _FIRST.starts_at <= sa.bindparam("moment"),
        _NEXT.starts_at > sa.bindparam("moment"),
        Trajectory.closed_at.is_(None),
        sa.func.coalesce(HalfwayReminder.is_on, sa.true()),
        sa.not_(sa.func.coalesce(HalfwayGap.is_skipped, sa.false())),
        HalfwayGap.went_at.is_(None),
    )
    .order_by(_FIRST.id)
)
_WAITING_OF = _WAITING.where(among(_FIRST.id))


def due_gaps(only: Collection[uuid.UUID] | None = None) -> list[DueGap]:
    """Where a reminder goes at this moment, of all trajectories or only of these gaps."""
    moment = now()
    rows = (
        read(_WAITING, moment=moment)
        if only is None
        else read(_WAITING_OF, moment=moment, ids=only)
    ).all()
    to_school = {
        place: school_times(place, dutch(moment).date())
        for place in {row.partnership_id for row in rows}
    }
    return [
        DueGap(row.id, row.trajectory_id)
        for row in rows
        if moment
        == rules.leaves_at(row.starts_at, row.next_starts_at, moment, to_school[row.partnership_id])
    ]
