"""What pages and other packages may know about people."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from zetwpo.accounts.hashing import keyed_hash
from zetwpo.accounts.models import Membership, Partnership, Person, SignIn
from zetwpo.accounts.policy import Actor, Role
from zetwpo.clock import now
from zetwpo.extensions import db, read


@dataclass(frozen=True)
class PersonCard:
    """Who somebody is, for a page that may name them."""

    id: uuid.UUID
    name: str
    email: str
    language: str
    roles: frozenset[Role]


@dataclass(frozen=True)
class UnusedPerson:
    """Somebody who was not here for long, and when that was."""

    id: uuid.UUID
    name: str
    email: str
    language: str
    last_used_at: datetime


# Asked on every request; put together once.
_ACTOR = (
    sa.select(Person.id, Person.name, Person.language, Membership.role)
    .join(SignIn, SignIn.person_id == Person.id)
    .outerjoin(Membership, Membership.person_id == Person.id)
    .where(SignIn.token_hash == sa.bindparam("hash"), SignIn.expires_at > sa.bindparam("moment"))
)


def find_actor(token: str) -> Actor | None:
    """The person who is signed in with this token at this moment."""
    rows = read(_ACTOR, hash=keyed_hash(token), moment=now()).all()
    if not rows:
        return None
    roles = frozenset(Role(row.role) for row in rows if row.role)
    return Actor(rows[0].id, rows[0].name, rows[0].language, roles)


# Asked with every link for feedback; put together once.
_IDS: sa.BindParameter[uuid.UUID] = sa.bindparam("ids", expanding=True)
_PEOPLE = (
    sa.select(Person, Membership.role)
    .outerjoin(Membership, Membership.person_id == Person.id)
    .where(Person.id.in_(_IDS))
)


def get_people(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, PersonCard]:
    """The people with these keys, in one statement; who does not exist is not among them."""
    return {card.id: card for card in _cards(db.session.execute(_PEOPLE, {"ids": list(ids)}))}


def get_person(person_id: uuid.UUID) -> PersonCard:
    """The person with this key, who must exist."""
    return get_people([person_id])[person_id]


def find_person_id(email: str) -> uuid.UUID | None:
    """The key of the person with this address."""
    return db.session.scalar(sa.select(Person.id).where(Person.email == email))


def has_real_people() -> bool:
    """True where somebody has an account outside the demo partnership."""
    in_demo = (
        sa.select(Membership.person_id)
        .join(Partnership, Partnership.id == Membership.partnership_id)
        .where(Partnership.is_demo)
    )
    found = sa.select(sa.exists().where(Person.id.not_in(in_demo)))
    return bool(db.session.scalar(found))


def find_partnership(person_id: uuid.UUID, role: Role) -> str | None:
    """The name of the partnership in which this person holds this role, the first of several."""
    return db.session.scalar(
        sa.select(Partnership.name)
        .join(Membership, Membership.partnership_id == Partnership.id)
        .where(Membership.person_id == person_id, Membership.role == role)
        .order_by(Partnership.name)
        .limit(1)
    )


def unused_people(before: datetime) -> list[UnusedPerson]:
    """People who were last here before this moment, held until this transaction is over.

    Whoever signs in at the same time is either here already, or waits.
    """
    last_used_at = sa.func.coalesce(Person.last_sign_in_at, Person.created_at)
    people = db.session.scalars(
        sa.select(Person).where(last_used_at < before).order_by(Person.id).with_for_update()
    )
    return [
        UnusedPerson(
            person.id,
            person.name,
            person.email,
            person.language,
            person.last_sign_in_at or person.created_at,
        )
        for person in people
    ]


def demo_people() -> list[PersonCard]:
    """The people of the demo partnership, in the order in which they were made."""
    rows = db.session.execute(
        sa.select(Person, Membership.role)
        .join(Membership, Membership.person_id == Person.id)
        .join(Partnership, Partnership.id == Membership.partnership_id)
        .where(Partnership.is_demo)
        .order_by(Person.created_at, Person.email)
    )
    return _cards(rows)


def _cards(rows: sa.Result[Person, str]) -> list[PersonCard]:
    """One card for each person, in the order of the rows, of which each has one of the roles."""
    people: dict[uuid.UUID, Person] = {}
    roles: dict[uuid.UUID, set[Role]] = {}
    for person, role in rows:
        people[person.id] = person
        roles.setdefault(person.id, set())
        if role:
            roles[person.id].add(Role(role))
    return [
        PersonCard(person.id, person.name, person.email, person.language, frozenset(roles[key]))
        for key, person in people.items()
    ]
