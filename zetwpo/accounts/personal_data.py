"""What we hold about a person here."""

import uuid
from typing import Any

import sqlalchemy as sa

from zetwpo.accounts.address_change.models import AddressChange
from zetwpo.accounts.letters import address_hash
from zetwpo.accounts.models import (
    Membership,
    Partnership,
    Person,
    School,
    SignIn,
    SignInLetter,
    SignInRequest,
    Welcome,
)
from zetwpo.accounts.own.models import StoppedMail
from zetwpo.clock import iso
from zetwpo.extensions import db
from zetwpo.mail import service as mails


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
        "invited": _invited(person_id),
        "sign_ins": _sign_ins(person_id),
        "sign_in_requests": _sign_in_requests(person.email),
        "address_change": _address_change(person_id),
        "stopped_mails": _stopped_mails(person_id),
    }


def erase(person_id: uuid.UUID) -> None:
    """Delete the account, and with it the memberships, the sessions and the requests."""
    email = sa.select(Person.email).where(Person.id == person_id)
    asked = SignInRequest.address_hash == address_hash(db.session.scalars(email).one())
    db.session.execute(sa.delete(SignInRequest).where(asked))
    # The ones about a change of address, of which some went to another one.
    mails.forget([person_id])
    for table in (SignIn, SignInLetter, Membership, AddressChange, StoppedMail, Welcome):
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


def _invited(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """Under which name and at which address each partnership invited this person."""
    rows = db.session.execute(
        sa.select(Partnership.name, Welcome)
        .join(Partnership, Partnership.id == Welcome.partnership_id)
        .where(Welcome.person_id == person_id)
        .order_by(Partnership.name)
    )
    return [
        {
            "partnership": partnership,
            "name": row.name,
            "email": row.email,
            "invited_at": iso(row.invited_at),
            "came_at": iso(row.came_at),
        }
        for partnership, row in rows
    ]


def _sign_ins(person_id: uuid.UUID) -> list[dict[str, Any]]:
    rows = db.session.scalars(
        sa.select(SignIn).where(SignIn.person_id == person_id).order_by(SignIn.signed_in_at)
    )
    return [
        {
            "signed_in_at": iso(row.signed_in_at),
            "expires_at": iso(row.expires_at),
            "browser": row.browser,
            "system": row.system,
        }
        for row in rows
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


def _address_change(person_id: uuid.UUID) -> dict[str, Any] | None:
    """The address that is to be, or has just become, this person's."""
    row = db.session.scalar(sa.select(AddressChange).where(AddressChange.person_id == person_id))
    if row is None:
        return None
    return {
        "email": row.email,
        "by_owner": row.asked_by_id == person_id,
        "asked_at": iso(row.asked_at),
        "expires_at": iso(row.expires_at),
        "confirmed_at": iso(row.confirmed_at),
    }


def _stopped_mails(person_id: uuid.UUID) -> list[dict[str, Any]]:
    rows = db.session.scalars(
        sa.select(StoppedMail)
        .where(StoppedMail.person_id == person_id)
        .order_by(StoppedMail.stopped_at)
    )
    return [{"kind": row.kind, "stopped_at": iso(row.stopped_at)} for row in rows]
