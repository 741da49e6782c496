"""What we hold about a person here."""

import uuid
from typing import Any

import sqlalchemy as sa

from zetwpo.clock import iso
from zetwpo.cycle.calendar.models import CalendarAddress
from zetwpo.cycle.calendar.queries import find_address
from zetwpo.extensions import db


def export(person_id: uuid.UUID) -> dict[str, Any] | None:
    """That a calendar can fetch this person's meetings, and since when; never the address."""
    found = find_address(person_id)
    return {"made_at": iso(found.made_at)} if found else None


def erase(person_id: uuid.UUID) -> None:
    """Let nothing be fetched any more."""
    db.session.execute(sa.delete(CalendarAddress).where(CalendarAddress.person_id == person_id))
