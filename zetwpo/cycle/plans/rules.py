"""Rules of a plan, without a database or a clock."""

import enum
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from zetwpo.cycle.audience.rules import EACH_MOMENT, Audience

# Minutes a week: more than this seldom fits beside the lessons.
FITS_IN_A_WEEK = 60
# Minutes a week that somebody can mean: all the hours of a full working week.
MOST_MINUTES = 40 * 60
NAMES = ("what", "at", "sign", "minutes")

# "- one", "* one", "• one", "1. one", "2) one".
_ITEM = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+\S")


class Status(enum.StrEnum):
    """What its author is doing with a plan."""

    WRITING = "writing"
    GOING = "going"
    DONE = "done"
    LET_GO = "let_go"

    @property
    def is_over(self) -> bool:
        """True where the plan is kept as it is, until its author takes it up again."""
        return self in {Status.DONE, Status.LET_GO}

    @property
    def is_under_way(self) -> bool:
        """True from when its author said to go and do it, for as long as they stand by that."""
        return self in {Status.GOING, Status.DONE}


# From what one gets to what: by an act of its author, and always with a way back.
NEXT: Mapping[Status, tuple[Status, ...]] = {
    Status.WRITING: (Status.GOING, Status.LET_GO),
    Status.GOING: (Status.DONE, Status.LET_GO, Status.WRITING),
    Status.DONE: (Status.GOING,),
    Status.LET_GO: (Status.WRITING,),
}


class Hint(enum.StrEnum):
    """Something that may help to keep a plan small; never a verdict, and nothing waits for it."""

    SEVERAL_THINGS = "several_things"
    TOO_MUCH_TIME = "too_much_time"
    NO_TIME = "no_time"


@dataclass(frozen=True)
class Plan:
    """A plan as far as it is written; each part of it may be empty."""

    what: str = ""
    at: str = ""
    sign: str = ""
    # A week; None where nothing is said.
    minutes: int | None = None

    @property
    def fields(self) -> dict[str, str]:
        """The same by the names of the fields."""
        minutes = "" if self.minutes is None else str(self.minutes)
        return {"what": self.what, "at": self.at, "sign": self.sign, "minutes": minutes}

    @property
    def is_empty(self) -> bool:
        """True where nothing is written."""
        return not any(self.fields.values())


def is_open(plan: Plan, status: Status) -> bool:
    """True where its author is at it: something is written, and it is neither tried nor let go.

    Open to nobody by that: to whom it can be read is another thing (`audiences`).
    """
    return not plan.is_empty and not status.is_over


def plan_of(fields: Mapping[str, str]) -> Plan:
    """The plan that these fields say. Raises ValueError where the minutes are no minutes."""
    return Plan(fields["what"], fields["at"], fields["sign"], read_minutes(fields["minutes"]))


def read_minutes(text: str) -> int | None:
    """Minutes a week, from 0 to 2400; None for an empty text. Raises ValueError for another."""
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,4}", text) or int(text) > MOST_MINUTES:
        raise ValueError("no minutes")
    return int(text)


def things_in(text: str) -> int:
    """How many things a text seems to hold, 1 and up: the items of its list, where it has one."""
    return max(1, sum(bool(_ITEM.match(line)) for line in text.splitlines()))


def hints(plan: Plan) -> Iterator[Hint]:
    """What may help to keep this plan small, the weightiest first (domain: small steps)."""
    if things_in(plan.what) > 1:
        yield Hint.SEVERAL_THINGS
    if plan.minutes is not None and plan.minutes > FITS_IN_A_WEEK:
        yield Hint.TOO_MUCH_TIME
    if plan.what and plan.minutes is None:
        yield Hint.NO_TIME


def audiences(status: Status, opened_at: datetime | None) -> dict[Audience, datetime]:
    """Who reads a plan besides its author, and from when that was chosen.

    The group from when its author opens it. A pair agreed to see each other's plan: from when its
    author says to go and do it, as before that it is a draft. One that is let go is not opened by
    that: it may have been a draft until then.
    """
    found = {Audience.GROUP: opened_at} if opened_at else {}
    return found | ({Audience.PAIR: EACH_MOMENT} if status.is_under_way else {})
