"""The table of invitations by mail."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.addresses import LONGEST_ADDRESS
from zetwpo.database.tables import Base, Identified, Moment, normal_form_of

_IS_OPEN = text("accepted_at IS NULL AND declined_at IS NULL AND withdrawn_at IS NULL")


class TrajectoryInvitation(Identified, Base):
    """A facilitator invites one person by mail; an account comes with accepting, not before."""

    __tablename__ = "trajectory_invitation"
    __table_args__ = (
        # One click or fifty, of one facilitator or two: nobody is invited twice at a time.
        Index(
            "uq_trajectory_invitation_open",
            "trajectory_id",
            "normal_email",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
    )

    trajectory_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("trajectory.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    normal_email: Mapped[str] = mapped_column(
        String(LONGEST_ADDRESS), index=True, default=normal_form_of("email")
    )
    language: Mapped[str] = mapped_column(String(2))
    invited_at: Mapped[datetime] = mapped_column(Moment)
    # Empty where the account of who invited is deleted.
    invited_by_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
    accepted_at: Mapped[datetime | None] = mapped_column(Moment)
    declined_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
