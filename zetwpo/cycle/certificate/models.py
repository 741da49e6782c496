"""Tables of certificates."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.cycle.trajectories.rules import LONGEST_TITLE
from zetwpo.database.tables import Base, Identified, Moment


class Certificate(Identified, Base):
    """What somebody claimed, as it was true at that moment. Claimed and withdrawn, never edited."""

    __tablename__ = "certificate"
    __table_args__ = (UniqueConstraint("owner_id", "trajectory_id"),)

    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    # Empty where it is deleted: what was claimed stays.
    trajectory_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("trajectory.id", ondelete="SET NULL"), index=True
    )
    name: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    partnership: Mapped[str] = mapped_column(Text)
    # Of the first and the last meeting at which they were.
    first_day: Mapped[date]
    last_day: Mapped[date]
    meetings: Mapped[int]
    # Of those meetings together.
    minutes: Mapped[int]
    claimed_at: Mapped[datetime] = mapped_column(Moment)


class CertificateLeader(Base):
    """Who led those meetings. It goes with the account: only the paper keeps it."""

    __tablename__ = "certificate_leader"

    certificate_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("certificate.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    name: Mapped[str] = mapped_column(Text)
