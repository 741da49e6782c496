"""The key that a form brings along makes something of its own here, and touches nothing elsewhere.

Whoever knows the key of something of another group (an address tells it, and so does a calendar)
sends it in a form that makes such a thing in their own.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.application import Stored
from tests.factories import PARTNERSHIP, Maker, Someone, Trajectory
from tests.pages.client import Browser, Fields
from tests.people import Browse
from zetwpo import clock
from zetwpo.accounts.actors import Role
from zetwpo.cycle.agenda.models import AgendaBlock
from zetwpo.cycle.agenda.rules import key_of
from zetwpo.cycle.common_question.models import CommonQuestion, QuestionSubgroup, SubgroupMember
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.cycle.trajectories.models import Trajectory as TrajectoryRow
from zetwpo.database.tables import Base


@dataclass(frozen=True)
class Two:
    """The group of somebody else, and one's own, in one partnership."""

    theirs: Trajectory
    own: Trajectory
    fleur: Browser
    members: tuple[str, ...]


@pytest.fixture
def two(make: Maker, browse: Browse, owner: Someone, stranger: Someone) -> Two:
    fem, fleur = (make.person(name, Role.FACILITATOR) for name in ("Fem", "Fleur"))
    theirs, own = (make.trajectory(each, owner, stranger) for each in (fem, fleur))
    make.block(theirs, 1, "Their block", fem)
    make.common_question(theirs, fem, "Their question?")
    make.subgroup(theirs, fem, "pedagogical", owner, stranger)
    members = tuple(str(each.id) for each in (owner, stranger))
    return Two(theirs, own, browse(fleur), members)


@dataclass(frozen=True)
class Forgery:
    """Where something is made, with what, and which key of theirs goes along."""

    table: type[Base]
    path: Callable[[Two, uuid.UUID], str]
    fields: Callable[[Two], Fields]
    key: Callable[[Two, Stored], uuid.UUID]


def _day(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def _key_of(table: type[Base]) -> Callable[[Two, Stored], uuid.UUID]:
    def find(two: Two, stored: Stored) -> uuid.UUID:
        columns = sa.inspect(table).c
        where = columns.trajectory_id == two.theirs.id
        return stored.values(sa.select(columns.id).where(where))[0]

    return find


FORGERIES = {
    "block": Forgery(
        AgendaBlock,
        lambda two, _place: f"{two.own.meeting(1)}/agenda/add",
        lambda _two: {"kind": "own", "title": "Mine", "minutes": "15", "before": ""},
        lambda two, _stored: key_of(two.theirs.meetings[0], 1),
    ),
    "meeting": Forgery(
        Meeting,
        lambda two, _place: f"{two.own.path}/dates",
        lambda _two: {"day": _day(400), "begins": "15:00", "minutes": "60", "place": ""},
        lambda two, _stored: two.theirs.meetings[0],
    ),
    "question": Forgery(
        CommonQuestion,
        lambda two, _place: f"{two.own.path}/questions/decide",
        lambda _two: {"text": "Mine?", "area": "none", "proposal": "", "seen": ""},
        _key_of(CommonQuestion),
    ),
    "subgroup": Forgery(
        QuestionSubgroup,
        lambda two, _place: f"{two.own.path}/subgroups",
        lambda two: {"area": "pedagogical", "members": list(two.members), "seen": ""},
        _key_of(QuestionSubgroup),
    ),
    "trajectory": Forgery(
        TrajectoryRow,
        lambda _two, place: f"/partnerships/{place}/trajectories/new",
        lambda _two: {
            "title": "Mine",
            "first_day": _day(40),
            "begins": "15:00",
            "count": "6",
            "minutes": "180",
            "rhythm_weeks": "4",
            "is_obligatory": "no",
        },
        lambda two, _stored: two.theirs.id,
    ),
}
TABLES = (AgendaBlock, Meeting, CommonQuestion, QuestionSubgroup, SubgroupMember, TrajectoryRow)


def _rows(stored: Stored) -> set[object]:
    return {
        (table.__tablename__, *row)
        for table in TABLES
        for row in stored.rows(sa.select(sa.inspect(table).local_table))
    }


@pytest.mark.parametrize("what", FORGERIES)
def test_the_key_of_something_of_another_group_makes_something_here_and_nothing_there(
    make: Maker, two: Two, stored: Stored, what: str
) -> None:
    forgery = FORGERIES[what]
    before, count = _rows(stored), stored.count(forgery.table)
    key = {"form_key": str(forgery.key(two, stored))}
    path = forgery.path(two, make.partnership(PARTNERSHIP))
    answer = two.fleur.post(path, forgery.fields(two) | key)
    assert answer.status == 303
    assert answer.follow().status == 200
    # All that there was is as it was, and there is one more at least (a whole agenda, meetings).
    assert before <= _rows(stored)
    made = stored.count(forgery.table)
    assert made > count
    # Sent twice, it makes that once.
    assert two.fleur.post(path, forgery.fields(two) | key).status == 303
    assert stored.count(forgery.table) == made
