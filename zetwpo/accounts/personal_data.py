"""What we hold about a person here."""

import uuid
from typing import Any

import sqlalchemy as sa

from zetwpo.accounts.letters import address_hash
from zetwpo.accounts.models import (
    Membership,
    Partnership,
    Person,
    School,
    SignIn,
    SignInLetter,
    SignInRequest,
)
from zetwpo.clock import iso
from zetwpo.extensions import db


def export(person_id: uuid.UUID) -> dict[str, Any]:
    """The account, where its owner belongs, and when somebody signed in or asked to."""
    person = db.session.get_one(Person, person_id)
    return {
        "name": person.name,
        "email": person.email,
        "language": person.language,
        "created_at": iso(person.created_at),
        "last_sign_in_at": iso(person.last_sign_in_at),
        "memberships": _memberships(person_id),
        "sign_ins": _sign_ins(person_id),
        "sign_in_requests": _sign_in_requests(person.email),
    }


def erase(person_id: uuid.UUID) -> None:
    """Delete the account, and with it the memberships, the sessions and the requests."""
    email = sa.select(Person.email).where(Person.id == person_id)
    asked = SignInRequest.address_hash == address_hash(db.session.scalars(email).one())
    db.session.execute(sa.delete(SignInRequest).where(asked))
    for table in (SignIn, SignInLetter, Membership):
        db.session.execute(sa.delete(table).where(table.person_id == person_id))
    db.session.execute(sa.delete(Person).where(Person.id == person_id))


def _memberships(person_id: uuid.UUID) -> list[dict[str, Any]]:
    rows = db.session.execute(
        sa.select(
            Membership.role,
            Partnership.name,
            School.name,
            Membership.given_at,
            Membership.ended_at,
        )
        .join(Partnership, Partnership.id == Membership.partnership_id)
        .outerjoin(School, School.id == Membership.school_id)
        .where(Membership.person_id == person_id)
        .order_by(Partnership.name, School.name, Membership.role, Membership.given_at)
    )
    return [
        {
            "role": role,
            "partnership": partnership,
            "school": school,
            "given_at": iso(given_at),
            "ended_at": iso(ended_at),
        }
        for role, partnership, school, given_at, ended_at in rows
    ]


def _sign_ins(person_id: uuid.UUID) -> list[dict[str, Any]]:
    rows = db.session.scalars(
        sa.select(SignIn).where(SignIn.person_id == person_id).order_by(SignIn.signed_in_at)
    )
    return [
        {"signed_in_at": iso(row.signed_in_at), "expires_at": iso(row.expires_at)} for row in rows
    ]


def _sign_in_requests(email: str) -> list[dict[str, Any]]:
    """Who asked to sign in with this address, whether its owner or somebody else."""
    rows = db.session.scalars(
        sa.select(SignInRequest)
        .where(SignInRequest.address_hash == address_hash(email))
        .order_by(SignInRequest.asked_at)
    )
    return [
        {
            "asked_at": iso(row.asked_at),
            "expires_at": iso(row.expires_at),
            "used_at": iso(row.used_at),
            "wrong_codes": row.wrong_codes,
        }
        for row in rows
    ]
