"""Reading the questions of a trajectory, in four statements however many there are.

Who left takes their own along: what they brought in is read by nobody else any more.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

import sqlalchemy as sa

from zetwpo.accounts.actors import Facts
from zetwpo.cycle.common_question import rules
from zetwpo.cycle.common_question.models import (
    BroughtQuestion,
    CommonQuestion,
    QuestionProposal,
    QuestionRound,
    QuestionSubgroup,
    SubgroupMember,
)
from zetwpo.cycle.common_question.rules import Brought, Common, Proposal, Step
from zetwpo.cycle.trajectories.models import Participation, Trajectory
from zetwpo.cycle.trajectories.queries import TrajectoryCard, find_trajectory
from zetwpo.database.keys import among
from zetwpo.database.looks import once_a_look
from zetwpo.edits import Fields
from zetwpo.extensions import read


@dataclass(frozen=True)
class Round:
    """One time that the group brings its questions together."""

    id: uuid.UUID
    number: int
    opened_at: datetime | None

    @property
    def is_open(self) -> bool:
        """True from when on everybody in the group reads what was brought in."""
        return self.opened_at is not None


@dataclass(frozen=True)
class Subgroup:
    """A part of the group with a question of its own, and who of those who take part is in it."""

    id: uuid.UUID
    number: int
    area: str
    members: frozenset[uuid.UUID]

    @property
    def fields(self) -> Fields:
        """What can be changed of it, by the names of the fields."""
        return {"area": self.area, "members": " ".join(sorted(map(str, self.members)))}


@dataclass(frozen=True)
class Closed:
    """What somebody brought in this time before they left, and can bring in anew."""

    brought: Brought
    # True where the group made a common question of it.
    is_decided: bool


@dataclass(frozen=True)
class Questions:
    """All questions of one trajectory: what was brought in this time, and the line."""

    trajectory: TrajectoryCard
    # What pages call those who take part, so that two of one name can be told apart.
    names: Mapping[uuid.UUID, str]
    round: Round | None
    # Of this round, by the names of their authors.
    proposals: tuple[Proposal, ...]
    # In the order in which they were decided.
    common: tuple[Common, ...]
    subgroups: tuple[Subgroup, ...]
    # By their authors, who left after bringing them in and are back: theirs alone for now.
    closed: Mapping[uuid.UUID, Closed] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """True where everybody in the group reads what was brought in."""
        return self.round is not None and self.round.is_open

    @property
    def brought(self) -> list[Brought]:
        """What was brought in this time, by the names of the authors."""
        found = (source for each in self.proposals for source in each.sources)
        return sorted(found, key=lambda each: (each.author.casefold(), each.author_id))

    @cached_property
    def open_proposals(self) -> list[Proposal]:
        """Those that no common question was made of yet."""
        return [each for each in self.proposals if not each.is_decided]

    def proposal(self, proposal_id: uuid.UUID) -> Proposal | None:
        """The proposal with this key, of this round."""
        return next((each for each in self.proposals if each.id == proposal_id), None)

    def proposal_of(self, person_id: uuid.UUID) -> Proposal | None:
        """The proposal that holds what this person brought in."""
        mine = (
            each
            for each in self.proposals
            if any(source.author_id == person_id for source in each.sources)
        )
        return next(mine, None)

    def brought_by(self, person_id: uuid.UUID) -> Brought | None:
        """What this person brought in this time."""
        return next((each for each in self.brought if each.author_id == person_id), None)

    def subgroup(self, subgroup_id: uuid.UUID | None) -> Subgroup | None:
        """The subgroup with this key."""
        return next((each for each in self.subgroups if each.id == subgroup_id), None)

    def subgroup_of(self, person_id: uuid.UUID) -> Subgroup | None:
        """The subgroup in which this person is."""
        return next((each for each in self.subgroups if person_id in each.members), None)

    def has_common(self, key: uuid.UUID) -> bool:
        """True where the common question with this key is in the line."""
        return any(each.id == key for each in self.common)

    def line(self, subgroup_id: uuid.UUID | None = None) -> list[Common]:
        """The common questions of a subgroup or of the whole group, first to last."""
        return rules.line_for(self.common, subgroup_id)

    def newest(self, subgroup_id: uuid.UUID | None = None) -> Common | None:
        """What a subgroup or the whole group works on."""
        return rules.newest_for(self.common, subgroup_id)

    @property
    def current(self) -> list[Common]:
        """What is worked on now: one for each subgroup, or that of the whole group."""
        return rules.newest(self.common, [each.id for each in self.subgroups])


@dataclass(frozen=True)
class BroughtCard:
    """A question that somebody brought in, for its author: also after leaving the group."""

    id: uuid.UUID
    trajectory_id: uuid.UUID
    trajectory: str
    partnership_id: uuid.UUID
    author_id: uuid.UUID
    proposal_id: uuid.UUID
    text: str
    axis: str
    is_decided: bool

    @property
    def facts(self) -> Facts:
        """It is its author's."""
        return Facts(owner_id=self.author_id, partnership_id=self.partnership_id)


