"""Letting people in: accounts, who is known to a partnership, and the roles that are given there.

In a constant number of statements, for one person and for three thousand.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import sqlalchemy as sa

from zetwpo.accounts.actors import Role
from zetwpo.accounts.models import Membership, Person, Welcome
from zetwpo.addresses import normal_address
from zetwpo.clock import now
from zetwpo.database.statements import insert_into, one_at_a_time
from zetwpo.database.tables import Base
from zetwpo.extensions import db
from zetwpo.i18n import DEFAULT_LANGUAGE, Language, as_language


@dataclass(frozen=True)
class Grant:
    """A role, and the school at which it is held if at one."""

    role: Role
    school_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Newcomer:
    """Whom somebody lets in, as they typed it, and with which roles."""

    name: str
    email: str
    grants: frozenset[Grant]
    # Of an account that has to be made.
    language: Language = DEFAULT_LANGUAGE


@dataclass(frozen=True)
class Admitted:
    """What came of it. Whether there was an account elsewhere is not told to anybody."""

    person_id: uuid.UUID
    # By which the partnership knows them, and the reason of the mail that welcomes them.
    welcome_id: uuid.UUID
    # Where they get their mails.
    email: str
    language: Language
    # The partnership did not know this person before.
    is_new: bool
    # The keys of the roles that they got and did not have.
    given: Mapping[Grant, uuid.UUID] = field(default_factory=dict)


def hold_people(partnership_id: uuid.UUID) -> None:
    """Let others who give or end roles in this partnership wait until the commit."""
    one_at_a_time(db.session.connection(), f"people {partnership_id}")


def admit(
    partnership_id: uuid.UUID, newcomers: Iterable[Newcomer], by_id: uuid.UUID | None = None
) -> dict[str, Admitted]:
    """Give these people their roles in this partnership, with an account where they have none.

    Returns what came of it by address, in its normal form. Whoever has an account keeps its name.
    Doing it twice changes nothing.
    """
    hold_people(partnership_id)
    # In one order, so that two partnerships with the same people wait and do not block each other.
    by_address = dict(sorted(_merged(newcomers).items()))
    accounts = _accounts(by_address)
    people = {address: person_id for address, (person_id, _language) in accounts.items()}
    known = _known(partnership_id, people.values())
    missing = {key: by_address[key] for key, person in people.items() if person not in known}
    known |= _make_known(partnership_id, missing, people, by_id)
    wanted = {person_id: by_address[key].grants for key, person_id in people.items()}
    given = give_roles(partnership_id, wanted, by_id)
    return {
        key: Admitted(
            person_id,
            known[person_id],
            by_address[key].email,
            as_language(language),
            key in missing,
            given[person_id],
        )
        for key, (person_id, language) in accounts.items()
    }


def _merged(newcomers: Iterable[Newcomer]) -> dict[str, Newcomer]:
    """One for each address: of two, the first name and the roles of both."""
    merged: dict[str, Newcomer] = {}
    for each in newcomers:
        address = normal_address(each.email)
        first = merged.setdefault(address, each)
        merged[address] = replace(first, grants=first.grants | each.grants)
    return merged


def _accounts(by_address: Mapping[str, Newcomer]) -> dict[str, tuple[uuid.UUID, str]]:
    """The keys and languages of their accounts by address, made where there is none.

    They are held until the commit: nobody deletes them meanwhile, and everybody may sign in.
    """
    found: dict[str, tuple[uuid.UUID, str]] = {}
    # Once; and again for whoever deleted their account right after it was seen to be there.
    while missing := {key: each for key, each in by_address.items() if key not in found}:
        _make_accounts(missing)
        rows = db.session.execute(
            sa.select(Person.normal_email, Person.id, Person.language)
            .where(Person.normal_email.in_(missing))
            .order_by(Person.normal_email)
            .with_for_update(read=True, key_share=True)
        )
        found |= {address: (person_id, language) for address, person_id, language in rows}
    return {address: found[address] for address in by_address}


def _make_accounts(by_address: Mapping[str, Newcomer]) -> None:
    moment = now()
    _insert(
        Person,
        [
            {
                "name": each.name,
                "email": each.email,
                "normal_email": address,
                "language": each.language,
                "created_at": moment,
            }
            for address, each in by_address.items()
        ],
    )


def _known(partnership_id: uuid.UUID, people: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """By which row the partnership knows these people, as far as it does."""
    found = db.session.execute(
        sa.select(Welcome.person_id, Welcome.id).where(
            Welcome.partnership_id == partnership_id, Welcome.person_id.in_(list(people))
        )
    )
    return {person_id: welcome_id for person_id, welcome_id in found}  # noqa: C416 (for its types)


def _make_known(
    partnership_id: uuid.UUID,
    missing: Mapping[str, Newcomer],
    people: Mapping[str, uuid.UUID],
    by_id: uuid.UUID | None,
) -> dict[uuid.UUID, uuid.UUID]:
    moment = now()
    made = {people[address]: uuid.uuid4() for address in missing}
    _insert(
        Welcome,
        [
            {
                "id": made[people[address]],
                "partnership_id": partnership_id,
                "person_id": people[address],
                "name": each.name,
                "email": each.email,
                "invited_at": moment,
                "invited_by_id": by_id,
            }
            for address, each in missing.items()
        ],
    )
    return made


def give_roles(
    partnership_id: uuid.UUID,
    wanted: Mapping[uuid.UUID, frozenset[Grant]],
    by_id: uuid.UUID | None,
) -> dict[uuid.UUID, dict[Grant, uuid.UUID]]:
    """Give people who are known here what they do not hold yet; returns what each of them got.

    Whoever calls this holds the people of the partnership.
    """
    held = _held(partnership_id, wanted)
    given = {
        person_id: {grant: uuid.uuid4() for grant in grants if (person_id, grant) not in held}
        for person_id, grants in wanted.items()
    }
    moment = now()
    _insert(
        Membership,
        [
            {
                "id": key,
                "person_id": person_id,
                "partnership_id": partnership_id,
                "school_id": grant.school_id,
                "role": grant.role,
                "given_at": moment,
                "given_by_id": by_id,
            }
            for person_id, grants in given.items()
            for grant, key in grants.items()
        ],
    )
    return given


def _held(partnership_id: uuid.UUID, people: Iterable[uuid.UUID]) -> set[tuple[uuid.UUID, Grant]]:
    """What these people hold there at this moment."""
    found = db.session.execute(
        sa.select(Membership.person_id, Membership.role, Membership.school_id).where(
            Membership.partnership_id == partnership_id,
            Membership.person_id.in_(list(people)),
            Membership.ended_at.is_(None),
        )
    )
    return {(person_id, Grant(Role(role), school_id)) for person_id, role, school_id in found}


def _insert(table: type[Base], rows: Sequence[Mapping[str, object]]) -> None:
    """Insert these rows, but for those that a unique key says are there."""
    if rows:
        db.session.execute(insert_into(db.session(), table).on_conflict_do_nothing(), list(rows))
