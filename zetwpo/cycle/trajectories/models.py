"""Tables of trajectories and of the people in them."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.cycle.trajectories.rules import LONGEST_TITLE
from zetwpo.database.tables import Base, Identified, Moment


def _one_at_a_time(name: str, where: str) -> Index:
    condition = text(where)
    columns = ("trajectory_id", "person_id")
    return Index(name, *columns, unique=True, sqlite_where=condition, postgresql_where=condition)


class Trajectory(Identified, Base):
    """A group that works on its question from meeting to meeting."""

    __tablename__ = "trajectory"

    partnership_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("partnership.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    # Whether the partnership asks it of its supervisors (the sources differ).
    is_obligatory: Mapped[bool] = mapped_column(default=False)
    # Of a meeting that is added, and in weeks between two of them.
    meeting_minutes: Mapped[int]
    rhythm_weeks: Mapped[int]
    started_at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    # The trajectory from which it goes on, where it does.
    follows_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("trajectory.id", ondelete="SET NULL"), index=True
    )


class Facilitation(Identified, Base):
    """That somebody leads a trajectory, from when until when. Begun and ended, never edited."""

    __tablename__ = "facilitation"
    __table_args__ = (_one_at_a_time("uq_facilitation_now", "ended_at IS NULL"),)

    trajectory_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("trajectory.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    since: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class Participation(Identified, Base):
    """That somebody takes part in a trajectory, from when until when.

    Whoever left and comes back gets a row of its own for it.
    """

    __tablename__ = "participation"
    __table_args__ = (_one_at_a_time("uq_participation_now", "left_at IS NULL"),)

    trajectory_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("trajectory.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    since: Mapped[datetime] = mapped_column(Moment)
    left_at: Mapped[datetime | None] = mapped_column(Moment)
