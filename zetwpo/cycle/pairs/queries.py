"""Reading who supports whom."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from zetwpo.accounts.actors import Facts
from zetwpo.accounts.colleagues import Colleague
from zetwpo.clock import now
from zetwpo.cycle.pairs import rules
from zetwpo.cycle.pairs.models import Pair, PairMember
from zetwpo.cycle.trajectories.queries import TrajectoryCard, find_trajectory
from zetwpo.database.keys import among
from zetwpo.database.looks import once_a_look
from zetwpo.extensions import read


@dataclass(frozen=True)
class PairCard:
    """Two or three participants whom a facilitator thinks of as a pair."""

    id: uuid.UUID
    trajectory: TrajectoryCard
    # By their keys, with since when they agree; None for who did not, or no more. Whoever left
    # and came back is asked anew.
    agreed: Mapping[uuid.UUID, datetime | None]

    @property
    def facts(self) -> Facts:
        """It is of those who are in it, as long as they take part."""
        trajectory = self.trajectory.facts
        return Facts(
            partnership_id=trajectory.partnership_id,
            members=trajectory.members & frozenset(self.agreed),
            leaders=trajectory.leaders,
        )

    @property
    def people(self) -> list[Colleague]:
        """Who is in it and takes part, by name."""
        return [each for each in self.trajectory.participants if each.id in self.agreed]

    @property
    def is_agreed(self) -> bool:
        """True where all who are in it and take part agreed, and are not alone."""
        return len(self.people) > 1 and all(self.agreed[each.id] for each in self.people)

    def others(self, person_id: uuid.UUID) -> list[Colleague]:
        """Who else is in it."""
        return [each for each in self.people if each.id != person_id]

    def has_agreed(self, person_id: uuid.UUID) -> bool:
        """True from when somebody agreed, until they stop it."""
        return self.agreed.get(person_id) is not None


_MEMBERS = (
    sa.select(Pair.trajectory_id, Pair.id, PairMember.person_id, PairMember.agreed_at)
    .join(PairMember, PairMember.pair_id == Pair.id)
    .order_by(Pair.proposed_at, Pair.id)
)
_OF_TRAJECTORIES = _MEMBERS.where(among(Pair.trajectory_id))
_PROPOSED = _OF_TRAJECTORIES.add_columns(Pair.proposed_at)
_ONE = _MEMBERS.where(Pair.id == sa.bindparam("pair_id"))
_ONE_TO_WRITE = _ONE.with_for_update(of=Pair)

Agreed = dict[uuid.UUID, dict[uuid.UUID, datetime | None]]


def _by_pair(
    rows: Iterable[sa.Row[uuid.UUID, uuid.UUID, uuid.UUID, datetime | None]],
    trajectory: TrajectoryCard,
) -> Agreed:
    """Who is in each of the pairs of this trajectory, and since when they agree."""
    found: Agreed = defaultdict(dict)
    for _trajectory_id, pair_id, person_id, agreed_at in rows:
        holds = trajectory.stayed_since(person_id, agreed_at)
        found[pair_id][person_id] = agreed_at if holds else None
    return found


@once_a_look
def pairs_in(trajectory: TrajectoryCard) -> list[PairCard]:
    """The pairs of this trajectory, those that were proposed first on top."""
    rows = read(_OF_TRAJECTORIES, ids=[trajectory.id]).all()
    return [PairCard(key, trajectory, agreed) for key, agreed in _by_pair(rows, trajectory).items()]


def proposals_to(
    person_id: uuid.UUID, trajectories: Collection[TrajectoryCard]
) -> dict[uuid.UUID, list[Colleague]]:
    """With whom a pair was lately proposed to this person, by trajectory, in one statement."""
    if not trajectories:
        return {}
    others: defaultdict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    asked = set()
    for row in read(_PROPOSED, ids=[each.id for each in trajectories]):
        if row.person_id != person_id:
            others[row.id].add(row.person_id)
        elif rules.is_announced(row.proposed_at, row.agreed_at, now()):
            asked.add((row.trajectory_id, row.id))
    return {
        each.id: [one for one in each.participants if one.id in others[pair_id]]
        for each in trajectories
        for trajectory_id, pair_id in asked
        if trajectory_id == each.id
    }


def find_pair(pair_id: uuid.UUID, *, to_write: bool = False) -> PairCard | None:
    """The pair with this key; `to_write` holds off whoever else changes it."""
    rows = read(_ONE_TO_WRITE if to_write else _ONE, pair_id=pair_id).all()
    trajectory = find_trajectory(rows[0].trajectory_id) if rows else None
    if trajectory is None:
        return None
    return PairCard(pair_id, trajectory, _by_pair(rows, trajectory)[pair_id])


def partners_in(
    trajectories: Collection[TrajectoryCard],
) -> dict[uuid.UUID, dict[uuid.UUID, dict[uuid.UUID, datetime]]]:
    """For each of these trajectories with whom somebody is a pair now and since when.

    In one statement.
    """
    if not trajectories:
        return {}
    rows = defaultdict(list)
    for row in read(_OF_TRAJECTORIES, ids=[each.id for each in trajectories]):
        rows[row.trajectory_id].append(row)
    return {
        each.id: rules.partners(_by_pair(rows[each.id], each).values()) for each in trajectories
    }
