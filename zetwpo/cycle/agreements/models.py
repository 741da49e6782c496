"""Tables of what meetings leave behind."""

import uuid

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.database.tables import Base


class MeetingAgreements(Base):
    """What a group noted at a meeting and agreed for the next one; each part may be empty."""

    __tablename__ = "meeting_agreements"

    meeting_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True
    )
    notes: Mapped[str] = mapped_column(Text)
    homework: Mapped[str] = mapped_column(Text)
    next_step: Mapped[str] = mapped_column(String(20))


class HomeworkBringer(Base):
    """That somebody brings in, at the next meeting, the homework that was agreed at this one."""

    __tablename__ = "homework_bringer"

    meeting_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
