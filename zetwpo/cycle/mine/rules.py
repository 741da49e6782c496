"""What somebody in a trajectory does next, without a database or a clock."""

import enum
from dataclasses import dataclass

from zetwpo.cycle.plans.rules import Status


class NextStep(enum.StrEnum):
    """One thing at a time."""

    # Before the first meeting there is nothing to do here.
    WAIT = "wait"
    WRITE_PLAN = "write_plan"
    REFLECT_ON_MEETING = "reflect_on_meeting"
    NOTE = "note"
    REFLECT_ON_PRACTICE = "reflect_on_practice"
    # All is there: until the next meeting.
    REST = "rest"
    # The last meeting has been: a portfolio, and a certificate.
    TAKE_ALONG = "take_along"


@dataclass(frozen=True)
class Period:
    """The time from one meeting to the next, as far as somebody used it."""

    # None where no plan was begun.
    plan: Status | None = None
    reflected_on_meeting: bool = False
    reflected_on_practice: bool = False
    # True after the last meeting.
    is_last: bool = False


def next_step(period: Period | None) -> NextStep:
    """What to do next in this period; None before the first meeting.

    First what a meeting leaves fresh, then what practice asks.
    """
    if period is None:
        return NextStep.WAIT
    tries = period.plan not in {None, Status.WRITING}
    # After the last one there is no meeting to try something for.
    if not tries and not period.is_last:
        return NextStep.WRITE_PLAN
    if not period.reflected_on_meeting:
        return NextStep.REFLECT_ON_MEETING
    if period.plan == Status.GOING:
        return NextStep.NOTE
    if tries and not period.reflected_on_practice:
        return NextStep.REFLECT_ON_PRACTICE
    return NextStep.TAKE_ALONG if period.is_last else NextStep.REST
