"""What we hold about a person here."""

import uuid
from typing import Any

import sqlalchemy as sa

from zetwpo.clock import iso
from zetwpo.cycle.portfolio.models import Portfolio, PortfolioItem
from zetwpo.cycle.trajectories.queries import titles_of
from zetwpo.extensions import db, read


def export(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """The portfolios of this person: what they wrote for it, and how many of which things go in."""
    rows = read(
        sa.select(
            Portfolio.id,
            Portfolio.trajectory_id,
            Portfolio.introduction,
            Portfolio.sections,
            Portfolio.written_at,
        )
        .where(Portfolio.owner_id == person_id)
        .order_by(Portfolio.written_at, Portfolio.id)
    ).all()
    titles = titles_of({row.trajectory_id for row in rows})
    counts = _counts([row.id for row in rows])
    return [
        {
            "trajectory": titles[row.trajectory_id],
            "introduction": row.introduction,
            "order": row.sections,
            "chosen": counts.get(row.id, {}),
            "written_at": iso(row.written_at),
        }
        for row in rows
    ]


def _counts(portfolio_ids: list[uuid.UUID]) -> dict[uuid.UUID, dict[str, int]]:
    """How many things of each section go into these."""
    item = PortfolioItem
    query = (
        sa.select(item.portfolio_id, item.section, sa.func.count())
        .where(item.portfolio_id.in_(portfolio_ids))
        .group_by(item.portfolio_id, item.section)
        .order_by(item.section)
    )
    found: dict[uuid.UUID, dict[str, int]] = {}
    for portfolio_id, section, count in read(query) if portfolio_ids else ():
        found.setdefault(portfolio_id, {})[section] = count
    return found


def erase(person_id: uuid.UUID) -> None:
    """Delete the portfolios of this person."""
    db.session.execute(sa.delete(Portfolio).where(Portfolio.owner_id == person_id))
