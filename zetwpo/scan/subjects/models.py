"""The table of what is taken along."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.database.tables import Base, Moment


class TakenItem(Base):
    """One thing on the result of a scan that its owner takes along; never anybody's words.

    `source` has no foreign key: when the author of a tip takes it back, the item stays and says
    so.
    """

    __tablename__ = "taken_item"

    scan_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("scan.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    source: Mapped[str] = mapped_column(String(36), primary_key=True)
    taken_at: Mapped[datetime] = mapped_column(Moment)
