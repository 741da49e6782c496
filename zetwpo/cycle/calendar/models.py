"""The table of addresses from which calendars fetch."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.database.tables import Base, Moment


class CalendarAddress(Base):
    """That a calendar may fetch the meetings of somebody, who has one address at most."""

    __tablename__ = "calendar_address"

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    # Another one each time that it is renewed. Signed it stands in the address, and opens nothing
    # without; a backup that is put back never gives a new address the word of an old one.
    word: Mapped[uuid.UUID] = mapped_column(unique=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
