"""The outbox."""

import uuid
from datetime import datetime

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.addresses import LONGEST_ADDRESS
from zetwpo.database.tables import Base, Identified, Moment, normal_form_of


class OutboxMail(Identified, Base):
    """A mail that has to leave, has left, or never will. Its text is kept for 7 days."""

    __tablename__ = "outbox_mail"
    __table_args__ = (
        # Never a second mail for the same reason.
        UniqueConstraint("kind", "reason"),
        Index("ix_outbox_mail_due", "sent_at", "due_at"),
        Index("ix_outbox_mail_failures", "partnership_id", "failure", "due_at"),
    )

    kind: Mapped[str] = mapped_column(String(40))
    # What it is about, for example an invitation; empty where each mail is its own reason.
    reason: Mapped[uuid.UUID] = mapped_column(default=uuid.uuid4)
    # Whose mail it is when that thing goes: all mails about an invitation go with it.
    about_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    # Whose administrators are told where it cannot be delivered; empty where that is nobody's.
    partnership_id: Mapped[uuid.UUID | None]
    recipient: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    # By which all mails to one person are found, however the address was typed.
    normal_recipient: Mapped[str] = mapped_column(
        String(LONGEST_ADDRESS), default=normal_form_of("recipient")
    )
    language: Mapped[str] = mapped_column(String(2))
    # What cannot be looked up when it is sent; never anything that opens something.
    values: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)

    queued_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime] = mapped_column(Moment)
    # Kept for whenever it is tried: the first time, again, or by a worker that was away.
    at_decent_hours: Mapped[bool] = mapped_column(default=False)
    useful_until: Mapped[datetime | None] = mapped_column(Moment)
    is_urgent: Mapped[bool] = mapped_column(default=False)
    claimed_at: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    # Why it will never leave: one of mail.rules.Failure.
    failure: Mapped[str | None] = mapped_column(String(20))

    # As it was sent, without what opened something; empty before, and again when its time is up.
    subject: Mapped[str | None] = mapped_column(String(300))
    text: Mapped[str | None] = mapped_column(Text)
