"""Tables of content that people make: what is published, and what somebody is working on."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.database.tables import Base, Identified, Moment


class PublishedContent(Identified, Base):
    """A version that a partnership published. It never changes, and stays where it was used.

    So a partnership cannot be deleted under what was filled in with it.
    """

    __tablename__ = "published_content"
    __table_args__ = (UniqueConstraint("partnership_id", "kind", "key", "version"),)

    partnership_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("partnership.id"))
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    # In the shape of the files.
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    published_at: Mapped[datetime] = mapped_column(Moment)
    # The one part that changes: who published it may leave.
    published_by_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )


class ContentDraft(Base):
    """What a partnership is going to publish; whoever may edit it works on the same one."""

    __tablename__ = "content_draft"

    partnership_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("partnership.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    # Counts each change, so that two editors find out about each other.
    revision: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(Moment)
    changed_by_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
