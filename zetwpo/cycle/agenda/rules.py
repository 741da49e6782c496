"""Rules of an agenda, without a database: minutes that add up, and blocks that change places.

How minutes are divided over blocks stands in dividing.py.
"""

import enum
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from zetwpo.cycle.agenda.dividing import STEP, divided

SHORTEST, LONGEST = 1, 600
# More than a day of short blocks; they stand on one page.
MOST_BLOCKS = 40
# Letters of what a block is called, and of one line about it.
LONGEST_TITLE, LONGEST_LINE = 120, 250
# Minutes of input in a row after which people have to do something with it.
LONGEST_INPUT = 30


class Work(enum.StrEnum):
    """What the people do in a block."""

    # They listen, look or read.
    INPUT = "input"
    # They talk, write, try out.
    ACTIVE = "active"
    # Neither.
    PAUSE = "pause"


class Balance(enum.Enum):
    """How much of a meeting is input."""

    NOTHING = "there is neither"
    ACTIVE = "no input"
    MOSTLY_ACTIVE = "a third at most"
    BOTH = "up to a half"
    MOSTLY_INPUT = "more than a half"


class Elsewhere(Exception):
    """Somebody else changed the minutes of this block after the page was shown."""

    def __init__(self, block: "Block") -> None:
        super().__init__()
        self.block = block


class Gone(Exception):
    """A block that is no longer in this agenda."""


class TooMany(Exception):
    """There are as many blocks as one page shows."""


class Chosen(NamedTuple):
    """A method in the version in which it was chosen; that one never changes."""

    key: str
    version: int


@dataclass(frozen=True)
class Block:
    """One part of a meeting. Words that are empty are those of its kind."""

    id: uuid.UUID
    kind: str
    minutes: int
    work: Work
    title: str = ""
    good_for: str = ""
    question: str = ""
    method: Chosen | None = None
    leader_id: uuid.UUID | None = None
    # It keeps its place, so that it can come back there.
    is_dropped: bool = False


# In the order of the meeting, with what was dropped from it.
Agenda = tuple[Block, ...]


@dataclass(frozen=True)
class Timed:
    """A block with when it begins and ends; what was dropped ends as it begins."""

    block: Block
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Weighed:
    """Minutes of input and of active work, and how they weigh against each other."""

    input: int
    active: int
    # Minutes of input without anything else between.
    longest_input: int

    @property
    def balance(self) -> Balance:
        """What to say of it."""
        both = self.input + self.active
        if not both:
            return Balance.NOTHING
        if not self.input:
            return Balance.ACTIVE
        if self.input * 3 <= both:
            return Balance.MOSTLY_ACTIVE
        return Balance.BOTH if self.input * 2 <= both else Balance.MOSTLY_INPUT

    @property
    def is_long(self) -> bool:
        """True where people sit and listen for longer than they can."""
        return self.longest_input > LONGEST_INPUT


def key_of(meeting_id: uuid.UUID, place: int) -> uuid.UUID:
    """The key of the block at this place of a frame: the same before and after it is stored."""
    return uuid.uuid5(meeting_id, f"block {place}")


def kept(agenda: Sequence[Block]) -> Agenda:
    """What is in the meeting."""
    return tuple(each for each in agenda if not each.is_dropped)


def find(agenda: Sequence[Block], block_id: uuid.UUID) -> Block:
    """The block with this key, dropped or not. Raises Gone."""
    for each in agenda:
        if each.id == block_id:
            return each
    raise Gone


def total(agenda: Sequence[Block]) -> int:
    """Minutes of all that is in the meeting."""
    return sum(each.minutes for each in kept(agenda))


def left(agenda: Sequence[Block], minutes: int) -> int:
    """Minutes of the meeting that are still free; below nought where it is too full."""
    return minutes - total(agenda)


def fields_of(block: Block) -> dict[str, str]:
    """What can be changed of a block, by the names of the fields."""
    return {
        "title": block.title,
        "minutes": str(block.minutes),
        "method": block.method.key if block.method else "",
        "leader": str(block.leader_id or ""),
        "work": block.work,
        "good_for": block.good_for,
        "question": block.question,
    }


def with_fields(block: Block, fields: Mapping[str, str], newest: Mapping[str, int]) -> Block:
    """The block with these fields; `newest` has the versions of the methods one can choose.

    A method that stays keeps the version in which it was chosen.
    """
    key, method = fields["method"], block.method
    if key != (method.key if method else ""):
        method = Chosen(key, newest[key]) if key else None
    return replace(
        block,
        title=fields["title"],
        minutes=int(fields["minutes"]),
        method=method,
        leader_id=uuid.UUID(fields["leader"]) if fields["leader"] else None,
        work=Work(fields["work"]),
        good_for=fields["good_for"],
        question=fields["question"],
    )


