"""What we hold about a person here."""

import uuid
from typing import Any

import sqlalchemy as sa

from zetwpo.clock import iso
from zetwpo.cycle.pairs.models import Pair, PairMember
from zetwpo.cycle.trajectories.models import Trajectory
from zetwpo.extensions import db


def export(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """In which pairs this person is, and since when they agree; not with whom."""
    rows = db.session.execute(
        sa.select(Trajectory.title, Pair.proposed_at, PairMember.agreed_at)
        .join(Pair, Pair.id == PairMember.pair_id)
        .join(Trajectory, Trajectory.id == Pair.trajectory_id)
        .where(PairMember.person_id == person_id)
        .order_by(Pair.proposed_at)
    )
    return [
        {"trajectory": title, "proposed_at": iso(proposed_at), "agreed_at": iso(agreed_at)}
        for title, proposed_at, agreed_at in rows
    ]


def erase(person_id: uuid.UUID) -> None:
    """Take this person out of every pair; a pair of nobody is none."""
    db.session.execute(sa.delete(PairMember).where(PairMember.person_id == person_id))
    somebody = sa.select(PairMember.pair_id).where(PairMember.pair_id == Pair.id).exists()
    db.session.execute(sa.delete(Pair).where(~somebody))
