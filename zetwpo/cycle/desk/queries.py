"""Reading how the trajectories stand that somebody leads, in a constant number of statements."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from zetwpo.accounts.actors import Actor
from zetwpo.accounts.policy import LEAD_TRAJECTORY
from zetwpo.clock import now
from zetwpo.cycle.agenda.queries import prepared_of
from zetwpo.cycle.agreements.queries import agreements_of_all
from zetwpo.cycle.agreements.rules import Agreements
from zetwpo.cycle.attendance.queries import missed_in_all, with_attendance
from zetwpo.cycle.common_question.owners import Owners, owners_of_all
from zetwpo.cycle.desk.rules import NEAREST, Course, Held, Matter, matters, next_step
from zetwpo.cycle.halfway.queries import Going, going_of_all
from zetwpo.cycle.meetings import words
from zetwpo.cycle.meetings.closed_days import breaks_from
from zetwpo.cycle.meetings.holidays import holiday_on
from zetwpo.cycle.meetings.queries import MeetingRow, meetings_of_all
from zetwpo.cycle.meetings.rules import last_of, next_of
from zetwpo.cycle.meetings.schedule import Odd, oddities
from zetwpo.cycle.plans.queries import opened_after_all
from zetwpo.cycle.readiness.queries import lines_of_all
from zetwpo.cycle.recaps.queries import recaps_of_all
from zetwpo.cycle.shelf.queries import reading_for
from zetwpo.cycle.trajectories.queries import TrajectoryCard, led_by

# Whoever chose an hour or a weekend knows it; these come to a plan from elsewhere.
ASKED_ABOUT = frozenset({Odd.APART, Odd.HOLIDAY, Odd.BREAK})


@dataclass(frozen=True)
class LedGroup:
    """A trajectory for somebody who leads it, with what asks their attention."""

    trajectory: TrajectoryCard
    next_meeting: MeetingRow | None
    matters: Sequence[Matter]
    # The first of those, or what comes next.
    next_step: Matter


@dataclass(frozen=True)
class _Read:
    """All that is known of several trajectories, by their keys or by those of their meetings."""

    meetings: Mapping[uuid.UUID, Sequence[MeetingRow]]
    # The one that ended last, and the one that goes on or comes next.
    last: Mapping[uuid.UUID, MeetingRow | None]
    following: Mapping[uuid.UUID, MeetingRow | None]
    agreed: Mapping[uuid.UUID, Agreements]
    # Of which meetings somebody noted who was there, and who was not at which.
    noted: frozenset[uuid.UUID]
    missed: Mapping[uuid.UUID, Mapping[uuid.UUID, frozenset[int]]]
    # Of which meetings a recap was sent, and which somebody prepared.
    recaps: frozenset[uuid.UUID]
    prepared: frozenset[uuid.UUID]
    opened: frozenset[tuple[uuid.UUID, uuid.UUID]]
    owners: Mapping[uuid.UUID, Owners]
    somebody_waits: frozenset[uuid.UUID]
    odd: Mapping[uuid.UUID, Sequence[str]]
    # For which meetings something is to be read, and when a reminder goes.
    with_reading: frozenset[uuid.UUID]
    going: Mapping[uuid.UUID, Going | None]


def led_by_actor(actor: Actor) -> list[TrajectoryCard]:
    """The trajectories that this person leads and still may, the newest first."""
    return [each for each in led_by(actor.person_id) if LEAD_TRAJECTORY.opens_to(actor, each.facts)]


def groups_of(led: Sequence[TrajectoryCard]) -> tuple[LedGroup, ...]:
    """Those of these trajectories that are not closed, with what asks attention there."""
    found = [each for each in led if not each.is_closed]
    if not found:
        return ()
    moment, known = now(), _read(found)
    return tuple(
        LedGroup(
            each,
            known.following[each.id],
            matters(course, moment),
            next_step(course, moment),
        )
        for each in found
        for course in [_course(each, known)]
    )


def _read(trajectories: Sequence[TrajectoryCard]) -> _Read:
    keys, moment = [each.id for each in trajectories], now()
    meetings = meetings_of_all(keys)
    last_ones = {key: last_of(meetings[key], moment) for key in keys}
    next_ones = {key: next_of(meetings[key], moment) for key in keys}
    last = [each.id for each in last_ones.values() if each]
    following = [each.id for each in next_ones.values() if each]
    recaps = recaps_of_all(last)
    beginning = [each for each in trajectories if last_ones[each.id] is None]
    lines = lines_of_all(beginning, meetings) if beginning else {}
    return _Read(
        meetings,
        last_ones,
        next_ones,
        agreements_of_all(last),
        frozenset(with_attendance(last)),
        missed_in_all(keys),
        frozenset(key for key, each in recaps.items() if each.sent_at),
        frozenset(prepared_of(following)),
        frozenset(opened_after_all(last, trajectories)),
        owners_of_all(trajectories),
        frozenset(key for key, found in lines.items() if any(each.waits for each in found)),
        _odd(trajectories, meetings, moment),
        frozenset(key for key, items in reading_for(following).items() if items),
        going_of_all(trajectories, meetings),
    )


def _odd(
    trajectories: Sequence[TrajectoryCard],
    meetings: Mapping[uuid.UUID, Sequence[MeetingRow]],
    moment: datetime,
) -> dict[uuid.UUID, list[str]]:
    """What is odd about the dates that are still to come, by the keys of the meetings."""
    found: dict[uuid.UUID, list[str]] = {}
    for place in {each.partnership_id for each in trajectories}:
        breaks = breaks_from(place, moment.date())
        for trajectory in trajectories:
            if trajectory.partnership_id == place:
                plan = _until_nearest(meetings[trajectory.id], moment)
                odd = oddities([each.slot for each in plan], breaks, holiday_on, moment)
                for meeting, each in zip(plan, odd, strict=True):
                    found[meeting.id] = [
                        words.oddity(one) for one in each if one.what in ASKED_ABOUT
                    ]
    return found


def _until_nearest(plan: Sequence[MeetingRow], moment: datetime) -> Sequence[MeetingRow]:
    """Without the meetings of which nobody looks at the date yet."""
    over = sum(each.starts_at <= moment for each in plan)
    return plan[: over + NEAREST]


def _course(trajectory: TrajectoryCard, known: _Read) -> Course:
    """How one of them stands."""
    people, plan = trajectory.keys_taking_part, known.meetings[trajectory.id]
    last, following = known.last[trajectory.id], known.following[trajectory.id]
    owners = known.owners[trajectory.id]
    agreed = known.agreed[last.id] if last else Agreements()
    going = known.going[trajectory.id]
    return Course(
        [Held(each.id, each.number, each.starts_at, each.ends_at) for each in plan],
        has_people=bool(people),
        is_written_up=last is None or not agreed.is_empty,
        is_noted=last is None or last.id in known.noted,
        recap_sent=last is None or last.id in known.recaps,
        homework_waits=bool(agreed.homework) and people.isdisjoint(agreed.bringers),
        missed={
            key: numbers for key, numbers in known.missed[trajectory.id].items() if key in people
        },
        has_question=owners.has_question,
        left_questions=owners.left,
        empty_subgroups=owners.empty,
        without_subgroup=owners.without,
        somebody_waits=trajectory.id in known.somebody_waits,
        has_open_plan=last is None or any((last.id, each) in known.opened for each in people),
        odd=known.odd,
        is_prepared=following is None or following.id in known.prepared,
        has_reading=following is None or following.id in known.with_reading,
        reminder_at=going.leaves_at if going else None,
    )
