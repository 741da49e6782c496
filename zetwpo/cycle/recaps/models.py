"""Tables of recaps."""

import uuid
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.cycle.meetings.rules import LONGEST_PLACE
from zetwpo.database.tables import Base, Identified, Moment


class Recap(Base):
    """What the group hears of a meeting: while it is written, and from `sent_at` on as it was sent.

    A part that nobody wrote is empty: it says what the meeting says, until it is sent.
    """

    __tablename__ = "recap"

    meeting_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True
    )
    opening: Mapped[str | None] = mapped_column(Text)
    question: Mapped[str | None] = mapped_column(Text)
    noted: Mapped[str | None] = mapped_column(Text)
    homework: Mapped[str | None] = mapped_column(Text)
    ahead: Mapped[str | None] = mapped_column(Text)
    # Of what was sent, as far as somebody is writing one.
    correction: Mapped[str] = mapped_column(Text, default="")

    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    # Empty where they deleted their account: what they sent is the group's.
    sent_by_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    # The next meeting as it was planned when this was sent.
    next_starts_at: Mapped[datetime | None] = mapped_column(Moment)
    next_minutes: Mapped[int | None]
    next_place: Mapped[str | None] = mapped_column(String(LONGEST_PLACE))
    # The titles of what to read for it.
    reading: Mapped[list[str]] = mapped_column(JSON, default=list)


class RecapCorrection(Identified, Base):
    """What was not right in a recap that was sent. It is sent to the group as well."""

    __tablename__ = "recap_correction"

    meeting_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("recap.meeting_id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime] = mapped_column(Moment)
    sent_by_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