_TRAJECTORY: sa.BindParameter[uuid.UUID] = sa.bindparam("trajectory_id")
_ROUND = (
    sa.select(QuestionRound.id, QuestionRound.number, QuestionRound.opened_at)
    .where(QuestionRound.trajectory_id == _TRAJECTORY)
    .order_by(QuestionRound.number.desc())
    .limit(1)
)
# Of all rounds: what became part of a common question is read with that.
_BROUGHT = (
    sa.select(
        QuestionProposal.id.label("proposal_id"),
        QuestionProposal.round_id,
        QuestionProposal.wording,
        QuestionProposal.points,
        BroughtQuestion.id,
        BroughtQuestion.author_id,
        BroughtQuestion.text,
        BroughtQuestion.axis,
        BroughtQuestion.brought_at,
    )
    .join(QuestionRound, QuestionRound.id == QuestionProposal.round_id)
    .join(BroughtQuestion, BroughtQuestion.proposal_id == QuestionProposal.id)
    .where(QuestionRound.trajectory_id == _TRAJECTORY)
)
_COMMON = (
    sa.select(
        CommonQuestion.id,
        CommonQuestion.number,
        CommonQuestion.step,
        CommonQuestion.text,
        CommonQuestion.area,
        CommonQuestion.decided_at,
        CommonQuestion.subgroup_id,
        CommonQuestion.meeting_id,
        CommonQuestion.proposal_id,
    )
    .where(CommonQuestion.trajectory_id == _TRAJECTORY)
    .order_by(CommonQuestion.number)
)
_SUBGROUPS = (
    sa.select(
        QuestionSubgroup.id,
        QuestionSubgroup.number,
        QuestionSubgroup.area,
        SubgroupMember.person_id,
    )
    .outerjoin(SubgroupMember, SubgroupMember.subgroup_id == QuestionSubgroup.id)
    .where(QuestionSubgroup.trajectory_id == _TRAJECTORY)
    .order_by(QuestionSubgroup.number)
)
_IS_DECIDED = (
    sa.select(CommonQuestion.id)
    .where(CommonQuestion.proposal_id == BroughtQuestion.proposal_id)
    .exists()
)
_CARDS = (
    sa.select(
        BroughtQuestion.id,
        Trajectory.id,
        Trajectory.title,
        Trajectory.partnership_id,
        BroughtQuestion.author_id,
        BroughtQuestion.proposal_id,
        BroughtQuestion.text,
        BroughtQuestion.axis,
        _IS_DECIDED,
    )
    .join(QuestionRound, QuestionRound.id == BroughtQuestion.round_id)
    .join(Trajectory, Trajectory.id == QuestionRound.trajectory_id)
)
_CARD = _CARDS.where(BroughtQuestion.id == sa.bindparam("brought_id"))
_CARDS_OF = _CARDS.where(BroughtQuestion.author_id == sa.bindparam("author_id")).order_by(
    Trajectory.title, QuestionRound.number
)
# The trajectories with a common question, and those in which somebody brought one in.
_WITH_QUESTION = sa.union(
    sa.select(CommonQuestion.trajectory_id).where(among(CommonQuestion.trajectory_id)),
    sa.select(QuestionRound.trajectory_id)
    .join(BroughtQuestion, BroughtQuestion.round_id == QuestionRound.id)
    .join(
        Participation,
        sa.and_(
            Participation.trajectory_id == QuestionRound.trajectory_id,
            Participation.person_id == BroughtQuestion.author_id,
        ),
    )
    .where(
        BroughtQuestion.author_id == sa.bindparam("person_id"),
        among(QuestionRound.trajectory_id),
        Participation.left_at.is_(None),
        Participation.since <= BroughtQuestion.brought_at,
    ),
)


