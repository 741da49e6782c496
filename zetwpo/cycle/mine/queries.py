"""What is somebody's own in a trajectory, and what others there opened to them."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from zetwpo.accounts.actors import Actor, Facts
from zetwpo.accounts.colleagues import Colleague
from zetwpo.accounts.policy import READ_OPENED
from zetwpo.clock import now
from zetwpo.cycle.audience.queries import Own, around
from zetwpo.cycle.meetings.queries import MeetingCard, MeetingRow, meetings_of
from zetwpo.cycle.mine.rules import NextStep, Period, next_step
from zetwpo.cycle.pairs.queries import PairCard, pairs_in
from zetwpo.cycle.plans.queries import (
    AskedRow,
    PlanCard,
    asked_by,
    counts_of_questions,
    own_plans,
    plans_after,
    statuses,
)
from zetwpo.cycle.practice.queries import NoteCard, noted_after, notes_after, own_notes
from zetwpo.cycle.reflection.queries import (
    AnswerCard,
    ReflectionCard,
    Sentence,
    answered_after,
    own_reflections,
    reflections_after,
    sentences_for,
)
from zetwpo.cycle.trajectories.queries import TrajectoryCard, find_trajectory, stays_in
from zetwpo.library.reflections import ReflectionQuestions

Thing = TypeVar("Thing", bound=Own)


@dataclass(frozen=True)
class OwnPart:
    """A trajectory, for whoever takes part in it or did."""

    trajectory: TrajectoryCard
    # Who takes part no more.
    former: frozenset[uuid.UUID]
    # Who did for a while, and is back.
    back: frozenset[uuid.UUID] = frozenset()

    @property
    def id(self) -> uuid.UUID:
        """The key of the trajectory."""
        return self.trajectory.id

    @property
    def facts(self) -> Facts:
        """Those of the trajectory, with who left."""
        return replace(self.trajectory.facts, former=self.former)


@dataclass(frozen=True)
class PeriodView:
    """What somebody wrote after one meeting."""

    meeting: MeetingRow
    plan: PlanCard | None
    notes: Sequence[NoteCard]
    reflection: ReflectionCard | None

    @property
    def is_empty(self) -> bool:
        """True where they wrote nothing."""
        return not (self.plan or self.notes or self.reflection)

    def is_answered(self, keys: Iterable[str]) -> bool:
        """True where there is an answer to one of these questions."""
        return self.reflection is not None and any(key in self.reflection.answers for key in keys)


@dataclass(frozen=True)
class Mine:
    """All that somebody wrote in a trajectory."""

    # After each meeting that has begun, the latest first.
    periods: Sequence[PeriodView]
    # The one that comes next, if one does.
    next_meeting: MeetingRow | None
    pairs: Sequence[PairCard]
    asked: Sequence[AskedRow]
    # About their plans.
    questions: dict[uuid.UUID, int]

    def is_closed_since(self, since: datetime) -> bool:
        """True where somebody who is back since then has to hear that what they opened is closed.

        Until the first meeting at which they are again.
        """
        has_met = any(since < each.meeting.starts_at for each in self.periods)
        return not has_met and not all(each.is_empty for each in self.periods)

    def next_step(self, questions: ReflectionQuestions, *, is_closed: bool = False) -> NextStep:
        """What to do next; in a trajectory that is closed nobody waits for anything any more."""
        if not self.periods:
            return next_step(None)
        if is_closed:
            return NextStep.TAKE_ALONG
        latest = self.periods[0]
        meeting, practice = (
            latest.is_answered(each.key for each in part.questions) for part in questions.parts
        )
        plan = latest.plan.status if latest.plan else None
        is_last = self.next_meeting is None
        return next_step(Period(plan, meeting, practice, bool(latest.notes), is_last))


@dataclass(frozen=True)
class OpenedBy:
    """What one person opened to whoever looks, of the time after one meeting."""

    person: Colleague
    plan: PlanCard | None
    notes: Sequence[NoteCard]
    answers: Sequence[AnswerCard]

    @property
    def is_empty(self) -> bool:
        """True where that is nothing."""
        return not (self.plan or self.notes or self.answers)


@dataclass(frozen=True)
class OpenedAfter:
    """What others opened, of the time after one meeting."""

    meeting: MeetingRow
    people: Sequence[OpenedBy]
    sentences: Sequence[Sentence]
    # What whoever looks asked about plans, after this meeting or another.
    asked: Sequence[AskedRow]


def find_own_part(trajectory_id: uuid.UUID) -> OwnPart | None:
    """The trajectory with this key, with who left it."""
    trajectory = find_trajectory(trajectory_id)
    if trajectory is None:
        return None
    left = frozenset(each.person_id for each in stays_in(trajectory_id) if each.left_at)
    members = trajectory.facts.members
    return OwnPart(trajectory, left - members, left & members)


def find_mine(trajectory: TrajectoryCard, person: Actor) -> Mine:
    """All that this person wrote there, in a constant number of statements."""
    there, person_id = around(trajectory), person.person_id
    meetings, moment = meetings_of(trajectory.id), now()
    plans = own_plans(there, person_id)
    plan_after = {each.meeting_id: each for each in plans}
    notes = own_notes(there, person_id)
    reflection_on = {each.meeting_id: each for each in own_reflections(there, person_id)}
    # A meeting may have been moved ahead after somebody wrote: what is written stays.
    written = {*plan_after, *reflection_on, *(each.meeting_id for each in notes)}
    begun = [each for each in meetings if each.starts_at <= moment or each.id in written]
    return Mine(
        [
            PeriodView(
                meeting,
                plan_after.get(meeting.id),
                [each for each in notes if each.meeting_id == meeting.id],
                reflection_on.get(meeting.id),
            )
            for meeting in reversed(begun)
        ],
        next((each for each in meetings if each.starts_at > moment), None),
        [each for each in pairs_in(trajectory) if person_id in each.facts.members],
        asked_by(there, person),
        counts_of_questions(plans),
    )


def steps_after(
    person_id: uuid.UUID, meetings: Mapping[uuid.UUID, bool], questions: ReflectionQuestions
) -> Mapping[uuid.UUID, NextStep]:
    """What this person does next after each of these meetings, in three statements.

    Of each is said whether it is the last one of its trajectory.
    """
    meeting_ids = list(meetings)
    if not meeting_ids:
        return {}
    plans, noted = statuses(person_id, meeting_ids), noted_after(person_id, meeting_ids)
    answered = answered_after(person_id, meeting_ids)
    of_meeting, of_practice = (
        frozenset(each.key for each in part.questions) for part in questions.parts
    )
    return {
        each: next_step(
            Period(
                plans.get(each),
                bool(of_meeting & answered[each]),
                bool(of_practice & answered[each]),
                each in noted,
                is_last,
            )
        )
        for each, is_last in meetings.items()
    }


def opened_after(
    trajectory: TrajectoryCard, meeting: MeetingRow, following: MeetingRow | None, reader: Actor
) -> OpenedAfter:
    """What others opened to this reader, of the time between these two meetings."""
    there = around(trajectory)
    plans = _readable(plans_after(there, meeting.id), reader)
    notes = _readable(notes_after(there, meeting.id), reader)
    reflections = reflections_after(there, meeting.id)
    answers = _readable(
        [answer for each in reflections for answer in each.answers.values()], reader
    )
    people = [
        OpenedBy(
            person,
            next((each for each in plans if each.owner_id == person.id), None),
            [each for each in notes if each.owner_id == person.id],
            [each for each in answers if each.owner_id == person.id],
        )
        for person in trajectory.participants
    ]
    return OpenedAfter(
        meeting,
        [each for each in people if not each.is_empty],
        _sentences(trajectory, following, reader),
        asked_by(there, reader),
    )


def _readable(things: Iterable[Thing], reader: Actor) -> list[Thing]:
    """Those of others that open to this reader."""
    return [
        each
        for each in things
        if each.owner_id != reader.person_id and READ_OPENED.opens_to(reader, each.facts)
    ]


def _sentences(
    trajectory: TrajectoryCard, following: MeetingRow | None, reader: Actor
) -> list[Sentence]:
    if following is None:
        return []
    card = MeetingCard(**vars(following), trajectory=trajectory)
    others = sentences_for(card, reader)
    return [each for each in others if each.person.id != reader.person_id]
