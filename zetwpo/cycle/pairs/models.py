"""Tables of pairs."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.database.tables import Base, Identified, Moment


class Pair(Identified, Base):
    """Two or three participants whom a facilitator thinks of as a pair."""

    __tablename__ = "pair"

    trajectory_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("trajectory.id", ondelete="CASCADE"), index=True
    )
    proposed_at: Mapped[datetime] = mapped_column(Moment)


class PairMember(Base):
    """One of them."""

    __tablename__ = "pair_member"

    pair_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("pair.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    # Empty until they agree, and again when they stop it.
    agreed_at: Mapped[datetime | None] = mapped_column(Moment)
