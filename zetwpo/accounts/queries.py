"""What pages and other packages may know about people."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from zetwpo.accounts.actors import Actor, Facts, HeldRole, Role
from zetwpo.accounts.models import Membership, Partnership, Person, SignIn
from zetwpo.addresses import normal_address
from zetwpo.clock import now
from zetwpo.database.keys import among
from zetwpo.errors import NotFound
from zetwpo.extensions import db, read
from zetwpo.hashing import keyed_hash
from zetwpo.i18n import lazy_gettext as _


@dataclass(frozen=True)
class PersonCard:
    """Who somebody is, for a page that may name them."""

    id: uuid.UUID
    name: str
    email: str
    language: str
    roles: frozenset[Role]


@dataclass(frozen=True)
class PartnershipCard:
    """A partnership, for a page that belongs to it."""

    id: uuid.UUID
    name: str

    @property
    def facts(self) -> Facts:
        """It is nobody's own, and opens to roles that are held in it."""
        return Facts(partnership_id=self.id)


@dataclass(frozen=True)
class UnusedPerson:
    """Somebody who was not here for long, and when that was."""

    id: uuid.UUID
    name: str
    email: str
    language: str
    last_used_at: datetime


# Before all that we know.
EVER = datetime(2000, 1, 1, tzinfo=UTC)

# What somebody is at this moment: a role that ended opens nothing from the next request on.
IS_HELD = sa.and_(Membership.person_id == Person.id, Membership.ended_at.is_(None))
# A row for each role that somebody holds.
_ACTORS = sa.select(
    Person.id,
    Person.name,
    Person.language,
    Membership.partnership_id,
    Membership.role,
    Membership.school_id,
).outerjoin(Membership, IS_HELD)
_ACTOR = _ACTORS.join(SignIn, SignIn.person_id == Person.id).where(
    SignIn.token_hash == sa.bindparam("hash"),
    SignIn.expires_at > sa.bindparam("moment"),
    SignIn.signed_in_at > sa.bindparam("idle_since"),
)
_ACTORS_OF_ALL = _ACTORS.where(among(Person.id))


def find_actor(token: str, *, idle_since: datetime | None = None) -> Actor | None:
    """The person who is signed in with this token at this moment.

    With `idle_since` only if they signed in after it: they did nothing else since.
    """
    rows = read(_ACTOR, hash=keyed_hash(token), moment=now(), idle_since=idle_since or EVER)
    return next(iter(_actors(rows).values()), None)


def get_actors(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Actor]:
    """These people for decisions about them; who does not exist is not among them."""
    return _actors(read(_ACTORS_OF_ALL, ids=ids)) if ids else {}


def _actors(
    rows: Iterable[sa.Row[uuid.UUID, str, str, uuid.UUID, str, uuid.UUID | None]],
) -> dict[uuid.UUID, Actor]:
    found: dict[uuid.UUID, tuple[str, str, list[HeldRole]]] = {}
    for key, name, language, partnership_id, role, school_id in rows:
        _name, _language, held = found.setdefault(key, (name, language, []))
        # There is a row for whoever holds none, too.
        if role:
            held.append(HeldRole(partnership_id, Role(role), school_id))
    return {
        key: Actor(key, name, language, frozenset(held))
        for key, (name, language, held) in found.items()
    }


_CARDS = sa.select(
    Person.id, Person.name, Person.email, Person.language, Membership.role
).outerjoin(Membership, IS_HELD)
_PEOPLE = _CARDS.where(among(Person.id))


def get_people(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, PersonCard]:
    """The people with these keys, in one statement; who does not exist is not among them."""
    return {card.id: card for card in _cards(read(_PEOPLE, ids=ids))} if ids else {}


def get_person(person_id: uuid.UUID) -> PersonCard:
    """The person with this key. Raises NotFound where the account is deleted at this moment."""
    found = get_people([person_id]).get(person_id)
    if found is None:
        raise NotFound(
            _("This account is no longer there"),
            _("It was deleted a moment ago, with all that belonged to it."),
        )
    return found


