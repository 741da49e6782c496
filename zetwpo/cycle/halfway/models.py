"""Tables of the reminder halfway: what facilitators make of it, and where it went already."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.database.tables import Base, Moment


class HalfwayReminder(Base):
    """What the facilitators of a trajectory make of it; without a row it goes in our own words."""

    __tablename__ = "halfway_reminder"

    trajectory_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("trajectory.id", ondelete="CASCADE"), primary_key=True
    )
    is_on: Mapped[bool] = mapped_column(default=True)
    # Empty where our own words will do.
    text: Mapped[str] = mapped_column(Text, default="")


class HalfwayGap(Base):
    """The time from a meeting to the next one, as far as something happened to its reminder."""

    __tablename__ = "halfway_gap"

    # The meeting with which it begins: whatever becomes of the next one.
    meeting_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True
    )
    # Whether a facilitator lets it not go this time.
    is_skipped: Mapped[bool] = mapped_column(default=False)
    # When the mails were put in the outbox: once, whatever moves afterwards.
    went_at: Mapped[datetime | None] = mapped_column(Moment)
