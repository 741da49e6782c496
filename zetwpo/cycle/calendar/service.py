"""What somebody does with the address of their calendar."""

import uuid

import sqlalchemy as sa

from zetwpo import audit
from zetwpo.accounts import service as accounts
from zetwpo.clock import now
from zetwpo.cycle.calendar.models import CalendarAddress
from zetwpo.database.statements import upsert
from zetwpo.extensions import db


def renew(person_id: uuid.UUID) -> None:
    """Make an address, in the place of the one that there was."""
    accounts.keep_author(person_id)
    upsert(
        db.session(),
        CalendarAddress,
        [{"person_id": person_id, "word": uuid.uuid4(), "made_at": now()}],
    )
    audit.record("calendar address made", actor_id=person_id)


def stop(person_id: uuid.UUID) -> None:
    """Let no calendar fetch anything any more."""
    gone = sa.delete(CalendarAddress).where(CalendarAddress.person_id == person_id)
    if db.session.scalar(gone.returning(CalendarAddress.person_id)):
        audit.record("calendar address deleted", actor_id=person_id)
