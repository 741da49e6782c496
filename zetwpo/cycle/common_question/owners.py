"""Whose the questions of many trajectories are, in three statements: for whoever leads them."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from zetwpo.cycle.common_question import rules
from zetwpo.cycle.common_question.models import (
    BroughtQuestion,
    CommonQuestion,
    QuestionSubgroup,
    SubgroupMember,
)
from zetwpo.cycle.common_question.rules import Brought, Common, Step
from zetwpo.cycle.trajectories.queries import TrajectoryCard
from zetwpo.database.keys import among
from zetwpo.extensions import read


@dataclass(frozen=True)
class Owners:
    """What a trajectory works on, and what of that is nobody's."""

    has_question: bool = False
    # The questions of now of which everybody whose words are in them left.
    left: Sequence[str] = ()
    # The numbers of subgroups with a question and nobody in them.
    empty: Sequence[int] = ()
    # Who takes part and is in no subgroup, where there are subgroups.
    without: frozenset[uuid.UUID] = frozenset()


_COMMON = (
    sa.select(
        CommonQuestion.trajectory_id,
        CommonQuestion.id,
        CommonQuestion.number,
        CommonQuestion.step,
        CommonQuestion.text,
        CommonQuestion.area,
        CommonQuestion.decided_at,
        CommonQuestion.subgroup_id,
    )
    .where(among(CommonQuestion.trajectory_id))
    .order_by(CommonQuestion.number)
)
_AUTHORS = (
    sa.select(CommonQuestion.id, BroughtQuestion.id, BroughtQuestion.author_id)
    .join(BroughtQuestion, BroughtQuestion.proposal_id == CommonQuestion.proposal_id)
    .where(among(CommonQuestion.trajectory_id))
)
_SUBGROUPS = (
    sa.select(
        QuestionSubgroup.trajectory_id,
        QuestionSubgroup.id,
        QuestionSubgroup.number,
        SubgroupMember.person_id,
    )
    .outerjoin(SubgroupMember, SubgroupMember.subgroup_id == QuestionSubgroup.id)
    .where(among(QuestionSubgroup.trajectory_id))
    .order_by(QuestionSubgroup.number)
)


def owners_of_all(trajectories: Sequence[TrajectoryCard]) -> dict[uuid.UUID, Owners]:
    """Of each of these whose its questions are."""
    ids = [each.id for each in trajectories]
    if not ids:
        return {}
    authors: defaultdict[uuid.UUID, list[Brought]] = defaultdict(list)
    for key, brought_id, author_id in read(_AUTHORS, ids=ids):
        # Only whose it is: who left takes the words along.
        authors[key].append(Brought(brought_id, author_id, "", "", ""))
    common: defaultdict[uuid.UUID, list[Common]] = defaultdict(list)
    for trajectory_id, key, number, step, text, area, decided_at, subgroup_id in read(
        _COMMON, ids=ids
    ):
        common[trajectory_id].append(
            Common(
                key,
                number,
                Step(step),
                text,
                area,
                decided_at,
                subgroup_id,
                sources=tuple(authors[key]),
            )
        )
    subgroups: defaultdict[uuid.UUID, dict[uuid.UUID, tuple[int, set[uuid.UUID]]]] = defaultdict(
        dict
    )
    for trajectory_id, key, number, person_id in read(_SUBGROUPS, ids=ids):
        _number, members = subgroups[trajectory_id].setdefault(key, (number, set()))
        # Of an empty one there is a row with nobody.
        if person_id is not None:
            members.add(person_id)
    return {
        each.id: _owners(each.keys_taking_part, common[each.id], subgroups[each.id])
        for each in trajectories
    }


def _owners(
    people: frozenset[uuid.UUID],
    common: Sequence[Common],
    subgroups: Mapping[uuid.UUID, tuple[int, set[uuid.UUID]]],
) -> Owners:
    current = rules.newest(common, list(subgroups))
    there = {key for _number, members in subgroups.values() for key in members}
    return Owners(
        has_question=bool(current),
        left=[
            each.text
            for each in current
            if rules.is_left(rules.line_for(common, each.subgroup_id), each, people)
        ],
        empty=[
            number
            for key, (number, members) in subgroups.items()
            if rules.newest_for(common, key) and people.isdisjoint(members)
        ],
        without=people - there if subgroups else frozenset(),
    )
