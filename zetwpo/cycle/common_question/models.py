"""Tables of questions together."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.database.tables import Base, Identified, Moment


class QuestionRound(Identified, Base):
    """One time that a group brings its questions together; numbers count from 1.

    Until it is opened, a question is read by its author and by whoever leads the trajectory.
    """

    __tablename__ = "question_round"
    __table_args__ = (UniqueConstraint("trajectory_id", "number"),)

    trajectory_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("trajectory.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int]
    opened_at: Mapped[datetime | None] = mapped_column(Moment)


class QuestionProposal(Identified, Base):
    """What could become the common question: one or more questions that were brought in.

    Without a wording it reads as it was brought in. The points are those that the group gave.
    """

    __tablename__ = "question_proposal"

    round_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("question_round.id", ondelete="CASCADE"), index=True
    )
    wording: Mapped[str] = mapped_column(Text, default="")
    points: Mapped[int | None]


class BroughtQuestion(Identified, Base):
    """A question as its author brought it in: a copy, which stays when the author writes on."""

    __tablename__ = "brought_question"
    __table_args__ = (UniqueConstraint("round_id", "author_id"),)

    round_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("question_round.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    proposal_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("question_proposal.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str] = mapped_column(Text)
    # Empty where its author names none.
    axis: Mapped[str] = mapped_column(String(40))
    brought_at: Mapped[datetime] = mapped_column(Moment)


class QuestionSubgroup(Identified, Base):
    """A part of a large group that has a question of its own, within one competence area."""

    __tablename__ = "question_subgroup"
    __table_args__ = (UniqueConstraint("trajectory_id", "number"),)

    trajectory_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("trajectory.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int]
    area: Mapped[str] = mapped_column(String(40))


class SubgroupMember(Base):
    """That somebody is in a subgroup: in one at a time."""

    __tablename__ = "question_subgroup_member"

    trajectory_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("trajectory.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    subgroup_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("question_subgroup.id", ondelete="CASCADE"), index=True
    )


class CommonQuestion(Identified, Base):
    """A question that the group, or a subgroup, decided to work on; numbers count from 1.

    The questions that were brought in can be taken back; this one is the group's and stays.
    """

    __tablename__ = "common_question"
    __table_args__ = (UniqueConstraint("trajectory_id", "number"),)

    trajectory_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("trajectory.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int]
    subgroup_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("question_subgroup.id", ondelete="SET NULL"), index=True
    )
    step: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text)
    # Empty where the group names none.
    area: Mapped[str] = mapped_column(String(40))
    proposal_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("question_proposal.id", ondelete="SET NULL"), unique=True
    )
    meeting_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("meeting.id", ondelete="SET NULL"), index=True
    )
    decided_at: Mapped[datetime] = mapped_column(Moment)
