"""Reading whether the scans and questions of a group are there."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from zetwpo.accounts.actors import Role
from zetwpo.accounts.colleagues import Colleague
from zetwpo.clock import now
from zetwpo.cycle.learning_question.queries import newest_versions
from zetwpo.cycle.meetings.queries import MeetingRow, meetings_of
from zetwpo.cycle.readiness import rules
from zetwpo.cycle.readiness.rules import BETWEEN_REMINDERS, Readiness
from zetwpo.cycle.trajectories.queries import TrajectoryCard, stays_of
from zetwpo.mail.queries import waiting_or_since
from zetwpo.scan.self_scan.queries import ScanCard, scans_by_owner

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
    scan_ids = [each.id for scans in by_owner.values() for each in scans]
    written = {key: found.written_at for key, found in newest_versions(scan_ids).items()}
    return {
        trajectory.id: [
            Line(each, _readiness(trajectory, each, by_owner[each.id], written, since))
            for each in trajectory.taking_part
        ]
        for trajectory in trajectories
        for first in [min((each.starts_at for each in meetings[trajectory.id]), default=None)]
        for since in [rules.counts_from(trajectory.started_at, first)]
    }


def _readiness(
    trajectory: TrajectoryCard,
    person: Colleague,
    scans: Sequence[ScanCard],
    written: Mapping[uuid.UUID, datetime],
    since: datetime,
) -> Readiness | None:
    if Role.SUPERVISOR not in person.actor.roles_in(trajectory.partnership_id):
        return None
    here = [each for each in scans if each.partnership_id == trajectory.partnership_id]
    return rules.readiness(
        person.id,
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
