"""What a facilitator does to begin the next trajectory from one that was."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from zetwpo.accounts.colleagues import Colleague
from zetwpo.cycle.common_question import service as questions
from zetwpo.cycle.common_question import subgroups
from zetwpo.cycle.common_question.queries import questions_of
from zetwpo.cycle.common_question.rules import Common, Step
from zetwpo.cycle.common_question.service import Decision
from zetwpo.cycle.setting_up.service import Dates, set_up
from zetwpo.cycle.trajectories import service as trajectories
from zetwpo.cycle.trajectories.queries import TrajectoryCard, find_trajectory
from zetwpo.cycle.trajectories.service import Frame
from zetwpo.edits import Sent


@dataclass(frozen=True)
class Line:
    """A question of the trajectory before, and the words in which it goes along."""

    question: Common
    text: str


@dataclass(frozen=True)
class Along:
    """What goes along from the trajectory before: people who were chosen, and questions."""

    people: Mapping[uuid.UUID, Colleague]
    leaders: Collection[Colleague]
    # None, and no lines, where everybody brings in a new question.
    step: Step | None = None
    lines: Sequence[Line] = ()


def begin_next(
    key: uuid.UUID,
    before: TrajectoryCard,
    frame: Frame,
    dates: Dates,
    along: Along,
    by: uuid.UUID,
) -> None:
    """Begin a trajectory with this key that goes on from another; a second click changes nothing.

    Neither does one that comes much later: by then it is of whoever leads it. Raises MayNot where
    somebody may not be in it.
    """
    follows = replace(frame, follows_id=before.id)
    if not set_up(key, before.partnership_id, follows, dates, by):
        return
    for leader in along.leaders:
        trajectories.add_facilitator(_get(key), leader, by)
    trajectories.add_participants(_get(key), along.people, by)
    parts = _split_off(key, before, along, by) if len(along.lines) > 1 else {}
    # A question of the whole group counts for all who have none of their own after it.
    for line in sorted(along.lines, key=lambda each: each.question.subgroup_id is not None):
        _record(key, line, along.step, parts.get(line.question.subgroup_id), by)


def _split_off(
    key: uuid.UUID, before: TrajectoryCard, along: Along, by: uuid.UUID
) -> dict[uuid.UUID | None, uuid.UUID]:
    """Make the subgroups again of which the question goes along, each with who of it does.

    Returns the key of each by that of the one before.
    """
    questions_before, taken = questions_of(before), {each.question.id for each in along.lines}
    made: dict[uuid.UUID | None, uuid.UUID] = {}
    for each in questions_before.subgroups:
        newest = questions_before.newest(each.id)
        if newest and newest.id in taken:
            made[each.id] = uuid.uuid5(key, str(each.id))
            people = replace(each, members=each.members & along.people.keys())
            subgroups.split_off(questions_of(_get(key)), made[each.id], Sent(people.fields), by)
    return made


def _record(
    key: uuid.UUID, line: Line, step: Step | None, subgroup_id: uuid.UUID | None, by: uuid.UUID
) -> None:
    there = questions_of(_get(key))
    newest = there.newest(subgroup_id)
    decision = Decision(step or Step.FIRST, line.text, line.question.area, subgroup_id)
    questions.record(
        there,
        uuid.uuid5(key, str(line.question.id)),
        decision,
        str(newest.id) if newest else "",
        by,
    )


def _get(key: uuid.UUID) -> TrajectoryCard:
    """The new trajectory with the people whom it has by now."""
    found = find_trajectory(key, to_write=True)
    assert found is not None  # noqa: S101 (it was made a moment ago)
    return found
