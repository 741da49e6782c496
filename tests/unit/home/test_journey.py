"""What the first page proposes, at each point of the way."""

import pytest

from zetwpo.home.rules import Journey, NextStep, Status, Step

DONE, NOW, OPEN, AHEAD = Status.DONE, Status.NOW, Status.OPEN, Status.AHEAD
# Fill in, ask, read, learning question.
COURSE = [
    (Journey(), NextStep.START, [NOW, AHEAD, AHEAD, AHEAD]),
    (Journey(started=True), NextStep.GO_ON, [NOW, OPEN, AHEAD, AHEAD]),
    (Journey(started=True, asked=1), NextStep.GO_ON, [NOW, DONE, AHEAD, AHEAD]),
    (Journey(started=True, asked=2, shared=2), NextStep.GO_ON, [NOW, DONE, AHEAD, AHEAD]),
    (Journey(started=True, submitted=True), NextStep.READ, [DONE, OPEN, NOW, OPEN]),
    (
        Journey(started=True, submitted=True, asked=1, shared=1),
        NextStep.READ,
        [DONE, DONE, NOW, OPEN],
    ),
    (
        Journey(started=True, submitted=True, has_draft=True),
        NextStep.WRITE,
        [DONE, OPEN, DONE, NOW],
    ),
    (
        Journey(started=True, submitted=True, has_draft=True, has_question=True),
        NextStep.RESCAN,
        [DONE, OPEN, DONE, DONE],
    ),
    (
        Journey(started=True, submitted=True, has_question=True),
        NextStep.RESCAN,
        [DONE, OPEN, DONE, DONE],
    ),
    (
        Journey(started=True, submitted=True, asked=3, has_question=True),
        NextStep.RESCAN,
        [DONE, DONE, DONE, DONE],
    ),
]


@pytest.mark.parametrize(("journey", "proposal", "statuses"), COURSE)
def test_the_way_from_start_to_learning_question(
    journey: Journey, proposal: NextStep, statuses: list[Status]
) -> None:
    assert journey.next_step is proposal
    assert list(journey.steps) == list(Step)
    assert list(journey.steps.values()) == statuses
