"""What the first page shows of trajectories: those one takes part in, and those one leads.

The number of SQL statements does not grow with the number of trajectories.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zetwpo.accounts.actors import Actor
from zetwpo.accounts.policy import LEAD_TRAJECTORY, READ_TRAJECTORY
from zetwpo.clock import now
from zetwpo.cycle.agreements.queries import agreements_of_all
from zetwpo.cycle.agreements.rules import Agreements
from zetwpo.cycle.attendance.queries import with_attendance
from zetwpo.cycle.common_question.queries import still_to_bring_in
from zetwpo.cycle.meetings.queries import MeetingRow, meetings_of_all
from zetwpo.cycle.meetings.rules import Standing, last_of, latest_of, next_of
from zetwpo.cycle.mine.queries import steps_after
from zetwpo.cycle.mine.rules import NextStep
from zetwpo.cycle.readiness.queries import Line, lines_of_all
from zetwpo.cycle.rescan.queries import asked_for
from zetwpo.cycle.team_message.queries import Written, written_in_all
from zetwpo.cycle.team_message.rules import is_asked
from zetwpo.cycle.trajectories.queries import (
    TrajectoryCard,
    get_trajectories,
    led_by,
    stays_of,
    trajectories_of,
)
from zetwpo.home.rules import Facilitating, Guided, MeetingStatus, meeting_status
from zetwpo.library.reflections import reflection_questions


@dataclass(frozen=True)
class OwnGroup:
    """A trajectory for somebody who takes part in it."""

    trajectory: TrajectoryCard
    meetings: Sequence[tuple[MeetingRow, MeetingStatus]]
    next_meeting: MeetingRow | None
    # What was agreed at the last meeting, for the next one.
    agreed: Agreements
    brings_in: bool
    # True where the own scan or question is asked for and not there.
    waits: bool
    # True where the group is still to find its question and nothing of this person is brought in.
    brings_question: bool
    # After the latest meeting that began, if one did.
    latest: MeetingRow | None
    # With one's own work, after that meeting.
    step: NextStep
    # The last meeting, where a scan once more is asked for before it.
    rescan_before: MeetingRow | None = None
    # True where others agree with what the group tells the team, and this person is asked.
    is_asked_to_agree: bool = False

    @property
    def asks_question(self) -> bool:
        """True where bringing in a question is the next step for this group."""
        return self.brings_question and not self.waits

    @property
    def comes_first(self) -> bool:
        """True where this goes before what there is to do with the own scan."""
        return self.latest is not None or self.asks_question

    @property
    def prepares_for(self) -> MeetingRow | None:
        """The meeting for which the scan and the question are the next step, if there is one."""
        return self.next_meeting if self.waits else None


@dataclass(frozen=True)
class LedGroup:
    """A trajectory for somebody who leads it, with the one thing to do now."""

    trajectory: TrajectoryCard
    guided: Guided
    next_meeting: MeetingRow | None
    last_meeting: MeetingRow | None

    @property
    def next_step(self) -> Facilitating:
        """The one thing to do now."""
        return self.guided.next_step


def own_groups(actor: Actor) -> tuple[OwnGroup, ...]:
    """The trajectories that this person takes part in and that are not closed."""
    found = [
        each
        for each in trajectories_of(actor.person_id)
        if not each.is_closed and READ_TRAJECTORY.opens_to(actor, each.facts)
    ]
    meetings = meetings_of_all([each.id for each in found])
    last = {each.id: last_of(meetings[each.id], now()) for each in found}
    agreed = agreements_of_all([each.id for each in last.values() if each])
    lines = lines_of_all(found, meetings) if found else {}
    begun = [latest.id for each in found if (latest := latest_of(meetings[each.id], now()))]
    ends = [of_one[-1].id for of_one in meetings.values() if of_one]
    steps = steps_after(actor.person_id, begun, reflection_questions(), ends)
    without_question = still_to_bring_in(actor.person_id, [each.id for each in found])
    rescans = asked_for(found, meetings, actor.person_id)
    written = written_in_all([each.id for each in found])
    return tuple(
        OwnGroup(
            each,
            _with_status(meetings[each.id], has_to_do=waits or bool(of_last.homework)),
            next_of(meetings[each.id], now()),
            of_last,
            brings_in=actor.person_id in of_last.bringers,
            waits=waits,
            brings_question=each.id in without_question,
            latest=latest,
            step=steps[latest.id] if latest else NextStep.WAIT,
            rescan_before=rescans.get(each.id),
            is_asked_to_agree=_is_asked_to_agree(each, written[each.id], actor.person_id),
        )
        for each in found
        for before, latest in [(last[each.id], latest_of(meetings[each.id], now()))]
        for of_last in [agreed[before.id] if before else Agreements()]
        for waits in [_waits(lines[each.id], actor.person_id)]
    )


def earlier_trajectories(
    person_id: uuid.UUID, current: Sequence[OwnGroup]
) -> tuple[TrajectoryCard, ...]:
    """Those in which this person took part and that are over for them, the newest first."""
    keys = {each.trajectory_id for each in stays_of([person_id])}
    found = get_trajectories(keys - {each.trajectory.id for each in current}).values()
    return tuple(sorted(found, key=lambda each: each.started_at, reverse=True))


def _is_asked_to_agree(trajectory: TrajectoryCard, written: Written, person_id: uuid.UUID) -> bool:
    found = written.message
    return found is not None and is_asked(found, written.agreement(trajectory), person_id)


def _waits(lines: Sequence[Line], person_id: uuid.UUID) -> bool:
    return any(each.waits for each in lines if each.person.id == person_id)


def _with_status(
    meetings: Sequence[MeetingRow], *, has_to_do: bool
) -> list[tuple[MeetingRow, MeetingStatus]]:
    moment = now()
    following = next_of(meetings, moment)
    return [
        (each, meeting_status(each.standing(moment) is Standing.BEEN, each is following, has_to_do))
        for each in meetings
    ]


def led_groups(actor: Actor) -> Mapping[uuid.UUID, tuple[LedGroup, ...]]:
    """The trajectories that this person leads and that are not closed, by their partnership."""
    found = [
        each
        for each in led_by(actor.person_id)
        if not each.is_closed and LEAD_TRAJECTORY.opens_to(actor, each.facts)
    ]
    if not found:
        return {}
    meetings, moment = meetings_of_all([each.id for each in found]), now()
    last = {each.id: last_of(meetings[each.id], moment) for each in found}
    been = [each.id for each in last.values() if each]
    agreed, noted = agreements_of_all(been), with_attendance(been)
    lines = lines_of_all(found, meetings)
    groups = [
        _led_group(
            each,
            meetings[each.id],
            is_written=before is None or (before.id in noted and not agreed[before.id].is_empty),
            waiting=sum(line.waits for line in lines[each.id]),
        )
        for each in found
        for before in [last[each.id]]
    ]
    return {
        place: tuple(each for each in groups if each.trajectory.partnership_id == place)
        for place in {each.partnership_id for each in found}
    }


def _led_group(
    trajectory: TrajectoryCard, meetings: Sequence[MeetingRow], *, is_written: bool, waiting: int
) -> LedGroup:
    moment = now()
    following, before = next_of(meetings, moment), last_of(meetings, moment)
    guided = Guided(
        has_people=bool(trajectory.participants),
        is_now=following is not None and following.standing(moment) is Standing.NOW,
        has_next=following is not None,
        is_first_ahead=before is None,
        is_written_up=is_written,
        waiting=waiting,
    )
    return LedGroup(trajectory, guided, following, before)
