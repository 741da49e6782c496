"""Who did what to which thing, and when; never what was written in it."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.clock import now
from zetwpo.database import Base, Identified, Moment
from zetwpo.extensions import db


class AuditEntry(Identified, Base):
    """One act. Kept for 12 months, without content or names."""

    __tablename__ = "audit_entry"

    at: Mapped[datetime] = mapped_column(Moment, index=True)
    action: Mapped[str] = mapped_column(String(60))
    # No foreign keys: the record of an act outlives the person and the thing.
    actor_id: Mapped[uuid.UUID | None]
    object_id: Mapped[uuid.UUID | None]


# Put together once, and without the bookkeeping of objects: almost every act records itself.
_RECORD = sa.insert(Base.metadata.tables[AuditEntry.__tablename__])


def record(
    action: str, *, actor_id: uuid.UUID | None = None, object_id: uuid.UUID | None = None
) -> None:
    """Write down that somebody did something; it is stored with the act itself or not at all."""
    entry = {"at": now(), "action": action, "actor_id": actor_id, "object_id": object_id}
    db.session.execute(_RECORD, entry)