def stepped(minutes: int, step: int) -> int:
    """A block made longer or shorter by a step, as far as a block goes."""
    shortest = min(minutes, STEP)
    return max(shortest, min(LONGEST, minutes + step))


def lasting(agenda: Sequence[Block], block_id: uuid.UUID, minutes: int, seen: int) -> Agenda:
    """The agenda with so many minutes for this block, of which a page showed `seen` before.

    The same once more changes nothing. Raises Gone, and Elsewhere where it has other minutes than
    either: somebody else was faster.
    """
    block = find(agenda, block_id)
    if block.minutes not in {seen, minutes}:
        raise Elsewhere(block)
    within = max(SHORTEST, min(LONGEST, minutes))
    return changed(agenda, replace(block, minutes=within))


def changed(agenda: Sequence[Block], block: Block) -> Agenda:
    """The agenda with this block as it is now. Raises Gone."""
    find(agenda, block.id)
    return tuple(block if each.id == block.id else each for each in agenda)


def moved(agenda: Sequence[Block], block_id: uuid.UUID, before_id: uuid.UUID) -> Agenda:
    """The agenda with one block right before another one. Raises Gone.

    The same once more changes nothing.
    """
    block, before = find(agenda, block_id), find(agenda, before_id)
    if block is before:
        return tuple(agenda)
    others = [each for each in agenda if each is not block]
    place = others.index(before)
    return (*others[:place], block, *others[place:])


def added(agenda: Sequence[Block], block: Block, before_id: uuid.UUID | None) -> Agenda:
    """The agenda with a new block right before this one, or at the end. Raises Gone and TooMany.

    The same once more changes nothing.
    """
    if any(each.id == block.id for each in agenda):
        return tuple(agenda)
    if len(agenda) >= MOST_BLOCKS:
        raise TooMany
    whole = (*agenda, block)
    return moved(whole, block.id, before_id) if before_id else whole


def fitted(agenda: Sequence[Block], minutes: int, begun: int = 0) -> Agenda:
    """The agenda with its minutes made to add up, by all that has not begun after so many minutes.

    What is over or under way stays as it is, unless nothing else is left to change. A meeting with
    more blocks than fives has no room, and stays as it is.
    """
    if not left(agenda, minutes):
        return tuple(agenda)
    ends = _ends(agenda)
    free = {each.id for each in kept(agenda) if ends[each.id] - each.minutes >= begun}
    fixed = total(agenda) - sum(each.minutes for each in agenda if each.id in free)
    if not free or minutes - fixed < len(free) * STEP:
        free = {each.id for each in kept(agenda)}
        fixed = 0
    if minutes - fixed < len(free) * STEP or not free:
        return tuple(agenda)
    blocks = [each for each in agenda if each.id in free]
    parts = divided([each.minutes for each in blocks], minutes - fixed)
    new = {each.id: part for each, part in zip(blocks, parts, strict=True)}
    return tuple(replace(each, minutes=new.get(each.id, each.minutes)) for each in agenda)


def can_be_fitted(agenda: Sequence[Block], minutes: int) -> bool:
    """True where every block can have five minutes of so many."""
    return 0 < len(kept(agenda)) * STEP <= minutes


def _ends(agenda: Sequence[Block]) -> Mapping[uuid.UUID, int]:
    """After how many minutes each block ends."""
    ends, so_far = {}, 0
    for each in kept(agenda):
        so_far += each.minutes
        ends[each.id] = so_far
    return ends


def timed(agenda: Sequence[Block], starts_at: datetime) -> list[Timed]:
    """All of a meeting that starts at this moment, with its times."""
    return list(_timed(agenda, starts_at))


def _timed(agenda: Sequence[Block], starts_at: datetime) -> Iterator[Timed]:
    for block in agenda:
        ends_at = starts_at + timedelta(minutes=0 if block.is_dropped else block.minutes)
        yield Timed(block, starts_at, ends_at)
        starts_at = ends_at


def number_now(agenda: Sequence[Block], starts_at: datetime, now: datetime) -> int:
    """Which block is on, counted from 1; nought before the meeting and after it."""
    for number, each in enumerate(timed(kept(agenda), starts_at), 1):
        if each.starts_at <= now < each.ends_at:
            return number
    return 0


def weighed(agenda: Sequence[Block]) -> Weighed:
    """Input and active work of a meeting, in minutes."""
    minutes = {
        work: sum(each.minutes for each in kept(agenda) if each.work is work) for work in Work
    }
    runs = groupby(kept(agenda), key=lambda each: each.work)
    longest = max(
        (sum(each.minutes for each in run) for work, run in runs if work is Work.INPUT), default=0
    )
    return Weighed(minutes[Work.INPUT], minutes[Work.ACTIVE], longest)
