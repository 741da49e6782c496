"""Reading lists, and what there is in the partnership that they are for."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import sqlalchemy as sa

from zetwpo.accounts.actors import Facts
from zetwpo.accounts.models import Membership, Person, School, Welcome
from zetwpo.accounts.rules import as_compared
from zetwpo.extensions import db, read
from zetwpo.partnerships.importing.keeping import (
    Choices,
    kept_choices,
    kept_outcome,
    kept_table,
)
from zetwpo.partnerships.importing.models import PeopleList
from zetwpo.partnerships.importing.rules import (
    Grant,
    Known,
    KnownPerson,
    KnownSchool,
    Row,
    RowPlan,
    plan,
    read_rows,
    unknown_words,
)
from zetwpo.partnerships.importing.tables import Table


@dataclass(frozen=True)
class ListCard:
    """A list that somebody brought."""

    id: uuid.UUID
    partnership_id: uuid.UUID
    brought_by_id: uuid.UUID
    brought_at: datetime
    done_at: datetime | None
    table: Table
    choices: Choices
    # Once its people are invited.
    outcome: tuple[RowPlan, ...]

    @property
    def facts(self) -> Facts:
        """Whose it is, and for which partnership."""
        return Facts(owner_id=self.brought_by_id, partnership_id=self.partnership_id)

    @cached_property
    def rows(self) -> list[Row]:
        """Its rows, as they are read now."""
        choices = self.choices
        return read_rows(self.table, choices.layout, choices.default_role, choices.words)

    @property
    def unknown_words(self) -> dict[str, tuple[int, ...]]:
        """The words for roles that we do not know, and in which rows they stand."""
        return unknown_words(self.table, self.choices.layout)

    def plans(self, known: Known) -> list[RowPlan]:
        """What happens with each row, or what did."""
        if self.done_at:
            return list(self.outcome)
        return plan(self.rows, known, add_schools=self.choices.adds_schools)


def find_list(list_id: uuid.UUID) -> ListCard | None:
    """The list with this key."""
    query = sa.select(PeopleList.__table__).where(PeopleList.id == list_id)
    found = db.session.execute(query).one_or_none()
    if found is None:
        return None
    return ListCard(
        found.id,
        found.partnership_id,
        found.brought_by_id,
        found.brought_at,
        found.done_at,
        kept_table(found.lines),
        kept_choices(found.choices),
        tuple(kept_outcome(found.outcome)),
    )


_SCHOOLS = sa.select(School.id, School.name, School.closed_at).where(
    School.partnership_id == sa.bindparam("partnership_id")
)
_PEOPLE = (
    sa.select(Welcome.normal_email, Welcome.name, Membership.role, Membership.school_id)
    .select_from(Welcome)
    .join(Person, Person.id == Welcome.person_id)
    .join(
        Membership,
        sa.and_(
            Membership.person_id == Welcome.person_id,
            Membership.partnership_id == Welcome.partnership_id,
        ),
    )
    .where(Welcome.partnership_id == sa.bindparam("partnership_id"), Membership.ended_at.is_(None))
)


def known_in(partnership_id: uuid.UUID) -> Known:
    """Who and what there is in this partnership, in two statements. Of others it says nothing."""
    schools = {
        key: KnownSchool(key, name, closed_at is not None)
        for key, name, closed_at in read(_SCHOOLS, partnership_id=partnership_id)
    }
    people: dict[str, tuple[str, set[Grant]]] = {}
    for address, name, role, school_id in read(_PEOPLE, partnership_id=partnership_id):
        _name, grants = people.setdefault(address, (name, set()))
        school = schools[school_id] if school_id else None
        grants.add(Grant(role, as_compared(school.name) if school else ""))
    return Known(
        {address: KnownPerson(name, frozenset(held)) for address, (name, held) in people.items()},
        {as_compared(school.name): school for school in schools.values()},
    )
