"""What a facilitator does to begin the next trajectory from one that was."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from zetwpo.accounts.colleagues import Colleague
from zetwpo.cycle.common_question import service as questions
from zetwpo.cycle.common_question.queries import questions_of
from zetwpo.cycle.common_question.service import Decision
from zetwpo.cycle.setting_up.service import Dates, set_up
from zetwpo.cycle.trajectories import service as trajectories
from zetwpo.cycle.trajectories.queries import TrajectoryCard, find_trajectory
from zetwpo.cycle.trajectories.service import Frame


@dataclass(frozen=True)
class Along:
    """What goes along from the trajectory before: people who were chosen, and a question."""

    people: Mapping[uuid.UUID, Colleague]
    leaders: Collection[Colleague]
    # None where everybody brings in a new question.
    decision: Decision | None


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
    if not set_up(key, before.partnership_id, replace(frame, follows_id=before.id), dates, by):
        return
    for leader in along.leaders:
        trajectories.add_facilitator(_get(key), leader, by)
    trajectories.add_participants(_get(key), along.people, by)
    if along.decision:
        first = uuid.uuid5(key, "the question to go on with")
        questions.record(questions_of(_get(key)), first, along.decision, "", by)


def _get(key: uuid.UUID) -> TrajectoryCard:
    """The new trajectory with the people whom it has by now."""
    found = find_trajectory(key, to_write=True)
    assert found is not None  # noqa: S101 (it was made a moment ago)
    return found
