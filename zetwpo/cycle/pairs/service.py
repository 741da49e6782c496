"""What a facilitator and participants do with pairs."""

import uuid
from collections.abc import Collection

import sqlalchemy as sa

from zetwpo import audit
from zetwpo.accounts import service as accounts
from zetwpo.accounts.colleagues import Colleague
from zetwpo.clock import now
from zetwpo.cycle.pairs.models import Pair, PairMember
from zetwpo.cycle.pairs.queries import PairCard, pairs_in
from zetwpo.cycle.pairs.rules import is_size
from zetwpo.cycle.trajectories.queries import TrajectoryCard
from zetwpo.extensions import db


class WrongSize(Exception):
    """A pair is two people, or three."""


class NotFree(Exception):
    """Somebody of them takes no part, or is in a pair already."""


def propose(
    trajectory: TrajectoryCard, person_ids: Collection[uuid.UUID], actor_id: uuid.UUID
) -> None:
    """Think of these people as a pair; `trajectory` was read to write. Raises WrongSize, NotFree.

    It opens nothing before they agree.
    """
    if not is_size(len(person_ids)):
        raise WrongSize
    free = {each.id for each in free_in(trajectory, pairs_in(trajectory))}
    if not set(person_ids) <= free & accounts.keep(person_ids):
        raise NotFree
    pair = Pair(id=uuid.uuid4(), trajectory_id=trajectory.id, proposed_at=now())
    db.session.add(pair)
    db.session.flush()
    db.session.add_all(PairMember(pair_id=pair.id, person_id=each) for each in person_ids)
    audit.record("pair proposed", actor_id=actor_id, object_id=pair.id)


def free_in(trajectory: TrajectoryCard, pairs: Collection[PairCard]) -> list[Colleague]:
    """Who takes part and is in no pair."""
    taken = {person_id for pair in pairs for person_id in pair.agreed}
    return [each for each in trajectory.participants if each.id not in taken]


def dissolve(pair: PairCard, actor_id: uuid.UUID) -> None:
    """Think of them as a pair no more: from the next request on nobody sees a plan by it."""
    db.session.execute(sa.delete(Pair).where(Pair.id == pair.id))
    audit.record("pair dissolved", actor_id=actor_id, object_id=pair.id)


def agree(pair: PairCard, person_id: uuid.UUID) -> None:
    """Let the others of the pair see one's plan, and see theirs, once they agree as well."""
    if not pair.has_agreed(person_id):
        _set(pair, person_id, agreed_at=now())
        audit.record("pair agreed", actor_id=person_id, object_id=pair.id)


def stop(pair: PairCard, person_id: uuid.UUID) -> None:
    """Be a pair no more, from the next request on."""
    if pair.has_agreed(person_id):
        _set(pair, person_id, agreed_at=None)
        audit.record("pair stopped", actor_id=person_id, object_id=pair.id)


def _set(pair: PairCard, person_id: uuid.UUID, **values: object) -> None:
    db.session.execute(
        sa.update(PairMember)
        .where(PairMember.pair_id == pair.id, PairMember.person_id == person_id)
        .values(values)
    )
