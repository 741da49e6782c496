"""Tables of what happens in a meeting, and of what it is prepared with."""

import uuid

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.cycle.agenda.rules import LONGEST_LINE, LONGEST_TITLE
from zetwpo.database.tables import Base, Identified


class AgendaBlock(Identified, Base):
    """One part of a meeting. Where a word is empty, its kind has one."""

    __tablename__ = "agenda_block"

    meeting_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )
    # In the order of the meeting, from 1.
    place: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    minutes: Mapped[int]
    work: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE), default="")
    good_for: Mapped[str] = mapped_column(String(LONGEST_LINE), default="")
    question: Mapped[str] = mapped_column(String(LONGEST_LINE), default="")
    # In the version in which it was chosen.
    method_key: Mapped[str | None] = mapped_column(String(40))
    method_version: Mapped[int | None]
    leader_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    # Kept, so that it can come back.
    is_dropped: Mapped[bool] = mapped_column(default=False)


class MeetingPreparation(Base):
    """What the facilitators of a meeting wrote down for themselves beforehand."""

    __tablename__ = "meeting_preparation"

    meeting_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True
    )
    aim: Mapped[str] = mapped_column(Text, default="")
    look_back: Mapped[str] = mapped_column(Text, default="")
    dialogue: Mapped[str] = mapped_column(Text, default="")
    deepening: Mapped[str] = mapped_column(Text, default="")
    theory: Mapped[str] = mapped_column(Text, default="")
    reflecting: Mapped[str] = mapped_column(Text, default="")
    to_bring: Mapped[str] = mapped_column(Text, default="")
