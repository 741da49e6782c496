"""What the next step is of a supervisor, an administrator and a programme leader.

Without a database.
"""

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


class Keeping(enum.Enum):
    """What the card of an administrator proposes, in the order in which a partnership needs it."""

    DESCRIBE = "describe"
    SCHOOLS = "schools"
    PEOPLE = "people"
    MAILS = "mails"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Kept:
    """How far a partnership is with what an administrator keeps."""

    # Who is responsible for the data, and whom to turn to.
    is_described: bool = False
    has_schools: bool = False
    # Besides administrators.
    has_people: bool = False
    # Mails that did not arrive, as far as is known.
    failed_mails: int = 0

    @property
    def next_step(self) -> Keeping:
        """The one thing to do now; nobody waits for an administrator with whom all is well."""
        if not self.is_described:
            return Keeping.DESCRIBE
        if not self.has_schools:
            return Keeping.SCHOOLS
        if not self.has_people:
            return Keeping.PEOPLE
        return Keeping.MAILS if self.failed_mails else Keeping.NOTHING


class Leading(enum.Enum):
    """What the card of a programme leader proposes."""

    DRAFT = "draft"
    BREAKS = "breaks"
    QUESTIONNAIRE = "questionnaire"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Led:
    """How far a partnership is with what a programme leader prepares."""

    # Of the questionnaire: begun, and published once.
    has_draft: bool = False
    has_own: bool = False
    # Of this school year.
    has_breaks: bool = False

    @property
    def next_step(self) -> Leading:
        """The one thing to do now: what was begun comes before what was not."""
        if self.has_draft:
            return Leading.DRAFT
        if not self.has_breaks:
            return Leading.BREAKS
        return Leading.NOTHING if self.has_own else Leading.QUESTIONNAIRE


class MeetingStatus(enum.Enum):
    """How a meeting stands for somebody who takes part; shown in words."""

    BEEN = "been"
    YOUR_TURN = "your_turn"
    PLANNED = "planned"


def meeting_status(is_over: bool, is_next: bool, has_to_do: bool) -> MeetingStatus:
    """How a meeting stands for somebody who has, or has not, something to do before the next."""
    if is_over:
        return MeetingStatus.BEEN
    return MeetingStatus.YOUR_TURN if is_next and has_to_do else MeetingStatus.PLANNED
