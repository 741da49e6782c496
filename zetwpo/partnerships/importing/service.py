"""What an administrator does with a list: bring it, correct it, invite its people."""

import uuid
from collections.abc import Collection, Sequence
from datetime import timedelta

import sqlalchemy as sa

from zetwpo import audit
from zetwpo.accounts.actors import Role
from zetwpo.accounts.admission import Grant, Newcomer, hold_people
from zetwpo.accounts.models import SchoolKind
from zetwpo.accounts.queries import get_person
from zetwpo.accounts.service import hold
from zetwpo.clock import now
from zetwpo.database.statements import change_row
from zetwpo.extensions import db
from zetwpo.partnerships.importing.keeping import (
    Choices,
    choices_to_keep,
    first_choices,
    lines_to_keep,
    outcome_to_keep,
)
from zetwpo.partnerships.importing.models import PeopleList
from zetwpo.partnerships.importing.queries import ListCard, known_in
from zetwpo.partnerships.importing.rules import (
    Invited,
    Known,
    Outcome,
    RowPlan,
    count_outcomes,
    invited,
    new_schools,
)
from zetwpo.partnerships.importing.tables import Table
from zetwpo.partnerships.people.service import NoSuchSchool, invite_all
from zetwpo.partnerships.schools import service as schools
from zetwpo.partnerships.schools.service import NameTaken

# It holds names and addresses of people who know of nothing yet.
KEPT = timedelta(days=1)


class NotAsShown(Exception):
    """Other rows cannot be read than those that were shown, and agreed to be left out.

    Or a school closed, or came to be there, at this very moment.
    """


def bring(partnership_id: uuid.UUID, table: Table, actor_id: uuid.UUID) -> uuid.UUID:
    """Keep a list for a day, for the one who brought it; returns its key.

    Raises NotFound where the account is deleted at this moment.
    """
    hold(actor_id)
    get_person(actor_id)
    brought = PeopleList(
        id=uuid.uuid4(),
        partnership_id=partnership_id,
        brought_by_id=actor_id,
        brought_at=now(),
        lines=lines_to_keep(table),
        choices=choices_to_keep(first_choices(table)),
    )
    db.session.add(brought)
    db.session.flush()
    return brought.id


def correct(found: ListCard, choices: Choices) -> None:
    """Read the list in another way from now on; once its people are invited it stays as it is."""
    db.session.execute(
        sa.update(PeopleList)
        .where(PeopleList.id == found.id, PeopleList.done_at.is_(None))
        .values(choices=choices_to_keep(choices))
    )


def throw_away(found: ListCard) -> None:
    """Forget the list at once, and what happened with it."""
    db.session.execute(sa.delete(PeopleList).where(PeopleList.id == found.id))


def import_people(found: ListCard, left_out: Collection[int]) -> None:
    """Invite everybody on the list, all of them or nobody; a second click changes nothing.

    `left_out` are the numbers of the rows of which somebody saw that they cannot be read, and said
    that they may be left out. Raises NotAsShown where those are others by now, and TooMany where
    there is no room for all of its schools.
    """
    # Of two clicks, and of two lists for one partnership, the second waits for the first.
    hold_people(found.partnership_id)
    if not _claim(found.id):
        return
    known = known_in(found.partnership_id)
    plans = found.plans(known)
    unreadable = {each.row.number for each in plans if each.outcome is Outcome.UNREADABLE}
    if unreadable != set(left_out):
        raise NotAsShown
    try:
        _invite(found, invited(plans), _add_schools(found, known))
    except (NameTaken, NoSuchSchool):
        raise NotAsShown from None
    _finish(found, plans)


def clear_expired() -> None:
    """Delete lists that were brought more than a day ago, used or not."""
    db.session.execute(sa.delete(PeopleList).where(PeopleList.brought_at < now() - KEPT))


def _claim(list_id: uuid.UUID) -> bool:
    # The condition decides between two clicks: one of them finds no row.
    claimed = (
        sa.update(PeopleList)
        .where(PeopleList.id == list_id, PeopleList.done_at.is_(None))
        .values(done_at=now())
        .returning(PeopleList.id)
    )
    return db.session.execute(claimed).one_or_none() is not None


def _add_schools(found: ListCard, known: Known) -> dict[str, uuid.UUID]:
    """The keys of all schools by their names, as those are compared; new ones are made."""
    if found.choices.adds_schools:
        for name in new_schools(found.rows, known):
            schools.add(found.partnership_id, name, SchoolKind.SCHOOL, found.brought_by_id)
        known = known_in(found.partnership_id)
    return {name: school.id for name, school in known.schools.items()}


def _invite(found: ListCard, people: Sequence[Invited], places: dict[str, uuid.UUID]) -> None:
    newcomers = [
        Newcomer(
            each.name,
            each.email,
            frozenset(
                Grant(Role(grant.role), places[grant.school] if grant.school else None)
                for grant in each.grants
            ),
        )
        for each in people
    ]
    invite_all(found.partnership_id, newcomers, found.brought_by_id)


def _finish(found: ListCard, plans: list[RowPlan]) -> None:
    change_row(db.session(), PeopleList, found.id, {"lines": [], "outcome": outcome_to_keep(plans)})
    if any(count_outcomes(plans)[each] for each in (Outcome.NEW, Outcome.GETS_ROLE)):
        audit.record("people imported", actor_id=found.brought_by_id, object_id=found.id)
