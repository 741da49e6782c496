"""Tables of reflections."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.database.tables import Base, Identified, Moment


class Reflection(Identified, Base):
    """How one participant looks back on one meeting, and on practice after it."""

    __tablename__ = "reflection"
    __table_args__ = (UniqueConstraint("owner_id", "meeting_id"),)

    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    meeting_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )
    begun_at: Mapped[datetime] = mapped_column(Moment)
    # What somebody brings along to the next meeting; both empty where that is nothing.
    sentence: Mapped[str] = mapped_column(Text, default="")
    brought_at: Mapped[datetime | None] = mapped_column(Moment)


class ReflectionAnswer(Base):
    """The answer to one question, with its own audience. No row: not answered."""

    __tablename__ = "reflection_answer"

    reflection_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("reflection.id", ondelete="CASCADE"), primary_key=True
    )
    # By the key of the question in the library.
    question: Mapped[str] = mapped_column(String(40), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    audience: Mapped[str] = mapped_column(String(12))
    # When its author said who reads it.
    chosen_at: Mapped[datetime] = mapped_column(Moment)
    written_at: Mapped[datetime] = mapped_column(Moment)
