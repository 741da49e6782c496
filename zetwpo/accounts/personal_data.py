"""What we hold about a person here."""

import uuid
from typing import Any

import sqlalchemy as sa

from zetwpo.accounts.models import Membership, Person, SignIn
from zetwpo.accounts.queries import get_person
from zetwpo.extensions import db


def export(person_id: uuid.UUID) -> dict[str, Any]:
    """Name, address, language, roles, and when somebody signed in."""
    person = get_person(person_id)
    moments = db.session.scalars(
        sa.select(SignIn.signed_in_at).where(SignIn.person_id == person_id)
    )
    return {
        "name": person.name,
        "email": person.email,
        "language": person.language,
        "roles": sorted(person.roles),
        "signed_in": [moment.isoformat() for moment in moments],
    }


def erase(person_id: uuid.UUID) -> None:
    """Delete the account, and with it the memberships and the sessions."""
    for table in (SignIn, Membership):
        db.session.execute(sa.delete(table).where(table.person_id == person_id))
    db.session.execute(sa.delete(Person).where(Person.id == person_id))
