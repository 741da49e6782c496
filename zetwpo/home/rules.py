"""What a supervisor's next step is, without a database."""

import enum
from dataclasses import dataclass


class Step(enum.Enum):
    """The steps of one scan, in their order."""

    FILL_IN = "fill_in"
    ASK = "ask"
    READ = "read"
    QUESTION = "question"


class Status(enum.Enum):
    """How a step stands; shown in words."""

    DONE = "done"
    NOW = "now"
    OPEN = "open"
    AHEAD = "ahead"


class NextStep(enum.Enum):
    """What the card on the first page proposes."""

    START = "start"
    GO_ON = "go_on"
    READ = "read"
    WRITE = "write"
    RESCAN = "rescan"


@dataclass(frozen=True)
class Journey:
    """What was done so far around the newest scan."""

    started: bool = False
    submitted: bool = False
    asked: int = 0
    shared: int = 0
    # A learning question that was begun, and one that was saved.
    has_draft: bool = False
    has_question: bool = False

    @property
    def next_step(self) -> NextStep:
        """The one thing to do now."""
        if not self.started:
            return NextStep.START
        if not self.submitted:
            return NextStep.GO_ON
        if self.has_question:
            return NextStep.RESCAN
        return NextStep.WRITE if self.has_draft else NextStep.READ

    @property
    def steps(self) -> dict[Step, Status]:
        """All steps with how they stand."""
        return {
            Step.FILL_IN: Status.DONE if self.submitted else Status.NOW,
            Step.ASK: self._asking,
            Step.READ: self._after(Status.DONE if self._has_begun_question else Status.NOW),
            Step.QUESTION: self._after(self._question),
        }

    @property
    def _has_begun_question(self) -> bool:
        return self.has_draft or self.has_question

    @property
    def _question(self) -> Status:
        if self.has_question:
            return Status.DONE
        return Status.NOW if self.has_draft else Status.OPEN

    @property
    def _asking(self) -> Status:
        if self.asked:
            return Status.DONE
        return Status.OPEN if self.started else Status.AHEAD

    def _after(self, status: Status) -> Status:
        """This status, once the scan is in."""
        return status if self.submitted else Status.AHEAD
