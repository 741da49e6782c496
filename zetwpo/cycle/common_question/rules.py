"""Rules of questions together, without a database."""

import enum
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from zetwpo.cycle.meetings.rules import NextStep
from zetwpo.edits import Fields
from zetwpo.marks import digest

# With the nominal group technique everybody gives these to the three questions of their choice.
SHARES = (3, 2, 1)
# A question, as people say it aloud: more is a story.
LONGEST_QUESTION = 1000
# Chosen by whoever names no part, or no area: another thing than having chosen nothing.
NONE = "none"
# More than anybody splits a group into.
MOST_SUBGROUPS = 12
# All questions of a group below each other, each after a few words about whose it is.
LONGEST_TOGETHER = MOST_SUBGROUPS * (LONGEST_QUESTION + 100)


class Step(enum.StrEnum):
    """How a common question came after the one before it."""

    FIRST = "first"
    DEEPEN = "deepen"
    FOLLOW_UP = "follow_up"
    NEW = "new"

    @property
    def goes_on(self) -> bool:
        """True where what was in the question before is in this one."""
        return self in {Step.DEEPEN, Step.FOLLOW_UP}


@dataclass(frozen=True)
class Brought:
    """A question in the words in which its author brought it in; no axis where they name none."""

    id: uuid.UUID
    author_id: uuid.UUID
    author: str
    text: str
    axis: str = ""


def brought_fields(mine: Brought | None) -> Fields:
    """What somebody can change of what they brought in, by the names of the fields."""
    return {"text": mine.text, "axis": mine.axis or NONE} if mine else {"text": "", "axis": ""}


@dataclass(frozen=True)
class Proposal:
    """What could become the common question: one question as it was brought in, or several.

    `wording` is empty as long as the words are those of its only source.
    """

    id: uuid.UUID
    wording: str
    sources: tuple[Brought, ...]
    points: int | None = None
    is_decided: bool = False

    @property
    def text(self) -> str:
        """How the question reads now."""
        return self.wording or "\n".join(each.text for each in self.sources)

    @property
    def is_merged(self) -> bool:
        """True where questions of several people are in it."""
        return len(self.sources) > 1

    @property
    def is_reworded(self) -> bool:
        """True where it reads in another way than it was brought in."""
        return self.wording not in {"", *(each.text for each in self.sources)}

    @property
    def mark(self) -> str:
        """What changes with its words, with whose it is made of, and with what those say."""
        sources = sorted((str(each.id), each.text, each.axis) for each in self.sources)
        return digest(repr((str(self.id), self.wording, sources)))


@dataclass(frozen=True)
class Overlap:
    """A competence area that several authors name themselves."""

    area: str
    authors: tuple[str, ...]


def overlaps(questions: Iterable[Brought], area_of: Mapping[str, str]) -> list[Overlap]:
    """Which areas more than one author names, in the order of the areas and never by size.

    `area_of` says to which area an axis belongs. Whoever names none is in none.
    """
    named = defaultdict(list)
    for each in questions:
        if each.axis in area_of:
            named[area_of[each.axis]].append(each.author)
    areas = dict.fromkeys(area_of.values())
    return [Overlap(area, tuple(named[area])) for area in areas if len(named[area]) > 1]


# -------------------------------------------------------------------------- putting together


def holding(proposals: Iterable[Proposal], brought: Collection[uuid.UUID]) -> list[Proposal]:
    """The proposals in which these questions are now."""
    return [each for each in proposals if any(source.id in brought for source in each.sources)]


def mark_of(proposals: Iterable[Proposal]) -> str:
    """What a page showed that shows these: it changes when one of them does."""
    return digest(" ".join(sorted(each.mark for each in proposals)))


# ---------------------------------------------------------------------------------- ranking


def points_together(people: int, proposals: int) -> int:
    """How many points there are if everybody gives 3, 2 and 1, or 3 and 2 where there are two."""
    return people * sum(SHARES[:proposals])


