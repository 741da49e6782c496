"""Reading whether the scans and questions of a group are there."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from zetwpo.accounts.actors import Actor, Role
from zetwpo.accounts.colleagues import Colleague
from zetwpo.accounts.policy import TAKE_PART
from zetwpo.clock import now
from zetwpo.cycle.learning_question.queries import newest_versions
from zetwpo.cycle.meetings.queries import MeetingRow, meetings_of
from zetwpo.cycle.readiness import rules
from zetwpo.cycle.readiness.rules import BETWEEN_REMINDERS, Readiness
from zetwpo.cycle.trajectories.queries import TrajectoryCard, stays_of
from zetwpo.mail.queries import waiting_or_since
from zetwpo.scan.self_scan.queries import ScanCard, scans_by_owner, scans_of

REMINDER = "trajectory_reminder"


@dataclass(frozen=True)
class Line:
    """Somebody in the group; without readiness for who is no supervisor and is not asked."""

    person: Colleague
    readiness: Readiness | None

    @property
    def waits(self) -> bool:
        """True where something is asked of this person and is not there."""
        return self.readiness is not None and not self.readiness.is_ready


def lines_of(trajectory: TrajectoryCard) -> list[Line]:
    """Everybody who takes part and may, by name, with whether their scan and question are there."""
    return lines_of_all([trajectory], {trajectory.id: meetings_of(trajectory.id)})[trajectory.id]


def lines_of_all(
    trajectories: Sequence[TrajectoryCard], meetings: Mapping[uuid.UUID, Sequence[MeetingRow]]
) -> dict[uuid.UUID, list[Line]]:
    """The same for each of these, which have these meetings, in two statements."""
    people = {key for trajectory in trajectories for key in trajectory.keys_taking_part}
    by_owner = scans_by_owner(people)
    written = _written([each for scans in by_owner.values() for each in scans])
    return {
        trajectory.id: [
            Line(each, _readiness(trajectory, each.actor, by_owner[each.id], written, since))
            for each in trajectory.taking_part
        ]
        for trajectory in trajectories
        for since in [_counts_from(trajectory, meetings[trajectory.id])]
    }


def asked_of(
    actor: Actor,
    trajectories: Sequence[TrajectoryCard],
    meetings: Mapping[uuid.UUID, Sequence[MeetingRow]],
) -> set[uuid.UUID]:
    """In which of these the scan or the question of this one person is asked for and not there.

    In two statements, about nobody else.
    """
    scans = scans_of(actor.person_id)
    written = _written(scans)
    found = {
        each.id: _readiness(each, actor, scans, written, _counts_from(each, meetings[each.id]))
        for each in trajectories
        if TAKE_PART.opens_to(actor, each.facts)
    }
    return {key for key, readiness in found.items() if readiness and not readiness.is_ready}


def _written(scans: Sequence[ScanCard]) -> dict[uuid.UUID, datetime]:
    """When the questions beside these scans were saved last, by the keys of the scans."""
    newest = newest_versions([each.id for each in scans])
    return {key: found.written_at for key, found in newest.items()}


def _counts_from(trajectory: TrajectoryCard, meetings: Sequence[MeetingRow]) -> datetime:
    first = min((each.starts_at for each in meetings), default=None)
    return rules.counts_from(trajectory.started_at, first)


def _readiness(
    trajectory: TrajectoryCard,
    person: Actor,
    scans: Sequence[ScanCard],
    written: Mapping[uuid.UUID, datetime],
    since: datetime,
) -> Readiness | None:
    if Role.SUPERVISOR not in person.roles_in(trajectory.partnership_id):
        return None
    here = [each for each in scans if each.partnership_id == trajectory.partnership_id]
    return rules.readiness(
        person.person_id,
        [each.submitted_at for each in here],
        [written[each.id] for each in here if each.id in written],
        since,
    )


def to_remind(trajectory: TrajectoryCard, lines: Sequence[Line]) -> dict[uuid.UUID, uuid.UUID]:
    """Whom a reminder would go to now, with the key of their taking part.

    What another group of theirs reminded them of counts as well: it is the same scan.
    """
    stays = stays_of([each.person.id for each in lines if each.waits])
    recent = waiting_or_since(REMINDER, [each.id for each in stays], now() - BETWEEN_REMINDERS)
    recently = {each.person_id for each in stays if each.id in recent}
    here = {
        each.person_id: each.id
        for each in stays
        if each.trajectory_id == trajectory.id and not each.left_at
    }
    asked = [each.readiness for each in lines if each.readiness]
    return {key: here[key] for key in rules.to_remind(asked, recently) if key in here}
