"""What the first page shows of trajectories: those one takes part in, and those one leads.

The number of SQL statements does not grow with the number of trajectories.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from zetwpo.accounts.actors import Actor
from zetwpo.accounts.policy import LEAD_TRAJECTORY, READ_TRAJECTORY
from zetwpo.clock import now
from zetwpo.cycle.agreements.queries import agreements_of_all
from zetwpo.cycle.agreements.rules import Agreements
from zetwpo.cycle.attendance.queries import with_attendance
from zetwpo.cycle.common_question.queries import BroughtCard, all_brought_by
from zetwpo.cycle.meetings.queries import MeetingRow, meetings_of_all
from zetwpo.cycle.meetings.rules import Standing, last_of, next_of
from zetwpo.cycle.mine.queries import periods_after
from zetwpo.cycle.mine.rules import NextStep, Period, next_step
from zetwpo.cycle.readiness.queries import Line, lines_of_all
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
    # How far this person is since the last meeting began; None before the first one.
    period: Period | None = None

    @property
    def prepares_for(self) -> MeetingRow | None:
        """The meeting for which the scan and the question are the next step, if there is one."""
        return self.next_meeting if self.waits else None

    @property
    def latest(self) -> MeetingRow | None:
        """The meeting that began last: what is written now is of the time after it."""
        begun = [each for each, _status in self.meetings if each.starts_at <= now()]
        return begun[-1] if begun else None

    @property
    def step(self) -> NextStep:
        """What to write next."""
        return next_step(self.period)

    @property
    def has_step(self) -> bool:
        """True where there is something to write, and not something to come with before it."""
        return not self.waits and self.step not in {NextStep.WAIT, NextStep.REST}


@dataclass(frozen=True)
class EarlierGroup:
    """A trajectory that is over for somebody: it was closed, or they left it."""

    trajectory: TrajectoryCard
    has_left: bool
    # What they brought in and can take back: for whoever left, as its page is closed to them.
    brought: Sequence[BroughtCard] = ()


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
    begun = [each.id for rows in meetings.values() for each in rows if each.starts_at <= now()]
    periods = periods_after(actor.person_id, begun, reflection_questions())
    return tuple(
        _own_group(
            actor.person_id,
            each,
            meetings[each.id],
            agreed[before.id] if (before := last[each.id]) else Agreements(),
            lines[each.id],
            periods,
        )
        for each in found
    )


def earlier_groups(actor: Actor) -> tuple[EarlierGroup, ...]:
    """Those that were closed, and those that this person left: what is theirs is there.

    What goes on for others is named to who left by its title, as on the page of their own work.
    """
    stays = stays_of([actor.person_id])
    found = get_trajectories({each.trajectory_id for each in stays})
    there = {each.trajectory_id for each in stays if each.left_at is None}
    left = found.keys() - there
    brought = all_brought_by(actor.person_id) if left else []
    return tuple(
        EarlierGroup(
            each,
            each.id in left,
            [question for question in brought if question.trajectory_id == each.id]
            if each.id in left
            else (),
        )
        for each in sorted(found.values(), key=lambda each: each.started_at, reverse=True)
        if each.id in left or each.is_closed
    )


def _own_group(
    person_id: uuid.UUID,
    trajectory: TrajectoryCard,
    meetings: Sequence[MeetingRow],
    agreed: Agreements,
    lines: Sequence[Line],
    periods: Mapping[uuid.UUID, Period],
) -> OwnGroup:
    moment = now()
    following = next_of(meetings, moment)
    waits = any(each.waits for each in lines if each.person.id == person_id)
    has_to_do = waits or bool(agreed.homework)
    statuses = [
        (each, meeting_status(each.standing(moment) is Standing.BEEN, each is following, has_to_do))
        for each in meetings
    ]
    brings_in = person_id in agreed.bringers
    begun = [each.id for each in meetings if each.id in periods]
    is_last = bool(meetings) and meetings[-1].id in periods
    period = replace(periods[begun[-1]], is_last=is_last) if begun else None
    return OwnGroup(trajectory, statuses, following, agreed, brings_in, waits, period)


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
