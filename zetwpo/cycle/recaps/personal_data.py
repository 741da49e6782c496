"""What we hold about a person here: the recaps and corrections that they sent.

What is in them is the group's. The account goes, and they stay without a name: also without that of
who was to bring in the homework, where we put it there ourselves.
"""

import uuid
from typing import Any

import sqlalchemy as sa

from zetwpo.accounts.colleagues import get_colleagues
from zetwpo.clock import iso
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.cycle.recaps import bringers
from zetwpo.cycle.recaps.models import Recap, RecapCorrection
from zetwpo.cycle.trajectories.models import Participation
from zetwpo.cycle.trajectories.queries import find_trajectory, titles_of
from zetwpo.extensions import db, read


def export(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """Which recaps this person sent, the earliest first, with their word to begin with."""
    return _written(_SENT, person_id, "opening")


def export_corrections(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """Which corrections of recaps this person sent, the earliest first."""
    return _written(_CORRECTED, person_id, "text")


def erase(person_id: uuid.UUID) -> None:
    """Take this person out of what recaps say of who brings in homework.

    Of groups that they are in, or were in.
    """
    rows = db.session.execute(_OF_GROUPS, {"person_id": person_id}).all()
    names = {key: _names(person_id, key) for key in {row.trajectory_id for row in rows}}
    for row in rows:
        homework = bringers.without(row.homework, names[row.trajectory_id])
        if homework != row.homework:
            of_meeting = Recap.meeting_id == row.meeting_id
            db.session.execute(sa.update(Recap).where(of_meeting).values(homework=homework))


def _names(person_id: uuid.UUID, trajectory_id: uuid.UUID) -> set[str]:
    """What this person is called in this group, beside the others there and without them."""
    trajectory = find_trajectory(trajectory_id)
    if trajectory is None:
        return set()
    beside_others = {each.name for each in trajectory.participants if each.id == person_id}
    found = get_colleagues([person_id], known_in=trajectory.partnership_id).get(person_id)
    return beside_others | ({found.name} if found else set())


def _written(
    query: sa.Select[*tuple[Any, ...]], person_id: uuid.UUID, name: str
) -> list[dict[str, Any]]:
    rows = read(query, person_id=person_id).all()
    titles = titles_of({row.trajectory_id for row in rows})
    return [
        {
            "trajectory": titles[row.trajectory_id],
            "number": row.number,
            "sent_at": iso(row.sent_at),
            name: getattr(row, name),
        }
        for row in rows
    ]


_OF_GROUPS = (
    sa.select(Recap.meeting_id, Recap.homework, Meeting.trajectory_id)
    .join(Meeting, Meeting.id == Recap.meeting_id)
    .where(
        Recap.homework.is_not(None),
        Meeting.trajectory_id.in_(
            sa.select(Participation.trajectory_id).where(
                Participation.person_id == sa.bindparam("person_id")
            )
        ),
    )
    .order_by(Recap.meeting_id)
    .with_for_update(of=Recap)
)
_SENT = (
    sa.select(Meeting.trajectory_id, Meeting.number, Recap.sent_at, Recap.opening)
    .join(Recap, Recap.meeting_id == Meeting.id)
    .where(Recap.sent_by_id == sa.bindparam("person_id"))
    .order_by(Recap.sent_at, Recap.meeting_id)
)
_CORRECTED = (
    sa.select(Meeting.trajectory_id, Meeting.number, RecapCorrection.sent_at, RecapCorrection.text)
    .join(RecapCorrection, RecapCorrection.meeting_id == Meeting.id)
    .where(RecapCorrection.sent_by_id == sa.bindparam("person_id"))
    .order_by(RecapCorrection.sent_at, RecapCorrection.id)
)
