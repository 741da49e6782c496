"""The table of requests for feedback."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.addresses import LONGEST_ADDRESS
from zetwpo.database.tables import Base, Identified, Moment, normal_form_of


class Invitation(Identified, Base):
    """A supervisor asks one person for feedback on one scan; the form is theirs to share."""

    __tablename__ = "invitation"
    __table_args__ = (
        # One click or fifty: one invitation. The key is of a page and what was typed there.
        UniqueConstraint("scan_id", "form_key"),
    )

    scan_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("scan.id", ondelete="CASCADE"), index=True
    )
    form_key: Mapped[uuid.UUID]
    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("response.id"), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    # However it was typed: by this all requests to one person are found.
    normal_email: Mapped[str] = mapped_column(
        String(LONGEST_ADDRESS), index=True, default=normal_form_of("email")
    )
    language: Mapped[str] = mapped_column(String(2))
    word: Mapped[str] = mapped_column(Text)

    invited_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    # By the supervisor.
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    # By the one who was asked. The supervisor never learns of this...
    declined_at: Mapped[datetime | None] = mapped_column(Moment)
    # ...but from this moment on reads what was written.
    share_from: Mapped[datetime | None] = mapped_column(Moment)
    # The moment of a plan that its author changed something after: it waits for another look.
    held_from: Mapped[datetime | None] = mapped_column(Moment)
    # By its author after it was shared: the form is empty, and the supervisor reads that it was
    # withdrawn.
    retracted_at: Mapped[datetime | None] = mapped_column(Moment)
