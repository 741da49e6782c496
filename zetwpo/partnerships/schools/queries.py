"""Reading the schools and institutes of a partnership."""

import uuid
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from zetwpo.accounts.actors import Facts
from zetwpo.accounts.models import Membership, School, SchoolKind
from zetwpo.edits import Fields
from zetwpo.extensions import read


@dataclass(frozen=True)
class SchoolCard:
    """A school or an institute, with how many people have a role there."""

    id: uuid.UUID
    partnership_id: uuid.UUID
    name: str
    kind: SchoolKind
    closed_at: datetime | None
    people: int

    @property
    def facts(self) -> Facts:
        """Of which partnership it is."""
        return Facts(partnership_id=self.partnership_id, school_id=self.id)

    @property
    def is_closed(self) -> bool:
        """True from when on nobody gets a role there."""
        return self.closed_at is not None

    @property
    def fields(self) -> Fields:
        """What can be changed of it, by the names of the fields."""
        return {"name": self.name, "kind": self.kind.value}


_PEOPLE = (
    sa.select(sa.func.count(Membership.person_id.distinct()))
    .where(Membership.school_id == School.id, Membership.ended_at.is_(None))
    .scalar_subquery()
)
_CARDS = sa.select(
    School.id, School.partnership_id, School.name, School.kind, School.closed_at, _PEOPLE
)
_ONE = _CARDS.where(School.id == sa.bindparam("school_id"))
_ONE_TO_WRITE = _ONE.with_for_update(of=School)
_OF_PARTNERSHIP = _CARDS.where(School.partnership_id == sa.bindparam("partnership_id")).order_by(
    School.closed_at.is_not(None), School.normal_name
)


def schools_of(partnership_id: uuid.UUID) -> list[SchoolCard]:
    """All schools and institutes of this partnership: those that are open first, by name."""
    return [_card(row) for row in read(_OF_PARTNERSHIP, partnership_id=partnership_id)]


def find_school(school_id: uuid.UUID, *, to_write: bool = False) -> SchoolCard | None:
    """The school with this key; `to_write` holds off whoever else changes it or gives a role."""
    row = read(_ONE_TO_WRITE if to_write else _ONE, school_id=school_id).one_or_none()
    return _card(row) if row else None


def _card(
    row: sa.Row[uuid.UUID, uuid.UUID, str, str, datetime | None, int],
) -> SchoolCard:
    school_id, partnership_id, name, kind, closed_at, people = row
    return SchoolCard(school_id, partnership_id, name, SchoolKind(kind), closed_at, people)