def ranked(proposals: Iterable[Proposal]) -> list[list[Proposal]]:
    """The proposals with points, most points first; those with as many stand together."""
    by_points = defaultdict(list)
    for each in proposals:
        if each.points is not None:
            by_points[each.points].append(each)
    return [by_points[points] for points in sorted(by_points, reverse=True)]


# ---------------------------------------------------------------------- the line of questions


@dataclass(frozen=True)
class Common:
    """A common question in the line of a trajectory; numbers count from 1.

    `subgroup_id` is None for one of the whole group. `sources` are the questions out of which it
    was put together, as far as they may be read: none for one that came out of a meeting.
    """

    id: uuid.UUID
    number: int
    step: Step
    text: str
    area: str
    decided_at: datetime
    subgroup_id: uuid.UUID | None = None
    meeting_id: uuid.UUID | None = None
    sources: tuple[Brought, ...] = ()

    def is_for(self, subgroup_id: uuid.UUID | None) -> bool:
        """True for a question of this subgroup, or of the whole group."""
        return self.subgroup_id in {None, subgroup_id}


def line_for(questions: Iterable[Common], subgroup_id: uuid.UUID | None = None) -> list[Common]:
    """The questions that a subgroup had, with those of the whole group, first to last."""
    return sorted(
        (each for each in questions if each.is_for(subgroup_id)), key=lambda each: each.number
    )


def newest_for(questions: Iterable[Common], subgroup_id: uuid.UUID | None = None) -> Common | None:
    """The question that this subgroup works on."""
    line = line_for(questions, subgroup_id)
    return line[-1] if line else None


def newest(questions: Sequence[Common], subgroups: Collection[uuid.UUID]) -> list[Common]:
    """The questions that are worked on now: one for each subgroup, or the one of all."""
    keys: list[uuid.UUID | None] = [*subgroups] or [None]
    found = [newest_for(questions, key) for key in keys]
    return list(dict.fromkeys(each for each in found if each))


def asked_in(
    questions: Iterable[Common], meeting_id: uuid.UUID, starts_at: datetime
) -> list[Common]:
    """The questions that a group has in a meeting: not what it decides there for the next one.

    The first one is decided in a meeting and worked on in it.
    """
    return [
        each
        for each in questions
        if each.decided_at < starts_at
        or (each.step is Step.FIRST and each.meeting_id == meeting_id)
    ]


def is_worded(questions: Iterable[Common], meeting_id: uuid.UUID, starts_at: datetime) -> bool:
    """True where a group has the question already with which it goes on after this meeting.

    The first one is what it works on in a meeting.
    """
    return any(
        each.step is not Step.FIRST
        and (each.meeting_id == meeting_id or each.decided_at >= starts_at)
        for each in questions
    )


def step_of(agreed: NextStep) -> Step | None:
    """How the question comes after the one before it, where this was agreed."""
    if agreed is NextStep.UNDECIDED:
        return None
    return Step.NEW if agreed.is_new else Step(agreed.value)


def agreed_by(step: Step, area: str, before: Common | None) -> NextStep:
    """What a question says of what comes next; UNDECIDED where it does not say.

    The first one says nothing of it, and a new one only where both name their area.
    """
    if before is None or step is Step.FIRST:
        return NextStep.UNDECIDED
    if step is not Step.NEW:
        return NextStep(step.value)
    if not (area and before.area):
        return NextStep.UNDECIDED
    return NextStep.NEW_SAME_AREA if area == before.area else NextStep.NEW_OTHER_AREA


def words_in(line: Sequence[Common], question: Common) -> list[Brought]:
    """Whose words are in this question of a line: also what it took along from those before it."""
    found: dict[Brought, None] = {}
    for each in line[: line.index(question) + 1]:
        if not each.step.goes_on:
            found = {}
        found |= dict.fromkeys(each.sources)
    return list(found)


def is_left(line: Sequence[Common], question: Common, people: Collection[uuid.UUID]) -> bool:
    """True where there are words of somebody in this question of a line, and of none of these.

    One that came out of a meeting is the group's, and is left by nobody.
    """
    authors = {each.author_id for each in words_in(line, question)}
    return bool(authors) and authors.isdisjoint(people)
