"""Tables of portfolios."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.cycle.portfolio.rules import LONGEST_KEY
from zetwpo.database.tables import Base, Identified, Moment


class Portfolio(Identified, Base):
    """What one person puts together of one trajectory; what it is made of stands elsewhere."""

    __tablename__ = "portfolio"
    __table_args__ = (UniqueConstraint("owner_id", "trajectory_id"),)

    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    trajectory_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("trajectory.id", ondelete="CASCADE"), index=True
    )
    introduction: Mapped[str] = mapped_column(Text, default="")
    # The keys of its sections in the order in which they stand, with spaces between them.
    sections: Mapped[str] = mapped_column(String(100), default="")
    written_at: Mapped[datetime] = mapped_column(Moment)


class PortfolioItem(Base):
    """That something goes in. It may be gone by now: then it is left out."""

    __tablename__ = "portfolio_item"

    portfolio_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("portfolio.id", ondelete="CASCADE"), primary_key=True
    )
    section: Mapped[str] = mapped_column(String(12), primary_key=True)
    key: Mapped[str] = mapped_column(String(LONGEST_KEY), primary_key=True)
