"""Tables of a filled-in form."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.database.tables import Base, Identified, Moment


class Response(Identified, Base):
    """One form, filled in by one person, in the version in which it was opened."""

    __tablename__ = "response"

    questionnaire: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    form: Mapped[str] = mapped_column(String(10))
    opened_at: Mapped[datetime] = mapped_column(Moment)


class Answer(Base):
    """A judgement of one statement. No row: not answered. No value: cannot judge."""

    __tablename__ = "answer"
    __table_args__ = (CheckConstraint("value BETWEEN 1 AND 7", name="on_scale"),)

    response_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), primary_key=True
    )
    statement: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[int | None] = mapped_column(SmallInteger)


class OpenAnswer(Base):
    """A text with one axis: an example from practice, or feed-forward."""

    __tablename__ = "open_answer"

    response_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    axis: Mapped[str] = mapped_column(String(40), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
