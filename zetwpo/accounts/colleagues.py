"""The people of a partnership, as others there may name them: never with an address."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from zetwpo.accounts.actors import EMPLOYERS, RECEIVERS, Actor, HeldRole, Role
from zetwpo.accounts.models import Membership, Person, School, Welcome
from zetwpo.accounts.queries import IS_HELD
from zetwpo.database.keys import among
from zetwpo.extensions import read


class Place(NamedTuple):
    """A role that somebody holds in a partnership, at which school if at one, and since when."""

    partnership_id: uuid.UUID
    role: Role
    school: str | None
    since: datetime


@dataclass(frozen=True)
class Colleague:
    """Somebody with what they are, for a page that may name them."""

    # For a decision.
    actor: Actor
    # For words. In the order in which roles are listed.
    places: tuple[Place, ...]

    @property
    def id(self) -> uuid.UUID:
        """The key of the person."""
        return self.actor.person_id

    @property
    def name(self) -> str:
        """What the person is called."""
        return self.actor.name

    def called(self, name: str) -> "Colleague":
        """The same one, by this name."""
        return replace(self, actor=replace(self.actor, name=name))

    def places_in(self, partnership_id: uuid.UUID | None) -> list[Place]:
        """What they are in this partnership."""
        return [each for each in self.places if each.partnership_id == partnership_id]


# The place of each role in the list of them.
_LISTED = {role: number for number, role in enumerate(Role)}
# A row for each role that somebody holds.
_HELD = (
    sa.select(
        Person.id,
        sa.func.coalesce(Welcome.name, Person.name).label("name"),
        Person.language,
        Membership.partnership_id,
        Membership.role,
        Membership.school_id,
        Membership.given_at,
        School.name.label("school"),
    )
    .outerjoin(Membership, IS_HELD)
    .outerjoin(School, School.id == Membership.school_id)
    .outerjoin(
        Welcome,
        sa.and_(Welcome.person_id == Person.id, Welcome.partnership_id == sa.bindparam("known_in")),
    )
    .where(among(Person.id))
)


def get_colleagues(
    ids: Collection[uuid.UUID], known_in: uuid.UUID | None = None
) -> dict[uuid.UUID, Colleague]:
    """These people, in one statement; who does not exist is not among them.

    With `known_in` they are called what that partnership may call them (names.py).
    """
    held = defaultdict(list)
    for row in read(_HELD, ids=ids, known_in=known_in) if ids else ():
        held[row.id].append(row)
    return {key: _colleague(rows) for key, rows in held.items()}


def _colleague(rows: Sequence[sa.Row[*tuple[Any, ...]]]) -> Colleague:
    person = rows[0]
    held = [(row, Role(row.role)) for row in rows if row.role]
    roles = frozenset(HeldRole(row.partnership_id, role, row.school_id) for row, role in held)
    places = [Place(row.partnership_id, role, row.school, row.given_at) for row, role in held]
    places.sort(key=lambda each: (_LISTED[each.role], each.school or ""))
    return Colleague(Actor(person.id, person.name, person.language, roles), tuple(places))


_HOLDS = sa.select(Membership.id).where(IS_HELD).correlate(Person)


def people_to_choose(
    partnership_id: uuid.UUID,
    words: Iterable[str],
    most: int,
    roles: Collection[Role] = RECEIVERS,
) -> list[uuid.UUID]:
    """The keys of those there with all these words in their names, a role of these and no employer.

    By name, and at most so many. It spares looking at everybody: the permission table decides about
    each of them (policy.py). Words are as names are looked for (`as_sought`).
    """
    holds = _HOLDS.where(Membership.partnership_id == partnership_id, Membership.role.in_(roles))
    employs = _HOLDS.where(Membership.role.in_(EMPLOYERS))
    found = (
        sa.select(Person.id)
        .join(Welcome, Welcome.person_id == Person.id)
        .where(
            Welcome.partnership_id == partnership_id,
            holds.exists(),
            ~employs.exists(),
            *(Welcome.sought_name.contains(word, autoescape=True) for word in words),
        )
        .order_by(Welcome.sought_name, Person.id)
        .limit(most)
    )
    return [row.id for row in read(found)]
