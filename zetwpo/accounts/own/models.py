"""The table of mails that somebody does not want."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.database.tables import Base, Moment


class StoppedMail(Base):
    """A kind of mail that does not leave for this person; wherever they get their mail."""

    __tablename__ = "stopped_mail"

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    # One of mail.kinds.KINDS.
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    stopped_at: Mapped[datetime] = mapped_column(Moment)
