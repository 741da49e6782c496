"""Reading who belongs to a partnership, in a constant number of statements."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from zetwpo.accounts.actors import Facts, Role
from zetwpo.accounts.models import Membership, Partnership, Person, School, Welcome
from zetwpo.accounts.queries import PartnershipCard
from zetwpo.database.keys import among
from zetwpo.edits import Fields
from zetwpo.extensions import db, read
from zetwpo.paging import PAGE, Pages, pages
from zetwpo.partnerships.people.rules import (
    INVITED,
    Wanted,
    Word,
    mark_of,
    words_of,
)

# --------------------------------------------------------------------------------- one person


@dataclass(frozen=True)
class MembershipCard:
    """A role that somebody has in a partnership, or had."""

    id: uuid.UUID
    partnership_id: uuid.UUID
    role: Role
    school_id: uuid.UUID | None
    school: str | None
    given_at: datetime
    # Empty where a command on the server did, or where the account of who did is deleted.
    given_by: str | None
    ended_at: datetime | None
    ended_by: str | None
    is_school_closed: bool

    @property
    def facts(self) -> Facts:
        """Of which partnership it is."""
        return Facts(partnership_id=self.partnership_id)

    @property
    def is_held(self) -> bool:
        """True until it ends."""
        return self.ended_at is None


@dataclass(frozen=True)
class PersonHere:
    """Somebody as a partnership knows them, with all roles that they have and had in it."""

    id: uuid.UUID
    partnership_id: uuid.UUID
    welcome_id: uuid.UUID
    name: str
    email: str
    language: str
    invited_at: datetime
    has_come: bool
    memberships: tuple[MembershipCard, ...]

    @property
    def facts(self) -> Facts:
        """Of which partnership; what is theirs alone is not among what is read here."""
        return Facts(partnership_id=self.partnership_id)

    @property
    def fields(self) -> Fields:
        """What can be mended as long as they have not come, by the names of the fields."""
        return {name: getattr(self, name) for name in INVITED}

    @property
    def held(self) -> list[MembershipCard]:
        """What they are here now."""
        return [each for each in self.memberships if each.is_held]

    @property
    def ended(self) -> list[MembershipCard]:
        """What they were here, the last one first."""
        over = [each for each in self.memberships if each.ended_at]
        return sorted(over, key=lambda each: each.ended_at or each.given_at, reverse=True)

    @property
    def mark(self) -> str:
        """What a page shows of their roles."""
        return mark_of(each.id for each in self.held)

    def find_held(self, role: Role, school_id: uuid.UUID | None) -> MembershipCard | None:
        """This role at this school, where they have it."""
        same = (each for each in self.held if (each.role, each.school_id) == (role, school_id))
        return next(same, None)


_GIVER, _ENDER = aliased(Person), aliased(Person)
_ONE = (
    sa.select(
        Welcome.id.label("welcome_id"),
        Welcome.invited_at,
        Welcome.came_at,
        Welcome.name,
        Welcome.email,
        Person.language,
    )
    .join(Person, Person.id == Welcome.person_id)
    .where(
        Welcome.partnership_id == sa.bindparam("partnership_id"),
        Welcome.person_id == sa.bindparam("person_id"),
    )
)
# Also of a role at no school.
_IS_CLOSED = School.closed_at.is_not(None)
_MEMBERSHIPS = (
    sa.select(
        Membership.id,
        Membership.partnership_id,
        Membership.role,
        Membership.school_id,
        School.name,
        Membership.given_at,
        _GIVER.name,
        Membership.ended_at,
        _ENDER.name,
        _IS_CLOSED,
    )
    .outerjoin(School, School.id == Membership.school_id)
    .outerjoin(_GIVER, _GIVER.id == Membership.given_by_id)
    .outerjoin(_ENDER, _ENDER.id == Membership.ended_by_id)
    .where(
        Membership.partnership_id == sa.bindparam("partnership_id"),
        Membership.person_id == sa.bindparam("person_id"),
    )
    .order_by(Membership.given_at, School.name)
)
_IN_ORDER = {role: place for place, role in enumerate(Role)}


def find_person_here(partnership_id: uuid.UUID, person_id: uuid.UUID) -> PersonHere | None:
    """This person as this partnership knows them; None where it does not."""
    keys = {"partnership_id": partnership_id, "person_id": person_id}
    row = read(_ONE, **keys).one_or_none()
    if row is None:
        return None
    memberships = sorted(
        map(_membership, read(_MEMBERSHIPS, **keys)),
        key=lambda each: (each.given_at, _IN_ORDER[each.role]),
    )
    return PersonHere(
        person_id,
        partnership_id,
        row.welcome_id,
        row.name,
        row.email,
        row.language,
        row.invited_at,
        row.came_at is not None,
        tuple(memberships),
    )


def _membership(row: sa.Row[*tuple[Any, ...]]) -> MembershipCard:
    key, partnership_id, role, *rest = row
    return MembershipCard(key, partnership_id, Role(role), *rest)


# ------------------------------------------------------------------------------- lists of people


@dataclass(frozen=True)
class RoleHere:
    """A role that somebody has, and at which school if at one."""

    role: Role
    school: str | None
    is_school_closed: bool = False


@dataclass(frozen=True)
class NameRow:
    """Somebody for whoever sees names: no address, and nothing that leads to one."""

    name: str
    roles: tuple[RoleHere, ...]


@dataclass(frozen=True)
class PersonRow:
    """Somebody for an administrator."""

    id: uuid.UUID
    name: str
    email: str
    has_come: bool
    roles: tuple[RoleHere, ...]


@dataclass(frozen=True)
class NamePage:
    """A page of the list of names."""

    rows: tuple[NameRow, ...]
    pages: Pages


@dataclass(frozen=True)
class PeoplePage:
    """A page of the list of people."""

    rows: tuple[PersonRow, ...]
    pages: Pages


def list_people(partnership_id: uuid.UUID, wanted: Wanted) -> PeoplePage:
    """The people of a partnership who are wanted, by name, a page of them; for administrators."""
    found = _found(partnership_id, wanted, in_addresses=True)
    shown = pages(wanted.page, _count(partnership_id, wanted, found))
    columns = (Welcome.person_id, Welcome.name, Welcome.email, Welcome.came_at.is_not(None))
    rows = read(_page(found, shown).with_only_columns(*columns)).all()
    roles = _roles(partnership_id, [row[0] for row in rows])
    return PeoplePage(tuple(PersonRow(*row, roles[row[0]]) for row in rows), shown)


def list_names(partnership_id: uuid.UUID, wanted: Wanted) -> NamePage:
    """The names of those who have a role now, a page of them. Addresses are not looked in."""
    found = _found(partnership_id, wanted, in_addresses=False)
    shown = pages(wanted.page, _count(partnership_id, wanted, found))
    rows = read(_page(found, shown).with_only_columns(Welcome.person_id, Welcome.name)).all()
    roles = _roles(partnership_id, [key for key, _name in rows])
    return NamePage(tuple(NameRow(name, roles[key]) for key, name in rows), shown)


def _found(
    partnership_id: uuid.UUID, wanted: Wanted, *, in_addresses: bool
) -> sa.Select[uuid.UUID]:
    held = sa.select(Membership.id).where(
        Membership.person_id == Welcome.person_id, *_is_wanted(partnership_id, wanted)
    )
    return sa.select(Welcome.person_id).where(
        Welcome.partnership_id == partnership_id,
        ~held.exists() if wanted.without_role else held.exists(),
        *(_has(word, in_addresses=in_addresses) for word in words_of(wanted.text)),
    )


def _is_wanted(partnership_id: uuid.UUID, wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    """What a role has to be."""
    conditions = [Membership.partnership_id == partnership_id, Membership.ended_at.is_(None)]
    if wanted.role:
        conditions.append(Membership.role == wanted.role)
    if wanted.school_id:
        conditions.append(Membership.school_id == wanted.school_id)
    return conditions


def _has(word: Word, *, in_addresses: bool) -> sa.ColumnElement[bool]:
    places = [Welcome.sought_name.contains(word.in_name, autoescape=True)] if word.in_name else []
    if in_addresses:
        places.append(Welcome.normal_email.contains(word.in_email, autoescape=True))
    return sa.or_(sa.false(), *places)


def _count(partnership_id: uuid.UUID, wanted: Wanted, found: sa.Select[uuid.UUID]) -> int:
    if wanted.text or wanted.without_role:
        counted = found.with_only_columns(sa.func.count())
    else:
        # The roles tell, without a look at each person.
        people = sa.func.count(Membership.person_id.distinct())
        counted = sa.select(people).where(*_is_wanted(partnership_id, wanted))
    return read(counted).scalar_one()


def _page(found: sa.Select[uuid.UUID], shown: Pages) -> sa.Select[uuid.UUID]:
    in_order = found.order_by(Welcome.sought_name, Welcome.person_id)
    return in_order.limit(PAGE).offset(shown.skipped)


_ROLES = (
    sa.select(Membership.person_id, Membership.role, School.name, _IS_CLOSED)
    .outerjoin(School, School.id == Membership.school_id)
    .where(
        Membership.partnership_id == sa.bindparam("partnership_id"),
        among(Membership.person_id),
        Membership.ended_at.is_(None),
    )
    .order_by(School.name)
)


def _roles(
    partnership_id: uuid.UUID, people: Sequence[uuid.UUID]
) -> dict[uuid.UUID, tuple[RoleHere, ...]]:
    held: defaultdict[uuid.UUID, list[RoleHere]] = defaultdict(list)
    for person_id, role, school, is_closed in read(
        _ROLES, partnership_id=partnership_id, ids=people
    ):
        held[person_id].append(RoleHere(Role(role), school, is_closed))
    return {
        person_id: tuple(sorted(held[person_id], key=lambda each: _IN_ORDER[each.role]))
        for person_id in people
    }


# --------------------------------------------------------------------------- what else pages ask


@dataclass(frozen=True)
class SchoolChoice:
    """A school to choose from."""

    id: uuid.UUID
    name: str
    is_closed: bool


_SCHOOLS = (
    sa.select(School.id, School.name, School.closed_at.is_not(None))
    .where(School.partnership_id == sa.bindparam("partnership_id"))
    .order_by(School.closed_at.is_not(None), School.normal_name)
)


def schools_to_choose(partnership_id: uuid.UUID) -> list[SchoolChoice]:
    """All schools of this partnership: those that are open first, by name."""
    return [SchoolChoice(*row) for row in read(_SCHOOLS, partnership_id=partnership_id)]


@dataclass(frozen=True)
class Beginning:
    """How far an administrator is with what a partnership needs first."""

    has_schools: bool
    # Besides administrators.
    has_people: bool


def beginnings(partnership_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Beginning]:
    """Whether each of these has schools, and people for whom all of this is: in one statement."""
    school = sa.exists().where(School.partnership_id == Partnership.id, School.closed_at.is_(None))
    keeper = aliased(Membership)
    keeps = sa.exists().where(
        keeper.partnership_id == Membership.partnership_id,
        keeper.person_id == Membership.person_id,
        keeper.role == Role.ADMINISTRATOR,
        keeper.ended_at.is_(None),
    )
    person = sa.exists().where(
        Membership.partnership_id == Partnership.id, Membership.ended_at.is_(None), sa.not_(keeps)
    )
    query = sa.select(Partnership.id, school, person).where(among(Partnership.id))
    rows = read(query, ids=partnership_ids)
    return {key: Beginning(bool(schools), bool(people)) for key, schools, people in rows}


def was_administrator(partnership_id: uuid.UUID, person_id: uuid.UUID) -> bool:
    """True for whoever looks after this partnership, or did."""
    found = sa.exists().where(
        Membership.partnership_id == partnership_id,
        Membership.person_id == person_id,
        Membership.role == Role.ADMINISTRATOR,
    )
    return bool(db.session.scalar(sa.select(found)))


def administered_alone(person_id: uuid.UUID) -> list[PartnershipCard]:
    """The partnerships that would have no administrator without this person, by name."""
    other = aliased(Membership)
    has_other = sa.exists().where(
        other.partnership_id == Partnership.id,
        other.role == Role.ADMINISTRATOR,
        other.ended_at.is_(None),
        other.person_id != person_id,
    )
    is_one = sa.exists().where(
        Membership.partnership_id == Partnership.id,
        Membership.role == Role.ADMINISTRATOR,
        Membership.ended_at.is_(None),
        Membership.person_id == person_id,
    )
    query = sa.select(Partnership.id, Partnership.name).where(is_one, sa.not_(has_other))
    return [PartnershipCard(*row) for row in read(query.order_by(Partnership.name))]


_WELCOMED = (
    sa.select(Welcome.id, Welcome.person_id, Welcome.name)
    .join(Person, Person.id == Welcome.person_id)
    .where(Welcome.partnership_id == sa.bindparam("partnership_id"), among(Welcome.id))
)
_GIVEN_TO = (
    sa.select(Membership.id, Membership.person_id, Welcome.name)
    .join(Person, Person.id == Membership.person_id)
    .join(
        Welcome,
        sa.and_(
            Welcome.person_id == Membership.person_id,
            Welcome.partnership_id == Membership.partnership_id,
        ),
    )
    .where(Membership.partnership_id == sa.bindparam("partnership_id"), among(Membership.id))
)


def people_behind(
    partnership_id: uuid.UUID, about: Collection[uuid.UUID]
) -> dict[uuid.UUID, tuple[uuid.UUID, str]]:
    """Who was welcomed, or given a role, by the key of that: their own key and name."""
    query = sa.union_all(_WELCOMED, _GIVEN_TO)
    rows = read(query, partnership_id=partnership_id, ids=about)
    return {key: (person_id, name) for key, person_id, name in rows}
