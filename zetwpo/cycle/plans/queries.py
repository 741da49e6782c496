"""Reading plans, and the questions about them."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from zetwpo.accounts.actors import Actor, Facts
from zetwpo.accounts.colleagues import Colleague
from zetwpo.accounts.policy import READ_OPENED
from zetwpo.cycle.audience.queries import Own, Surroundings, around_all
from zetwpo.cycle.audience.rules import Audience
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.cycle.plans import rules
from zetwpo.cycle.plans.models import Plan as PlanRow
from zetwpo.cycle.plans.models import PlanQuestion
from zetwpo.cycle.plans.rules import Hint, Plan, Status
from zetwpo.cycle.trajectories.queries import TrajectoryCard
from zetwpo.database.keys import among
from zetwpo.extensions import read


@dataclass(frozen=True, kw_only=True)
class PlanCard(Own):
    """A plan, and what its author is doing with it."""

    plan: Plan
    status: Status
    # None also where its author left since: nothing opens again by coming back.
    opened_at: datetime | None
    written_at: datetime

    @property
    def audiences(self) -> Mapping[Audience, datetime]:
        """To whom it is open."""
        return rules.audiences(self.status, self.opened_at)

    @property
    def is_open(self) -> bool:
        """True where its author is at it."""
        return rules.is_open(self.plan, self.status)

    @property
    def hints(self) -> list[Hint]:
        """What may help to keep it small."""
        return list(rules.hints(self.plan))


@dataclass(frozen=True)
class QuestionCard:
    """What somebody else asked about a plan, and what its author says to it."""

    id: uuid.UUID
    plan: PlanCard
    author_id: uuid.UUID | None
    # None where they left the trajectory, or deleted their account.
    author: Colleague | None
    text: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None

    @property
    def facts(self) -> Facts:
        """Those of the plan: whoever reads that, reads this."""
        return self.plan.facts

    @property
    def fields(self) -> dict[str, str]:
        """What the author of the plan writes."""
        return {"answer": self.answer}


@dataclass(frozen=True)
class AskedQuestion:
    """The same for whoever asked it: theirs to take back."""

    card: QuestionCard

    @property
    def id(self) -> uuid.UUID:
        """The key of the question."""
        return self.card.id

    @property
    def facts(self) -> Facts:
        """It is of whoever asked it."""
        return Facts(
            owner_id=self.card.author_id, partnership_id=self.card.plan.facts.partnership_id
        )


@dataclass(frozen=True)
class AskedRow:
    """What somebody asked about a plan, in a list of their own."""

    id: uuid.UUID
    text: str
    asked_at: datetime
    # About whose plan, and its key; None where they do not read that plan now.
    plan: PlanCard | None


_PLANS = sa.select(
    PlanRow.id,
    PlanRow.owner_id,
    PlanRow.meeting_id,
    Meeting.number,
    Meeting.trajectory_id,
    PlanRow.what,
    PlanRow.at,
    PlanRow.sign,
    PlanRow.minutes,
    PlanRow.status,
    PlanRow.opened_at,
    PlanRow.written_at,
).join(Meeting, Meeting.id == PlanRow.meeting_id)
_ONE = _PLANS.where(PlanRow.id == sa.bindparam("plan_id"))
_ONE_TO_WRITE = _ONE.with_for_update(of=PlanRow)
_OWN = _PLANS.where(
    Meeting.trajectory_id == sa.bindparam("trajectory_id"),
    PlanRow.owner_id == sa.bindparam("owner_id"),
).order_by(Meeting.number)
_OPENED = (
    sa.select(PlanRow.meeting_id, PlanRow.owner_id, PlanRow.opened_at, Meeting.trajectory_id)
    .join(Meeting, Meeting.id == PlanRow.meeting_id)
    .where(among(PlanRow.meeting_id), PlanRow.opened_at.is_not(None))
)
_IN_TRAJECTORIES = _PLANS.where(among(Meeting.trajectory_id))
_AFTER = _PLANS.where(PlanRow.meeting_id == sa.bindparam("meeting_id"))
_STATUSES = sa.select(PlanRow.meeting_id, PlanRow.status).where(
    PlanRow.owner_id == sa.bindparam("owner_id"), among(PlanRow.meeting_id)
)


def find_plan(plan_id: uuid.UUID, *, to_write: bool = False) -> PlanCard | None:
    """The plan with this key; `to_write` holds off whoever else changes it."""
    row = read(_ONE_TO_WRITE if to_write else _ONE, plan_id=plan_id).one_or_none()
    around = around_all([row.trajectory_id]).get(row.trajectory_id) if row else None
    return _card(row, around) if row and around else None


def own_plans(around: Surroundings, owner_id: uuid.UUID) -> list[PlanCard]:
    """The plans of this participant, by the numbers of their meetings."""
    rows = read(_OWN, trajectory_id=around.trajectory.id, owner_id=owner_id)
    return [_card(row, around) for row in rows]


def statuses(owner_id: uuid.UUID, meeting_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Status]:
    """How the plan of this person stands after each of these meetings after which there is one."""
    rows = read(_STATUSES, owner_id=owner_id, ids=meeting_ids)
    return {row.meeting_id: Status(row.status) for row in rows}


def plans_after(around: Surroundings, meeting_id: uuid.UUID) -> list[PlanCard]:
    """All plans after this meeting, opened or not: who reads which is for the table to say."""
    return [_card(row, around) for row in read(_AFTER, meeting_id=meeting_id)]


def opened_after_all(
    meeting_ids: Collection[uuid.UUID], trajectories: Iterable[TrajectoryCard]
) -> set[tuple[uuid.UUID, uuid.UUID]]:
    """After which of these meetings who opened a plan to their group: of the others, nothing.

    Of these trajectories, and of who is there since.
    """
    rows = read(_OPENED, ids=meeting_ids) if meeting_ids else ()
    cards = {each.id: each for each in trajectories}
    return {
        (meeting_id, owner_id)
        for meeting_id, owner_id, opened_at, trajectory_id in rows
        if cards[trajectory_id].stayed_since(owner_id, opened_at)
    }


def last_plans_of_all(around: Mapping[uuid.UUID, Surroundings]) -> dict[uuid.UUID, list[PlanCard]]:
    """The last plan of each author in each of these trajectories, in one statement.

    Also of who takes part no more.
    """
    plans: defaultdict[tuple[uuid.UUID, uuid.UUID], list[PlanCard]] = defaultdict(list)
    for row in read(_IN_TRAJECTORIES, ids=around) if around else ():
        plans[row.trajectory_id, row.owner_id].append(_card(row, around[row.trajectory_id]))
    found: dict[uuid.UUID, list[PlanCard]] = {key: [] for key in around}
    for (trajectory_id, _owner_id), of_one in plans.items():
        found[trajectory_id] += [last for last in [last_of(of_one)] if last]
    return found


def last_of(plans: Iterable[PlanCard]) -> PlanCard | None:
    """The last of these plans of one author in which something is written."""
    written = [each for each in plans if not each.plan.is_empty]
    return max(written, key=lambda each: each.number, default=None)


def _card(row: sa.Row[*tuple[Any, ...]], around: Surroundings) -> PlanCard:
    is_open = around.trajectory.stayed_since(row.owner_id, row.opened_at)
    return PlanCard(
        id=row.id,
        owner_id=row.owner_id,
        meeting_id=row.meeting_id,
        number=row.number,
        around=around,
        plan=Plan(row.what, row.at, row.sign, row.minutes),
        status=Status(row.status),
        opened_at=row.opened_at if is_open else None,
        written_at=row.written_at,
    )


_QUESTIONS = sa.select(
    PlanQuestion.id,
    PlanQuestion.plan_id,
    PlanQuestion.author_id,
    PlanQuestion.text,
    PlanQuestion.asked_at,
    PlanQuestion.answer,
    PlanQuestion.answered_at,
)
_QUESTION = _QUESTIONS.where(PlanQuestion.id == sa.bindparam("question_id"))
_QUESTION_TO_WRITE = _QUESTION.with_for_update()
_ABOUT = _QUESTIONS.where(PlanQuestion.plan_id == sa.bindparam("plan_id")).order_by(
    PlanQuestion.asked_at, PlanQuestion.id
)
_ASKED_BY = (
    _PLANS.add_columns(
        PlanQuestion.id.label("question_id"), PlanQuestion.text, PlanQuestion.asked_at
    )
    .join(PlanQuestion, PlanQuestion.plan_id == PlanRow.id)
    .where(
        Meeting.trajectory_id == sa.bindparam("trajectory_id"),
        PlanQuestion.author_id == sa.bindparam("author_id"),
    )
    .order_by(PlanQuestion.asked_at.desc())
)
_COUNTS = (
    sa.select(PlanQuestion.plan_id, sa.func.count())
    .where(among(PlanQuestion.plan_id))
    .group_by(PlanQuestion.plan_id)
)


def questions_about(plan: PlanCard) -> list[QuestionCard]:
    """The questions about this plan, in the order in which they were asked."""
    return [_question(row, plan) for row in read(_ABOUT, plan_id=plan.id)]


def find_question(question_id: uuid.UUID, *, to_write: bool = False) -> QuestionCard | None:
    """The question with this key; `to_write` holds off whoever else changes it."""
    query = _QUESTION_TO_WRITE if to_write else _QUESTION
    row = read(query, question_id=question_id).one_or_none()
    plan = find_plan(row.plan_id) if row else None
    return _question(row, plan) if row and plan else None


def counts_of_questions(plans: Iterable[PlanCard]) -> dict[uuid.UUID, int]:
    """How many questions there are about each of these plans that has some."""
    return dict(read(_COUNTS, ids=[each.id for each in plans]).all())


def asked_by(around: Surroundings, author: Actor) -> list[AskedRow]:
    """What this person asked about plans of others in this trajectory, the latest first."""
    rows = read(_ASKED_BY, trajectory_id=around.trajectory.id, author_id=author.person_id).all()
    plans = [_card(row, around) for row in rows]
    return [
        AskedRow(
            row.question_id,
            row.text,
            row.asked_at,
            plan if READ_OPENED.opens_to(author, plan.facts) else None,
        )
        for row, plan in zip(rows, plans, strict=True)
    ]


def _question(row: sa.Row[*tuple[Any, ...]], plan: PlanCard) -> QuestionCard:
    return QuestionCard(
        row.id,
        plan,
        row.author_id,
        plan.around.find_person(row.author_id),
        row.text,
        row.asked_at,
        row.answer,
        row.answered_at,
    )
