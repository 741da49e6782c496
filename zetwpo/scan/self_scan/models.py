"""The table of self-scans."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.database.tables import Base, Identified, Moment


class Scan(Identified, Base):
    """One self-scan of one supervisor. Feedback and the learning question belong to it."""

    __tablename__ = "scan"
    __table_args__ = (
        # One scan at a time: fifty clicks on "start" open one.
        Index(
            "uq_scan_open",
            "owner_id",
            unique=True,
            sqlite_where=text("submitted_at IS NULL"),
            postgresql_where=text("submitted_at IS NULL"),
        ),
    )

    owner_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    # In which its owner was a supervisor on starting it. Without one it opens to its owner alone.
    partnership_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("partnership.id", ondelete="SET NULL"), index=True
    )
    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("response.id"), unique=True)
    started_at: Mapped[datetime] = mapped_column(Moment)
    submitted_at: Mapped[datetime | None] = mapped_column(Moment)
