"""The table of what is opened to whom."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.database.tables import Base, Identified, Moment


class Share(Identified, Base):
    """One thing, or one part of it, that its owner opened to one person or one group.

    Opened again after it was taken back it is the same row: its address stays, and so does the
    reason for a mail.
    """

    __tablename__ = "share"
    __table_args__ = (
        # Two clicks open it once. A group leaves the person empty, and the other way around: what
        # is empty counts as different, so each of these holds for its own kind.
        UniqueConstraint("item_kind", "item_id", "part", "to_person_id"),
        UniqueConstraint("item_kind", "item_id", "part", "to_group_kind", "to_group_id"),
        Index("ix_share_group", "to_group_kind", "to_group_id"),
    )

    # What it is, by a kind that a package registered (items.py): there are many kinds of tables.
    item_kind: Mapped[str] = mapped_column(String(20))
    item_id: Mapped[uuid.UUID] = mapped_column(index=True)
    # A key within the thing, such as that of an axis; empty for all of it.
    part: Mapped[str] = mapped_column(String(40), default="")
    owner_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    # In which a receiver has to hold a role.
    partnership_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("partnership.id", ondelete="CASCADE"), index=True
    )
    # One of the two.
    to_person_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    to_group_kind: Mapped[str | None] = mapped_column(String(20))
    to_group_id: Mapped[uuid.UUID | None]
    opened_at: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime | None] = mapped_column(Moment)
    taken_back_at: Mapped[datetime | None] = mapped_column(Moment)
