"""What we hold about a person here."""

import uuid
from typing import Any

import sqlalchemy as sa

from zetwpo.clock import iso
from zetwpo.cycle.attendance.models import Attendance
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.cycle.trajectories.queries import titles_of
from zetwpo.extensions import db, read


def export(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """At which meetings somebody noted whether this person was there, the earliest first."""
    rows = read(
        sa.select(Meeting.trajectory_id, Meeting.number, Meeting.starts_at, Attendance.presence)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .where(Attendance.person_id == person_id)
        .order_by(Meeting.starts_at, Meeting.id)
    ).all()
    titles = titles_of({row.trajectory_id for row in rows})
    return [
        {
            "trajectory": titles[row.trajectory_id],
            "number": row.number,
            "starts_at": iso(row.starts_at),
            "presence": row.presence,
        }
        for row in rows
    ]


def erase(person_id: uuid.UUID) -> None:
    """Forget at which meetings this person was."""
    db.session.execute(sa.delete(Attendance).where(Attendance.person_id == person_id))