def find_person_id(email: str) -> uuid.UUID | None:
    """The key of the person with this address, however it is typed."""
    return db.session.scalar(
        sa.select(Person.id).where(Person.normal_email == normal_address(email))
    )


def has_real_people() -> bool:
    """True where somebody has an account outside the demo partnership."""
    in_demo = (
        sa.select(Membership.person_id)
        .join(Partnership, Partnership.id == Membership.partnership_id)
        .where(Partnership.is_demo)
    )
    found = sa.select(sa.exists().where(Person.id.not_in(in_demo)))
    return bool(db.session.scalar(found))


def find_partnership_card(partnership_id: uuid.UUID) -> PartnershipCard | None:
    """The partnership with this key."""
    found = db.session.execute(
        sa.select(Partnership.id, Partnership.name).where(Partnership.id == partnership_id)
    ).one_or_none()
    return PartnershipCard(*found) if found else None


def find_only_partnership(person_id: uuid.UUID) -> uuid.UUID | None:
    """Where this person holds a role, if that is one partnership and no more."""
    held = sa.select(Membership.partnership_id).where(
        Membership.person_id == person_id, Membership.ended_at.is_(None)
    )
    found = db.session.scalars(held.distinct().limit(2)).all()
    return found[0] if len(found) == 1 else None


_PARTNERSHIPS = (
    sa.select(Partnership.id, Partnership.name)
    .where(among(Partnership.id))
    .order_by(Partnership.name)
)


def get_partnerships(ids: Collection[uuid.UUID]) -> list[PartnershipCard]:
    """The partnerships with these keys, by name."""
    return [PartnershipCard(*row) for row in read(_PARTNERSHIPS, ids=ids)] if ids else []


def partnerships_of(person_id: uuid.UUID, *roles: Role) -> list[PartnershipCard]:
    """Where this person holds one of these roles at this moment, by name."""
    held = sa.select(Membership.partnership_id).where(
        Membership.person_id == person_id,
        Membership.role.in_(roles),
        Membership.ended_at.is_(None),
    )
    query = sa.select(Partnership.id, Partnership.name).where(Partnership.id.in_(held))
    return [PartnershipCard(*row) for row in db.session.execute(query.order_by(Partnership.name))]


_LAST_USED_AT = sa.func.coalesce(Person.last_sign_in_at, Person.created_at)


def unused_people(before: datetime) -> list[uuid.UUID]:
    """The keys of the people who were last here before this moment."""
    unused = sa.select(Person.id).where(before > _LAST_USED_AT)
    return list(db.session.scalars(unused.order_by(Person.id)))


def find_unused(person_id: uuid.UUID, before: datetime) -> UnusedPerson | None:
    """This person if they were last here before this moment, held until the commit.

    Whoever signs in at the same time is either here already, or waits.
    """
    person = db.session.scalar(
        sa.select(Person).where(Person.id == person_id, before > _LAST_USED_AT).with_for_update()
    )
    if person is None:
        return None
    return UnusedPerson(
        person.id,
        person.name,
        person.email,
        person.language,
        person.last_sign_in_at or person.created_at,
    )


def demo_people() -> list[PersonCard]:
    """The people of the demo partnership, in the order in which they were made."""
    rows = read(
        _CARDS.join(Partnership, Partnership.id == Membership.partnership_id)
        .where(Partnership.is_demo)
        .order_by(Person.created_at, Person.email)
    )
    return _cards(rows)


def _cards(rows: Iterable[sa.Row[uuid.UUID, str, str, str, str]]) -> list[PersonCard]:
    """One card for each person, in the order of the rows, of which each has one of the roles."""
    roles: dict[tuple[uuid.UUID, str, str, str], set[Role]] = {}
    for key, name, email, language, role in rows:
        held = roles.setdefault((key, name, email, language), set())
        if role:
            held.add(Role(role))
    return [PersonCard(*person, frozenset(held)) for person, held in roles.items()]