_LAST_BROUGHT = (
    sa.select(BroughtQuestion.text)
    .join(QuestionRound, QuestionRound.id == BroughtQuestion.round_id)
    .where(
        QuestionRound.trajectory_id == _TRAJECTORY,
        BroughtQuestion.author_id == sa.bindparam("author_id"),
    )
    .order_by(QuestionRound.number.desc())
    .limit(1)
)


def last_brought(trajectory_id: uuid.UUID, author_id: uuid.UUID) -> str:
    """The question that this person brought in last, in their own words; empty without one."""
    query = read(_LAST_BROUGHT, trajectory_id=trajectory_id, author_id=author_id)
    return query.scalar_one_or_none() or ""


@once_a_look
def questions_of(trajectory: TrajectoryCard) -> Questions:
    """The questions of this trajectory, as far as those in it may come to read them."""
    names = {each.id: each.name for each in trajectory.participants}
    round_row = read(_ROUND, trajectory_id=trajectory.id).one_or_none()
    common = read(_COMMON, trajectory_id=trajectory.id).all()
    decided = {row.proposal_id for row in common if row.proposal_id}
    now_there = Round(*round_row) if round_row else None
    proposals, sources, closed, of_proposal = [], defaultdict(list), {}, {}
    for row in read(_BROUGHT, trajectory_id=trajectory.id):
        if row.author_id not in names:
            continue
        mine = Brought(row.id, row.author_id, names[row.author_id], row.text, row.axis)
        if trajectory.stayed_since(row.author_id, row.brought_at):
            of_proposal[row.proposal_id] = row
            sources[row.proposal_id].append(mine)
        elif now_there and row.round_id == now_there.id:
            closed[row.author_id] = Closed(mine, row.proposal_id in decided)
    for row in of_proposal.values():
        if now_there and row.round_id == now_there.id:
            key = row.proposal_id
            proposals.append(
                Proposal(key, row.wording, _by_name(sources[key]), row.points, key in decided)
            )
    return Questions(
        trajectory,
        names,
        now_there,
        tuple(sorted(proposals, key=lambda each: _name_order(each.sources[0]))),
        tuple(
            Common(
                row.id,
                row.number,
                Step(row.step),
                row.text,
                row.area,
                row.decided_at,
                row.subgroup_id,
                row.meeting_id,
                _by_name(sources[row.proposal_id]) if row.proposal_id else (),
            )
            for row in common
        ),
        _subgroups(trajectory),
        closed,
    )


def current_questions(trajectory_id: uuid.UUID) -> list[Common]:
    """What this trajectory works on now: one question for each subgroup, or that of all."""
    found = find_trajectory(trajectory_id)
    return questions_of(found).current if found else []


def still_to_bring_in(
    person_id: uuid.UUID, trajectory_ids: Collection[uuid.UUID]
) -> frozenset[uuid.UUID]:
    """Those of these trajectories that have no common question and nothing of this person."""
    if not trajectory_ids:
        return frozenset()
    rows = read(_WITH_QUESTION, person_id=person_id, ids=trajectory_ids)
    return frozenset(trajectory_ids) - frozenset(rows.scalars())


def find_brought(brought_id: uuid.UUID) -> BroughtCard | None:
    """What somebody brought in, for its author."""
    row = read(_CARD, brought_id=brought_id).one_or_none()
    return BroughtCard(*row) if row else None


def all_brought_by(author_id: uuid.UUID) -> list[BroughtCard]:
    """What somebody brought in anywhere, for its author: also where they left the group."""
    return [BroughtCard(*row) for row in read(_CARDS_OF, author_id=author_id)]


def _subgroups(trajectory: TrajectoryCard) -> tuple[Subgroup, ...]:
    rows = read(_SUBGROUPS, trajectory_id=trajectory.id).all()
    members = defaultdict(set)
    for row in rows:
        if row.person_id in trajectory.facts.members:
            members[row.id].add(row.person_id)
    found = {row.id: (row.id, row.number, row.area) for row in rows}
    return tuple(Subgroup(*each, frozenset(members[key])) for key, each in found.items())


def _name_order(question: Brought) -> tuple[str, uuid.UUID]:
    return question.author.casefold(), question.author_id


def _by_name(sources: list[Brought]) -> tuple[Brought, ...]:
    return tuple(sorted(sources, key=_name_order))
