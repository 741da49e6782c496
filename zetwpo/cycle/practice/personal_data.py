"""What we hold about a person here."""

import uuid
from typing import Any

import sqlalchemy as sa

from zetwpo.cycle.meetings.models import Meeting
from zetwpo.cycle.practice.models import PracticeNote
from zetwpo.cycle.trajectories.models import Trajectory
from zetwpo.extensions import db


def export(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """The practice notes of this person."""
    rows = db.session.execute(
        sa.select(PracticeNote, Meeting.number, Trajectory.title)
        .join(Meeting, Meeting.id == PracticeNote.meeting_id)
        .join(Trajectory, Trajectory.id == Meeting.trajectory_id)
        .where(PracticeNote.owner_id == person_id)
        .order_by(PracticeNote.day, PracticeNote.written_at)
    )
    return [
        {
            "trajectory": title,
            "meeting": number,
            "day": note.day.isoformat(),
            "text": note.text,
            "audience": note.audience,
            "written_at": note.written_at.isoformat(),
        }
        for note, number, title in rows
    ]


def erase(person_id: uuid.UUID) -> None:
    """Delete the practice notes of this person."""
    db.session.execute(sa.delete(PracticeNote).where(PracticeNote.owner_id == person_id))
