"""Tables of the learning question."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.database.tables import Base, Identified, Moment


class LearningQuestion(Identified, Base):
    """What a supervisor wants to learn after one scan. Its words are in its versions."""

    __tablename__ = "learning_question"

    owner_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    scan_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("scan.id", ondelete="CASCADE"), unique=True
    )


class LearningQuestionVersion(Identified, Base):
    """The question as it was written at one time. Earlier versions stay."""

    __tablename__ = "learning_question_version"
    __table_args__ = (UniqueConstraint("question_id", "number"),)

    question_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("learning_question.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int]
    axis: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(Moment)


class LearningQuestionGround(Base):
    """What a version rested on when it was saved: something that its author took along.

    `kind`, `key` and `source` say what, as where it is taken along; never anybody's words.
    """

    __tablename__ = "learning_question_ground"

    version_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("learning_question_version.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    source: Mapped[str] = mapped_column(String(36), primary_key=True)


class LearningQuestionDraft(Base):
    """What somebody is writing and has not saved as a version; each part of it may be empty."""

    __tablename__ = "learning_question_draft"

    question_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("learning_question.id", ondelete="CASCADE"), primary_key=True
    )
    axis: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(Moment)
