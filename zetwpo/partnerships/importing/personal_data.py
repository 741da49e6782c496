"""What we hold about a person here."""

import uuid
from typing import Any

import sqlalchemy as sa

from zetwpo.accounts.models import Partnership
from zetwpo.clock import iso
from zetwpo.extensions import db
from zetwpo.partnerships.importing.models import PeopleList


def export(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """That this person brought lists, and when; what stood in them is about others."""
    rows = db.session.execute(
        sa.select(PeopleList.brought_at, PeopleList.done_at, Partnership.name)
        .join(Partnership, Partnership.id == PeopleList.partnership_id)
        .where(PeopleList.brought_by_id == person_id)
        .order_by(PeopleList.brought_at)
    )
    return [
        {"brought_at": iso(brought_at), "done_at": iso(done_at), "partnership": partnership}
        for brought_at, done_at, partnership in rows
    ]


def erase(person_id: uuid.UUID, email: str) -> None:
    """Delete the lists that this person brought, and those of others with this address on them."""
    of_others = [
        sa.func.lower(sa.cast(column, sa.Text)).contains(email.lower(), autoescape=True)
        for column in (PeopleList.lines, PeopleList.outcome)
    ]
    db.session.execute(
        sa.delete(PeopleList).where(sa.or_(PeopleList.brought_by_id == person_id, *of_others))
    )
