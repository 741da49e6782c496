"""The table of who was there."""

import uuid

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.database.tables import Base


class Attendance(Base):
    """What is noted of one person at one meeting; no row where nothing is.

    Not who noted it, and not when: that is in nobody's way.
    """

    __tablename__ = "attendance"

    meeting_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    presence: Mapped[str] = mapped_column(String(10))
