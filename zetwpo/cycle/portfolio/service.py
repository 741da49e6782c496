"""What somebody does with a portfolio of their own."""

import uuid

import sqlalchemy as sa

from zetwpo.accounts import service as accounts
from zetwpo.clock import now
from zetwpo.cycle.portfolio.models import Portfolio, PortfolioItem
from zetwpo.cycle.portfolio.queries import choice_for
from zetwpo.cycle.portfolio.rules import Choice
from zetwpo.database.statements import change_row, insert_once
from zetwpo.extensions import db


def choice_to_write(trajectory_id: uuid.UUID, owner_id: uuid.UUID) -> Choice:
    """What this person chose before, kept from whoever else changes it until the commit."""
    accounts.keep_author(owner_id)
    whose = {"owner_id": owner_id, "trajectory_id": trajectory_id}
    insert_once(db.session(), Portfolio, {"id": uuid.uuid4(), "written_at": now(), **whose})
    return choice_for(trajectory_id, owner_id, to_write=True)


def keep(trajectory_id: uuid.UUID, owner_id: uuid.UUID, choice: Choice) -> None:
    """Keep this choice, in the place of the one before; that was read to write."""
    portfolio_id = db.session.scalars(
        sa.select(Portfolio.id).filter_by(owner_id=owner_id, trajectory_id=trajectory_id)
    ).one()
    words = {"introduction": choice.introduction, "sections": " ".join(choice.order)}
    change_row(db.session(), Portfolio, portfolio_id, words | {"written_at": now()})
    db.session.execute(sa.delete(PortfolioItem).where(PortfolioItem.portfolio_id == portfolio_id))
    rows = [
        {"portfolio_id": portfolio_id, "section": section, "key": key}
        for section, keys in choice.chosen.items()
        for key in keys
    ]
    if rows:
        db.session.execute(sa.insert(PortfolioItem), rows)
