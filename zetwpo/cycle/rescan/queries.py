"""Reading who is asked to fill in the scan again, and the two scans beside each other."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from zetwpo.accounts.actors import Role
from zetwpo.accounts.colleagues import Colleague
from zetwpo.clock import now
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.cycle.meetings.queries import MeetingRow, meetings_of, meetings_of_all
from zetwpo.cycle.rescan.models import RescanCall
from zetwpo.cycle.rescan.rules import BEFORE_LAST, Span, is_needed, span_of
from zetwpo.cycle.trajectories.models import Trajectory
from zetwpo.cycle.trajectories.queries import TrajectoryCard
from zetwpo.extensions import read
from zetwpo.scan.self_scan.queries import ScanCard, scans_by_owner


def span_in(meetings: Sequence[MeetingRow]) -> Span | None:
    """From the first of these meetings to the last one."""
    return span_of(each.starts_at for each in meetings)


_SOON: sa.BindParameter[datetime] = sa.bindparam("soon")
_LATER = aliased(Meeting)
_DUE = (
    sa.select(Meeting.trajectory_id)
    .distinct()
    .join(Trajectory, Trajectory.id == Meeting.trajectory_id)
    .where(
        Trajectory.closed_at.is_(None),
        Meeting.starts_at > sa.bindparam("moment"),
        Meeting.starts_at <= _SOON,
        ~sa.exists().where(_LATER.trajectory_id == Meeting.trajectory_id, _LATER.starts_at > _SOON),
        ~sa.exists().where(RescanCall.trajectory_id == Meeting.trajectory_id),
    )
)


def due_trajectories() -> list[uuid.UUID]:
    """Those whose people are to be asked now, and were not: their last meeting is near."""
    moment = now()
    found = read(_DUE, moment=moment, soon=moment + BEFORE_LAST).scalars().all()
    meetings = meetings_of_all(found)
    spans = {key: span_in(meetings[key]) for key in found}
    return [key for key, span in spans.items() if span and span.asks_at(moment)]


def to_ask(trajectory: TrajectoryCard, span: Span) -> list[Colleague]:
    """Who takes part as a supervisor, and has a scan of the beginning but none of the end."""
    people = [each for each in trajectory.taking_part if _is_asked(each, trajectory)]
    scans = scans_by_owner([each.id for each in people])
    return [each for each in people if is_needed(_here(trajectory, scans[each.id]), span)]


def asked_for(
    trajectories: Sequence[TrajectoryCard],
    meetings: Mapping[uuid.UUID, Sequence[MeetingRow]],
    person_id: uuid.UUID,
) -> dict[uuid.UUID, MeetingRow]:
    """Before which last meetings this person is asked for it now, by their trajectories.

    One statement, and none where no last meeting is near.
    """
    moment = now()
    near = {
        each: span
        for each in trajectories
        if not each.is_closed
        and (span := span_in(meetings[each.id]))
        and span.asks_at(moment)
        and any(one.id == person_id and _is_asked(one, each) for one in each.taking_part)
    }
    scans = scans_by_owner([person_id])[person_id] if near else []
    return {
        each.id: max(meetings[each.id], key=lambda meeting: meeting.starts_at)
        for each, span in near.items()
        if is_needed(_here(each, scans), span)
    }


def asked_before(trajectory: TrajectoryCard, person_id: uuid.UUID) -> MeetingRow | None:
    """The last meeting before which this person is asked for it now; None where they are not."""
    meetings = {trajectory.id: meetings_of(trajectory.id)}
    return asked_for([trajectory], meetings, person_id).get(trajectory.id)


def scans_for(trajectory: TrajectoryCard, person_id: uuid.UUID) -> list[ScanCard]:
    """The scans that this person made where the trajectory is."""
    return _here(trajectory, scans_by_owner([person_id])[person_id])


def _is_asked(person: Colleague, trajectory: TrajectoryCard) -> bool:
    """Trainers who take part have no self-scan of their own."""
    return Role.SUPERVISOR in person.actor.roles_in(trajectory.partnership_id)


def _here(trajectory: TrajectoryCard, scans: Sequence[ScanCard]) -> list[ScanCard]:
    return [each for each in scans if each.partnership_id == trajectory.partnership_id]
