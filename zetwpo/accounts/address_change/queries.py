"""What pages and mails know about a change of address."""

import uuid
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from zetwpo.accounts.actors import Role
from zetwpo.accounts.address_change.models import AddressChange
from zetwpo.accounts.address_change.rules import Asked
from zetwpo.accounts.models import Membership, Person
from zetwpo.addresses import normal_address
from zetwpo.clock import now
from zetwpo.extensions import db, read
from zetwpo.hashing import keyed_hash


@dataclass(frozen=True)
class ChangeCard:
    """A change that somebody asked for, and whose account it is about."""

    id: uuid.UUID
    person_id: uuid.UUID
    name: str
    language: str
    asked_by_id: uuid.UUID
    # The address until now, and the new one.
    current: str
    email: str
    asked: Asked
    is_confirmed: bool

    @property
    def is_waiting(self) -> bool:
        """True until it is confirmed, or its time is over."""
        return not self.is_confirmed and self.asked.link_works(now())

    def may_confirm(self, person_id: uuid.UUID | None) -> bool:
        """True where who is signed in as this person, or as nobody, may confirm it now."""
        is_signed_in = person_id == self.person_id
        return self.is_waiting and self.asked.may_confirm(now(), is_signed_in=is_signed_in)


_PARTNERSHIPS = (
    sa.select(sa.func.count(Membership.partnership_id.distinct()))
    .where(Membership.person_id == AddressChange.person_id)
    .correlate(AddressChange)
    .scalar_subquery()
)
_ASKER = aliased(Membership)
_IS_BACKED = (
    sa.exists()
    .where(
        Membership.person_id == AddressChange.person_id,
        _ASKER.partnership_id == Membership.partnership_id,
        _ASKER.person_id == AddressChange.asked_by_id,
        _ASKER.role == Role.ADMINISTRATOR,
        _ASKER.ended_at.is_(None),
    )
    .correlate(AddressChange)
)
_CHANGES = sa.select(
    AddressChange.id,
    AddressChange.person_id,
    AddressChange.email,
    AddressChange.asked_by_id,
    AddressChange.asked_at,
    AddressChange.expires_at,
    AddressChange.confirmed_at,
    Person.name,
    Person.language,
    Person.email.label("current"),
    Person.last_sign_in_at,
    _PARTNERSHIPS.label("partnerships"),
    _IS_BACKED.label("is_backed"),
).join(Person, Person.id == AddressChange.person_id)


def find_change(person_id: uuid.UUID) -> ChangeCard | None:
    """The last change that was asked for this person, as long as it is kept."""
    return _find(AddressChange.person_id == person_id)


def find_by_link(link: str) -> ChangeCard | None:
    """What this link is about, also once it was used; None where it is about nothing any more."""
    return _find(AddressChange.link_hash == keyed_hash(link))


def is_somebody_elses(email: str, person_id: uuid.UUID) -> bool:
    """True where another account has this address."""
    found = sa.exists().where(Person.normal_email == normal_address(email), Person.id != person_id)
    return bool(db.session.scalar(sa.select(found)))


def _find(condition: sa.ColumnElement[bool]) -> ChangeCard | None:
    row = read(_CHANGES.where(condition)).one_or_none()
    if row is None:
        return None
    asked = Asked(
        row.asked_at,
        row.expires_at,
        is_own=row.asked_by_id == row.person_id,
        has_signed_in=row.last_sign_in_at is not None,
        partnerships=row.partnerships,
        is_backed=bool(row.is_backed),
    )
    return ChangeCard(
        row.id,
        row.person_id,
        row.name,
        row.language,
        row.asked_by_id,
        row.current,
        row.email,
        asked,
        row.confirmed_at is not None,
    )
