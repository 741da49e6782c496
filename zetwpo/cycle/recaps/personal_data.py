"""What we hold about a person here: the recaps and corrections that they sent.

What is in them is the group's. The account goes, and they stay without a name.
"""

import uuid
from typing import Any

import sqlalchemy as sa

from zetwpo.clock import iso
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.cycle.recaps.models import Recap, RecapCorrection
from zetwpo.cycle.trajectories.queries import titles_of
from zetwpo.extensions import read


def export(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """Which recaps this person sent, the earliest first, with their word to begin with."""
    return _written(_SENT, person_id, "opening")


def export_corrections(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """Which corrections of recaps this person sent, the earliest first."""
    return _written(_CORRECTED, person_id, "text")


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
