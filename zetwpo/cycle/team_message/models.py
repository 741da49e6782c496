"""Tables of what groups tell their teams."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.database.tables import Base, Moment


class TeamMessage(Base):
    """What a group is writing; each text may be empty. Nobody outside the group reads it."""

    __tablename__ = "team_message"

    trajectory_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("trajectory.id", ondelete="CASCADE"), primary_key=True
    )
    question: Mapped[str] = mapped_column(Text)
    different: Mapped[str] = mapped_column(Text)
    proposal: Mapped[str] = mapped_column(Text)
    celebration: Mapped[str] = mapped_column(Text)
    told: Mapped[str] = mapped_column(String(20))


class TeamMessageVoice(Base):
    """What somebody said last of it: that they agree with one version, or what should change."""

    __tablename__ = "team_message_voice"

    trajectory_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("trajectory.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    version: Mapped[str] = mapped_column(String(64))
    agrees: Mapped[bool]
    words: Mapped[str] = mapped_column(Text)
    said_at: Mapped[datetime] = mapped_column(Moment)


class TeamMessageRelease(Base):
    """The message as everybody agreed with it, for whom the group chose. Writing on changes it not.

    Taken back, the row goes.
    """

    __tablename__ = "team_message_release"

    trajectory_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("trajectory.id", ondelete="CASCADE"), primary_key=True
    )
    question: Mapped[str] = mapped_column(Text)
    different: Mapped[str] = mapped_column(Text)
    proposal: Mapped[str] = mapped_column(Text)
    celebration: Mapped[str] = mapped_column(Text)
    told: Mapped[str] = mapped_column(String(20))
    released_at: Mapped[datetime] = mapped_column(Moment)
