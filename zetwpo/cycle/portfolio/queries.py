"""Reading portfolios, and what somebody has to put in one, in a constant number of statements."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

import sqlalchemy as sa

from zetwpo.accounts.actors import Actor
from zetwpo.accounts.policy import READ_QUESTIONS
from zetwpo.clock import today
from zetwpo.cycle.attendance.queries import where_present
from zetwpo.cycle.attendance.rules import forgotten
from zetwpo.cycle.audience.queries import around
from zetwpo.cycle.common_question.queries import questions_of
from zetwpo.cycle.common_question.rules import Common
from zetwpo.cycle.learning_question.queries import SavedQuestion, saved_questions
from zetwpo.cycle.meetings.queries import MeetingRow, meetings_of
from zetwpo.cycle.mine.queries import OwnPart
from zetwpo.cycle.plans.queries import PlanCard, own_plans
from zetwpo.cycle.portfolio.models import Portfolio, PortfolioItem
from zetwpo.cycle.portfolio.rules import Choice, Section, read_order
from zetwpo.cycle.practice.queries import NoteCard, own_notes
from zetwpo.cycle.reflection.queries import ReflectionCard, own_reflections
from zetwpo.extensions import read
from zetwpo.library.reflections import reflection_questions
from zetwpo.scan.self_scan.naming import days_of
from zetwpo.scan.self_scan.queries import ScanCard, scans_of

Thing = TypeVar("Thing")
SENTENCE = "sentence"


@dataclass(frozen=True)
class OwnScan:
    """A self-scan that was finished, and what it is called."""

    card: ScanCard
    day: str


@dataclass(frozen=True)
class OwnAnswer:
    """What somebody answered to one question after a meeting, or brought along from it."""

    key: str
    # Of the meeting.
    number: int
    question: str
    text: str


@dataclass(frozen=True)
class Material:
    """What of somebody's own can go in, or does, by its kind; and the questions of the group."""

    scans: Sequence[OwnScan] = ()
    questions: Sequence[SavedQuestion] = ()
    common: Sequence[Common] = ()
    plans: Sequence[PlanCard] = ()
    notes: Sequence[NoteCard] = ()
    answers: Sequence[OwnAnswer] = ()
    # The meetings at which they were.
    attended: Sequence[MeetingRow] = ()
    # The days of meetings of which it is kept no longer who was there.
    forgotten: Sequence[date] = ()

    @cached_property
    def keys(self) -> dict[Section, list[str]]:
        """By which each can be chosen."""
        return {
            Section.SCAN: [str(each.card.id) for each in self.scans],
            Section.QUESTION: [str(each.scan.id) for each in self.questions],
            Section.COMMON: [str(each.id) for each in self.common],
            Section.PLANS: [str(each.id) for each in self.plans],
            Section.NOTES: [str(each.id) for each in self.notes],
            Section.REFLECTIONS: [each.key for each in self.answers],
            Section.HOURS: [Section.HOURS] if self.attended else [],
        }

    @property
    def minutes(self) -> int:
        """How long the meetings were at which they were."""
        return sum(each.minutes for each in self.attended)

    def only(self, choice: Choice) -> "Material":
        """What of it was chosen."""
        return Material(
            _chosen(choice, Section.SCAN, self.scans, lambda each: each.card.id),
            _chosen(choice, Section.QUESTION, self.questions, lambda each: each.scan.id),
            _chosen(choice, Section.COMMON, self.common, lambda each: each.id),
            _chosen(choice, Section.PLANS, self.plans, lambda each: each.id),
            _chosen(choice, Section.NOTES, self.notes, lambda each: each.id),
            _chosen(choice, Section.REFLECTIONS, self.answers, lambda each: each.key),
            self.attended if choice.keys(Section.HOURS) else (),
            self.forgotten,
        )


def _chosen(
    choice: Choice, section: Section, things: Iterable[Thing], key: Callable[[Thing], object]
) -> list[Thing]:
    return [each for each in things if str(key(each)) in choice.keys(section)]


def material_for(part: OwnPart, person: Actor) -> Material:
    """All that this person can take along from a trajectory, the first things first.

    What they wrote is theirs wherever they are by now. The questions of the group are the group's:
    of those only what they read there at this moment.
    """
    there, person_id = around(part.trajectory), person.person_id
    present, meetings = where_present(part.id, person_id), meetings_of(part.id)
    return Material(
        _finished(scans_of(person_id)),
        list(reversed(saved_questions(person_id))),
        _common(part, person),
        [each for each in own_plans(there, person_id) if not each.plan.is_empty],
        list(reversed(own_notes(there, person_id))),
        _answers(own_reflections(there, person_id)),
        [each for each in meetings if each.id in present],
        forgotten((each.slot.day for each in meetings), today()),
    )


def _finished(scans: Sequence[ScanCard]) -> list[OwnScan]:
    days = days_of(scans)
    # The newest scan comes first.
    return [OwnScan(each, days[each.id]) for each in reversed(scans) if each.is_submitted]


def _common(part: OwnPart, person: Actor) -> Sequence[Common]:
    if not READ_QUESTIONS.opens_to(person, part.facts):
        return ()
    questions = questions_of(part.trajectory)
    own = questions.subgroup_of(person.person_id)
    return questions.line(own.id if own else None)


def _answers(reflections: Sequence[ReflectionCard]) -> list[OwnAnswer]:
    asked = reflection_questions()
    questions = {each.key: str(each.question) for each in asked.by_key.values()}
    found = []
    for each in sorted(reflections, key=lambda one: one.number):
        texts = {**each.texts, SENTENCE: each.sentence}
        for key, question in {**questions, SENTENCE: str(asked.sentence.question)}.items():
            if texts.get(key):
                found.append(OwnAnswer(f"{each.id}.{key}", each.number, question, texts[key]))
    return found


_PORTFOLIO = sa.select(Portfolio.id, Portfolio.introduction, Portfolio.sections).where(
    Portfolio.owner_id == sa.bindparam("owner_id"),
    Portfolio.trajectory_id == sa.bindparam("trajectory_id"),
)
_PORTFOLIO_TO_WRITE = _PORTFOLIO.with_for_update()
_ITEMS = sa.select(PortfolioItem.section, PortfolioItem.key).where(
    PortfolioItem.portfolio_id == sa.bindparam("portfolio_id")
)


def choice_for(trajectory_id: uuid.UUID, owner_id: uuid.UUID, *, to_write: bool = False) -> Choice:
    """What this person chose, also of what is gone by now; nothing where they never did.

    `to_write` holds off whoever else changes it.
    """
    query = _PORTFOLIO_TO_WRITE if to_write else _PORTFOLIO
    row = read(query, trajectory_id=trajectory_id, owner_id=owner_id).one_or_none()
    if row is None:
        return Choice()
    chosen: defaultdict[Section, set[str]] = defaultdict(set)
    for section, key in read(_ITEMS, portfolio_id=row.id):
        chosen[Section(section)].add(key)
    return Choice(
        row.introduction,
        read_order(row.sections),
        {section: frozenset(keys) for section, keys in chosen.items()},
    )
