"""What we hold about a person here."""

import uuid
from typing import Any

import sqlalchemy as sa

from zetwpo.clock import iso
from zetwpo.cycle.agreements.models import HomeworkBringer, MeetingAgreements
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.cycle.trajectories.queries import titles_of
from zetwpo.extensions import db, read


def export(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """After which meetings this person was to bring in the homework, the earliest first."""
    rows = read(
        sa.select(
            Meeting.trajectory_id, Meeting.number, Meeting.starts_at, MeetingAgreements.homework
        )
        .join(HomeworkBringer, HomeworkBringer.meeting_id == Meeting.id)
        .outerjoin(MeetingAgreements, MeetingAgreements.meeting_id == Meeting.id)
        .where(HomeworkBringer.person_id == person_id)
        .order_by(Meeting.starts_at, Meeting.id)
    ).all()
    titles = titles_of({row.trajectory_id for row in rows})
    return [
        {
            "trajectory": titles[row.trajectory_id],
            "number": row.number,
            "starts_at": iso(row.starts_at),
            "homework": row.homework or "",
        }
        for row in rows
    ]


def erase(person_id: uuid.UUID) -> None:
    """Forget that this person was to bring in homework; what a group noted stays with the group."""
    db.session.execute(sa.delete(HomeworkBringer).where(HomeworkBringer.person_id == person_id))
