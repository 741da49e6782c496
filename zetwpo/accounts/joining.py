"""Giving people accounts and roles, one or thousands of them at once."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import sqlalchemy as sa

from zetwpo.accounts.actors import Role
from zetwpo.accounts.models import Membership, Person
from zetwpo.addresses import normal_address
from zetwpo.clock import now
from zetwpo.database.statements import insert_into
from zetwpo.extensions import db

Item = TypeVar("Item")
# In one statement; SQLite takes 32,766 values.
AT_ONCE = 1000


@dataclass(frozen=True)
class NewPerson:
    """Somebody who may have an account already, here or elsewhere: then nothing of it changes."""

    name: str
    email: str


@dataclass(frozen=True)
class GivenRole:
    """A role that somebody gets, and the school at which if at one."""

    person_id: uuid.UUID
    role: Role
    school_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Mailbox:
    """Where somebody with an account gets mails, and in which language."""

    email: str
    language: str


def have_accounts(people: Iterable[NewPerson]) -> dict[str, uuid.UUID]:
    """The keys of these people by their addresses, as those are compared.

    Who had no account has one now. Of two at the same moment, the second waits for the first.
    """
    named = {normal_address(each.email): each for each in people}
    found: dict[str, uuid.UUID] = {}
    # Once; and again for whoever deleted their account right after it was seen to be there.
    while missing := {address: each for address, each in named.items() if address not in found}:
        _insert_people(missing)
        found |= _held_accounts(list(missing))
    return found


def _insert_people(people: Mapping[str, NewPerson]) -> None:
    moment = now()
    rows = [
        {"name": each.name, "email": each.email, "normal_email": address, "created_at": moment}
        # In one order: two who wait for each other would wait for ever.
        for address, each in sorted(people.items())
    ]
    db.session.execute(insert_into(db.session(), Person).on_conflict_do_nothing(), rows)


def _held_accounts(addresses: Sequence[str]) -> dict[str, uuid.UUID]:
    """The keys of those who have an account, which nobody deletes until the commit."""
    found: dict[str, uuid.UUID] = {}
    for some in _parts(addresses):
        query = (
            sa.select(Person.normal_email, Person.id)
            .where(Person.normal_email.in_(some))
            .order_by(Person.normal_email)
            .with_for_update(read=True, key_share=True)
        )
        found.update((address, key) for address, key in db.session.execute(query))
    return found


def give_roles(partnership_id: uuid.UUID, given: Iterable[GivenRole], by_id: uuid.UUID) -> None:
    """Let these people have these roles from now on; who has one already keeps it as it is."""
    moment = now()
    rows = [
        {
            "person_id": each.person_id,
            "partnership_id": partnership_id,
            "school_id": each.school_id,
            "role": each.role,
            "given_at": moment,
            "given_by_id": by_id,
        }
        for each in sorted(given, key=lambda each: (each.person_id, each.role, str(each.school_id)))
    ]
    if rows:
        db.session.execute(insert_into(db.session(), Membership).on_conflict_do_nothing(), rows)


def mailboxes_of(person_ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, Mailbox]:
    """Where these people get their mails."""
    found: dict[uuid.UUID, Mailbox] = {}
    for some in _parts(list(person_ids)):
        query = sa.select(Person.id, Person.email, Person.language).where(Person.id.in_(some))
        found |= {key: Mailbox(*rest) for key, *rest in db.session.execute(query)}
    return found


def _parts(items: Sequence[Item]) -> Iterable[Sequence[Item]]:
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))
