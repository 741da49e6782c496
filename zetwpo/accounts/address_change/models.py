"""The table of addresses that are to take the place of another one."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.addresses import LONGEST_ADDRESS
from zetwpo.database.tables import Base, Identified, Moment


class AddressChange(Identified, Base):
    """A new address for a person, one at a time: the last one that was asked for.

    It stays until its time is over, so that a second click on its link finds what the first did.
    """

    __tablename__ = "address_change"

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), unique=True
    )
    # As its owner types it; somebody else may have it, and then it never comes to anything.
    email: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    link_hash: Mapped[str] = mapped_column(String(64), unique=True)
    # The person, or an administrator. No foreign key: that one may go, and the wish stays.
    asked_by_id: Mapped[uuid.UUID]
    asked_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
