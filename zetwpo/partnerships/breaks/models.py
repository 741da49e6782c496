"""The table of school breaks."""

import uuid
from datetime import date

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.accounts.rules import LONGEST_NAME
from zetwpo.database.tables import Base, Identified


class SchoolBreak(Identified, Base):
    """Days on which the schools of a partnership are closed; both days are part of it."""

    __tablename__ = "school_break"
    __table_args__ = (
        # A second click, or the same file once more, adds nothing.
        UniqueConstraint("partnership_id", "first_day", "last_day", "name"),
        UniqueConstraint("partnership_id", "source"),
        Index("ix_school_break_ahead", "partnership_id", "last_day"),
    )

    partnership_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("partnership.id", ondelete="CASCADE")
    )
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    first_day: Mapped[date]
    last_day: Mapped[date]
    # What it is known by in the calendar that it was taken from; empty where it was typed in.
    source: Mapped[str | None] = mapped_column(String(64))
