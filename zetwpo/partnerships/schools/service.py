"""What an administrator does with schools and institutes."""

import uuid

from zetwpo import audit
from zetwpo.accounts.models import School, SchoolKind
from zetwpo.accounts.rules import as_compared
from zetwpo.clock import now
from zetwpo.database.statements import change_row, insert_once, one_at_a_time
from zetwpo.edits import Sent, merged
from zetwpo.extensions import db
from zetwpo.partnerships.schools.queries import SchoolCard, schools_of
from zetwpo.partnerships.schools.rules import MOST_SCHOOLS


class NameTaken(Exception):
    """Another school of the partnership has a name that reads the same."""

    def __init__(self, other: SchoolCard) -> None:
        super().__init__()
        self.other = other


class TooMany(Exception):
    """There are as many schools as one page shows."""


def add(partnership_id: uuid.UUID, name: str, kind: str, actor_id: uuid.UUID) -> None:
    """Add a school or an institute. Raises NameTaken and TooMany."""
    _hold(partnership_id)
    there_are = schools_of(partnership_id)
    _refuse_taken(name, there_are)
    if len(there_are) >= MOST_SCHOOLS:
        raise TooMany
    school_id = uuid.uuid4()
    values = {
        "id": school_id,
        "partnership_id": partnership_id,
        "name": name,
        "kind": SchoolKind(kind),
    }
    insert_once(db.session(), School, values)
    audit.record("school added", actor_id=actor_id, object_id=school_id)


def change(school: SchoolCard, sent: Sent, actor_id: uuid.UUID) -> None:
    """Give it another name or kind; `school` was read to write. Raises NameTaken and Overtaken."""
    fields = merged(sent, school.fields)
    if fields == school.fields:
        return
    _hold(school.partnership_id)
    name = fields["name"]
    _refuse_taken(
        name, [each for each in schools_of(school.partnership_id) if each.id != school.id]
    )
    _update(school, name=name, normal_name=as_compared(name), kind=SchoolKind(fields["kind"]))
    audit.record("school changed", actor_id=actor_id, object_id=school.id)


def close(school: SchoolCard, actor_id: uuid.UUID) -> None:
    """From now on nobody gets a role there; who has one keeps it, and what is theirs too."""
    if not school.is_closed:
        _update(school, closed_at=now())
        audit.record("school closed", actor_id=actor_id, object_id=school.id)


def reopen(school: SchoolCard, actor_id: uuid.UUID) -> None:
    """Let people get a role there again."""
    if school.is_closed:
        _update(school, closed_at=None)
        audit.record("school reopened", actor_id=actor_id, object_id=school.id)


def _refuse_taken(name: str, others: list[SchoolCard]) -> None:
    for other in others:
        if as_compared(other.name) == as_compared(name):
            raise NameTaken(other)


def _hold(partnership_id: uuid.UUID) -> None:
    """Let others who name a school of this partnership wait until the commit."""
    one_at_a_time(db.session.connection(), f"schools {partnership_id}")


def _update(school: SchoolCard, **values: object) -> None:
    change_row(db.session(), School, school.id, values)
