"""What the first page shows of the trajectories that somebody takes part in.

The number of SQL statements does not grow with the number of trajectories.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from zetwpo.accounts.actors import Actor, Role
from zetwpo.accounts.colleagues import Colleague
from zetwpo.accounts.policy import READ_TEAM_MESSAGE, READ_TRAJECTORY
from zetwpo.clock import now
from zetwpo.cycle.agreements.queries import agreements_of_all
from zetwpo.cycle.agreements.rules import Agreements
from zetwpo.cycle.common_question.queries import BroughtCard, all_brought_by, still_to_bring_in
from zetwpo.cycle.meetings.queries import MeetingRow, meetings_of_all
from zetwpo.cycle.meetings.rules import Standing, last_of, latest_of, next_of
from zetwpo.cycle.mine.queries import steps_after
from zetwpo.cycle.mine.rules import NextStep
from zetwpo.cycle.pairs.queries import proposals_to
from zetwpo.cycle.readiness.queries import asked_of
from zetwpo.cycle.rescan.queries import asked_for
from zetwpo.cycle.shelf.queries import ReadingItem, reading_for
from zetwpo.cycle.team_message.queries import (
    Released,
    Written,
    newly_released,
    written_in_all,
)
from zetwpo.cycle.team_message.rules import is_asked
from zetwpo.cycle.trajectories.queries import (
    TrajectoryCard,
    get_trajectories,
    stays_of,
    trajectories_of,
)
from zetwpo.home.rules import MeetingStatus, meeting_status
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
    # For the next meeting.
    reading: Sequence[ReadingItem]
    # The last meeting, where a scan once more is asked for before it.
    rescan_before: MeetingRow | None = None
    # True where others agree with what the group tells the team, and this person is asked.
    is_asked_to_agree: bool = False
    # With whom a pair was proposed, where this person has not agreed to it.
    proposed_with: Sequence[Colleague] = ()

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
class EarlierGroup:
    """A trajectory that is over for somebody: it was closed, or they left it."""

    trajectory: TrajectoryCard
    has_left: bool
    # What they brought in and can take back: for who left, as its page is closed to them.
    brought: Sequence[BroughtCard] = ()


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
    waiting = asked_of(actor, found, meetings) if found else set()
    begun = {
        latest.id: next_of(meetings[each.id], now()) is None
        for each in found
        if (latest := latest_of(meetings[each.id], now()))
    }
    steps = steps_after(actor.person_id, begun, reflection_questions())
    following = {each.id: next_of(meetings[each.id], now()) for each in found}
    reading = reading_for([each.id for each in following.values() if each])
    without_question = still_to_bring_in(actor.person_id, [each.id for each in found])
    rescans = asked_for(found, meetings, actor.person_id)
    written = written_in_all([each.id for each in found])
    proposed = proposals_to(actor.person_id, found)
    return tuple(
        OwnGroup(
            each,
            _with_status(meetings[each.id], has_to_do=waits or bool(of_last.homework)),
            coming,
            of_last,
            brings_in=actor.person_id in of_last.bringers,
            waits=waits,
            brings_question=each.id in without_question,
            latest=latest,
            step=steps[latest.id] if latest else NextStep.WAIT,
            reading=reading[coming.id] if coming else (),
            rescan_before=rescans.get(each.id),
            is_asked_to_agree=_is_asked_to_agree(each, written[each.id], actor.person_id),
            proposed_with=proposed.get(each.id, ()),
        )
        for each in found
        for before, latest in [(last[each.id], latest_of(meetings[each.id], now()))]
        for coming in [following[each.id]]
        for of_last in [agreed[before.id] if before else Agreements()]
        for waits in [each.id in waiting]
    )


def earlier_groups(actor: Actor) -> tuple[EarlierGroup, ...]:
    """Those that were closed, and those that this person left, the newest first.

    Who left reads the title there, and finds their own.
    """
    stays = stays_of([actor.person_id])
    found = get_trajectories({each.trajectory_id for each in stays})
    left = found.keys() - {each.trajectory_id for each in stays if each.left_at is None}
    brought = all_brought_by(actor.person_id) if left else []
    return tuple(
        EarlierGroup(
            each, has_left, [own for own in brought if has_left and own.trajectory_id == each.id]
        )
        for each in sorted(found.values(), key=lambda each: each.started_at, reverse=True)
        for has_left in [each.id in left]
        if has_left or each.is_closed
    )


def newly_told(actor: Actor) -> list[Released]:
    """What groups released lately to this person, as far as their role has it told on its card."""
    places = actor.partnerships_as(Role.PROGRAMME_LEADER, Role.SCHOOL_LEADER)
    found = newly_released(places, now())
    return [each for each in found if READ_TEAM_MESSAGE.opens_to(actor, each.facts)]


def _is_asked_to_agree(trajectory: TrajectoryCard, written: Written, person_id: uuid.UUID) -> bool:
    found = written.message
    return found is not None and is_asked(found, written.agreement(trajectory), person_id)


def _with_status(
    meetings: Sequence[MeetingRow], *, has_to_do: bool
) -> list[tuple[MeetingRow, MeetingStatus]]:
    moment = now()
    following = next_of(meetings, moment)
    return [
        (each, meeting_status(each.standing(moment) is Standing.BEEN, each is following, has_to_do))
        for each in meetings
    ]
