"""What somebody in a trajectory does next, without a database or a clock."""

import enum
from dataclasses import dataclass

from zetwpo.cycle.plans.rules import Status


class NextStep(enum.StrEnum):
    """One thing at a time."""

    # Before the first meeting there is nothing to do here.
    WAIT = "wait"
    WRITE_PLAN = "write_plan"
    FINISH_PLAN = "finish_plan"
    REFLECT_ON_MEETING = "reflect_on_meeting"
    NOTE = "note"
    REFLECT_ON_PRACTICE = "reflect_on_practice"
    # All is there: until the next meeting.
    REST = "rest"
    # The last one has been: a portfolio, and a certificate.
    TAKE_ALONG = "take_along"


@dataclass(frozen=True)
class Period:
    """The time from one meeting to the next, as far as somebody used it."""

    # None where no plan was begun.
    plan: Status | None = None
    reflected_on_meeting: bool = False
    reflected_on_practice: bool = False
    # True where there is a practice note.
    noted: bool = False
    # True after the last meeting of all: nobody waits for another plan.
    is_last: bool = False


def next_step(period: Period | None) -> NextStep:
    """What to do next in this period; None before the first meeting.

    First what a meeting leaves fresh, then what practice asks.
    """
    if period is None:
        return NextStep.WAIT
    has_no_plan = period.plan is None
    waits = {
        NextStep.WRITE_PLAN: has_no_plan and not period.is_last,
        NextStep.FINISH_PLAN: period.plan == Status.WRITING,
        NextStep.REFLECT_ON_MEETING: not period.reflected_on_meeting,
        NextStep.NOTE: period.plan == Status.GOING and not period.noted,
        NextStep.REFLECT_ON_PRACTICE: not period.reflected_on_practice
        and not (has_no_plan and period.is_last),
    }
    rest = NextStep.TAKE_ALONG if period.is_last else NextStep.REST
    return next((step for step, is_open in waits.items() if is_open), rest)
