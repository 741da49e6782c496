"""Tables of what lies on shelves."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.cycle.shelf.rules import LONGEST_TITLE
from zetwpo.database.tables import Base, Identified, Moment


class ShelfItem(Identified, Base):
    """A thing on the shelf of a trajectory, or on that of its partnership."""

    __tablename__ = "shelf_item"

    partnership_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("partnership.id", ondelete="CASCADE"), index=True
    )
    # Empty on the shelf of the partnership.
    trajectory_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("trajectory.id", ondelete="CASCADE"), index=True
    )
    section: Mapped[str] = mapped_column(String(10))
    # The competence area, on the shelf of a partnership; empty on that of a trajectory.
    area: Mapped[str] = mapped_column(String(40), default="")
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    text: Mapped[str] = mapped_column(Text, default="")
    url: Mapped[str] = mapped_column(Text, default="")
    # Empty where that account was deleted: what lies on a shelf is the group's.
    put_by_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    put_at: Mapped[datetime] = mapped_column(Moment)
    # From the page: a second click puts nothing there twice.
    form_key: Mapped[uuid.UUID] = mapped_column(unique=True)


class ShelfFile(Identified, Base):
    """The file of a thing on a shelf; what is in it lies on disk, under the key of this row."""

    __tablename__ = "shelf_file"

    item_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("shelf_item.id", ondelete="CASCADE"), unique=True
    )
    # As whoever put it there calls it, made safe; its ending fits the kind.
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(10))
    # In bytes.
    size: Mapped[int]


class ShelfReading(Base):
    """That a thing on a shelf is to be read for a meeting, before it begins."""

    __tablename__ = "shelf_reading"

    meeting_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True
    )
    item_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("shelf_item.id", ondelete="CASCADE"), primary_key=True, index=True
    )
