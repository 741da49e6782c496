"""Reading reflections."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from zetwpo.accounts.actors import Actor, Facts
from zetwpo.accounts.colleagues import Colleague
from zetwpo.accounts.policy import READ_OPENED
from zetwpo.clock import now
from zetwpo.cycle.audience.queries import Own, Surroundings, around_all
from zetwpo.cycle.audience.rules import Audience
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.cycle.meetings.queries import MeetingCard
from zetwpo.cycle.reflection.models import Reflection, ReflectionAnswer
from zetwpo.cycle.reflection.rules import meant_by_sentence
from zetwpo.database.keys import among
from zetwpo.extensions import read


@dataclass(frozen=True, kw_only=True)
class AnswerCard(Own):
    """The answer to one question, which its owner opens by itself; `id` is of the reflection."""

    question: str
    text: str
    audience: Audience = Audience.ONLY_ME
    # None where nobody chose.
    chosen_at: datetime | None = None

    @property
    def audiences(self) -> Mapping[Audience, datetime]:
        """To whom it is open."""
        return {self.audience: self.chosen_at} if self.chosen_at else {}


@dataclass(frozen=True, kw_only=True)
class ReflectionCard(Own):
    """How one participant looks back; opened answer by answer, never as a whole."""

    # By the keys of their questions; only those with a text.
    answers: dict[str, AnswerCard] = field(default_factory=dict)
    sentence: str = ""
    brought_at: datetime | None = None
    # Of the meeting that comes after; None where there is none.
    next_meeting_at: datetime | None = None

    @property
    def audiences(self) -> Mapping[Audience, datetime]:
        """To nobody."""
        return {}

    @property
    def texts(self) -> dict[str, str]:
        """What is answered, by the keys of the questions."""
        return {key: each.text for key, each in self.answers.items()}

    @property
    def is_brought(self) -> bool:
        """True where its sentence goes along to the next meeting: not of who left since."""
        return self.trajectory.stayed_since(self.owner_id, self.brought_at)

    @property
    def fields(self) -> dict[str, str]:
        """The sentence, by the name of its field."""
        return {"sentence": self.sentence}

    def answer_to(self, question: str) -> AnswerCard:
        """The answer to this question, an empty one where there is none."""
        return self.answers.get(question) or AnswerCard(
            id=self.id,
            owner_id=self.owner_id,
            meeting_id=self.meeting_id,
            number=self.number,
            around=self.around,
            question=question,
            text="",
        )


@dataclass(frozen=True)
class Sentence:
    """One sentence that somebody brings to a meeting."""

    person: Colleague
    text: str


_NEXT = aliased(Meeting)
_REFLECTIONS = (
    sa.select(
        Reflection.id,
        Reflection.owner_id,
        Reflection.meeting_id,
        Meeting.number,
        Meeting.trajectory_id,
        Reflection.sentence,
        Reflection.brought_at,
        _NEXT.starts_at.label("next_meeting_at"),
    )
    .join(Meeting, Meeting.id == Reflection.meeting_id)
    .outerjoin(
        _NEXT,
        sa.and_(_NEXT.trajectory_id == Meeting.trajectory_id, _NEXT.number == Meeting.number + 1),
    )
)
_ONE = _REFLECTIONS.where(Reflection.id == sa.bindparam("reflection_id"))
_ONE_TO_WRITE = _ONE.with_for_update(of=Reflection)
_OWN = _REFLECTIONS.where(
    Meeting.trajectory_id == sa.bindparam("trajectory_id"),
    Reflection.owner_id == sa.bindparam("owner_id"),
)
_AFTER = _REFLECTIONS.where(Reflection.meeting_id == sa.bindparam("meeting_id"))
_BROUGHT_TO = _REFLECTIONS.where(
    _NEXT.id == sa.bindparam("meeting_id"), Reflection.brought_at.is_not(None)
)
_ANSWERS = sa.select(
    ReflectionAnswer.reflection_id,
    ReflectionAnswer.question,
    ReflectionAnswer.text,
    ReflectionAnswer.audience,
    ReflectionAnswer.chosen_at,
).where(among(ReflectionAnswer.reflection_id))

_ANSWERED = (
    sa.select(Reflection.meeting_id, ReflectionAnswer.question)
    .join(ReflectionAnswer, ReflectionAnswer.reflection_id == Reflection.id)
    .where(
        Reflection.owner_id == sa.bindparam("owner_id"),
        among(Reflection.meeting_id),
        ReflectionAnswer.text != "",
    )
)


def find_reflection(reflection_id: uuid.UUID, *, to_write: bool = False) -> ReflectionCard | None:
    """The reflection with this key; `to_write` holds off whoever else changes it."""
    row = read(_ONE_TO_WRITE if to_write else _ONE, reflection_id=reflection_id).one_or_none()
    around = around_all([row.trajectory_id]).get(row.trajectory_id) if row else None
    return _cards([row], around)[0] if row and around else None


def own_reflections(around: Surroundings, owner_id: uuid.UUID) -> list[ReflectionCard]:
    """How this participant looked back, in no order."""
    rows = read(_OWN, trajectory_id=around.trajectory.id, owner_id=owner_id).all()
    return _cards(rows, around)


def answered_after(
    owner_id: uuid.UUID, meeting_ids: Collection[uuid.UUID]
) -> Mapping[uuid.UUID, set[str]]:
    """The keys of the questions that this person answered after each of these meetings."""
    found: dict[uuid.UUID, set[str]] = {each: set() for each in meeting_ids}
    for row in read(_ANSWERED, owner_id=owner_id, ids=meeting_ids):
        found[row.meeting_id].add(row.question)
    return found


def reflections_after(around: Surroundings, meeting_id: uuid.UUID) -> list[ReflectionCard]:
    """All after this meeting, opened or not: who reads which answer is for the table to say."""
    return _cards(read(_AFTER, meeting_id=meeting_id).all(), around)


def sentences_for(meeting: MeetingCard, reader: Actor) -> list[Sentence]:
    """What participants bring along to this meeting, as far as this person reads it, by name.

    Whoever leads it reads all of it; the group from when the meeting begins. Not of who left.
    """
    rows = read(_BROUGHT_TO, meeting_id=meeting.id)
    brought = {row.owner_id: row for row in rows}
    around = Surroundings(meeting.trajectory, {})
    return [
        Sentence(person, brought[person.id].sentence)
        for person in meeting.trajectory.participants
        if person.id in brought
        and READ_OPENED.opens_to(reader, _sentence_facts(around, brought[person.id]))
    ]


def _sentence_facts(around: Surroundings, row: sa.Row[*tuple[Any, ...]]) -> Facts:
    """Whose a sentence is that was brought along, and who may read it."""
    circle = around.circle(row.owner_id)
    meant = meant_by_sentence(circle, row.brought_at, row.next_meeting_at, now())
    return replace(around.facts(row.owner_id, {}), shared_with=meant)


def _cards(rows: Sequence[sa.Row[*tuple[Any, ...]]], around: Surroundings) -> list[ReflectionCard]:
    answers: defaultdict[uuid.UUID, list[sa.Row[*tuple[Any, ...]]]] = defaultdict(list)
    for row in read(_ANSWERS, ids=[each.id for each in rows]) if rows else ():
        answers[row.reflection_id].append(row)
    return [_card(row, answers[row.id], around) for row in rows]


def _card(
    row: sa.Row[*tuple[Any, ...]],
    answers: Iterable[sa.Row[*tuple[Any, ...]]],
    around: Surroundings,
) -> ReflectionCard:
    whose = {
        "id": row.id,
        "owner_id": row.owner_id,
        "meeting_id": row.meeting_id,
        "number": row.number,
        "around": around,
    }
    return ReflectionCard(
        **whose,
        answers={
            each.question: AnswerCard(
                **whose,
                question=each.question,
                text=each.text,
                audience=around.held(row.owner_id, Audience(each.audience), each.chosen_at),
                chosen_at=each.chosen_at,
            )
            for each in answers
            if each.text
        },
        sentence=row.sentence,
        brought_at=row.brought_at,
        next_meeting_at=row.next_meeting_at,
    )
