"""The table of meetings."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.cycle.meetings.rules import LONGEST_PLACE
from zetwpo.database.tables import Base, Identified, Moment


class Meeting(Identified, Base):
    """One meeting of a trajectory. Its number counts from 1, in the order of the days."""

    __tablename__ = "meeting"
    __table_args__ = (UniqueConstraint("trajectory_id", "number"),)

    trajectory_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("trajectory.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int]
    starts_at: Mapped[datetime] = mapped_column(Moment, index=True)
    minutes: Mapped[int]
    place: Mapped[str] = mapped_column(String(LONGEST_PLACE), default="")
    # Counts what calendars were told of it, so that they know which of two is newer.
    sequence: Mapped[int] = mapped_column(default=0)
