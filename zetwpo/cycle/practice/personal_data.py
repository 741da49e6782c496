"""What we hold about a person here."""

import uuid
from typing import Any

import sqlalchemy as sa

from zetwpo.clock import iso
from zetwpo.cycle.audience.queries import around_all
from zetwpo.cycle.audience.rules import Audience
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.cycle.practice.models import PracticeNote
from zetwpo.cycle.trajectories.models import Trajectory
from zetwpo.extensions import db


def export(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """The practice notes of this person."""
    rows = db.session.execute(
        sa.select(PracticeNote, Meeting.number, Trajectory.title, Trajectory.id)
        .join(Meeting, Meeting.id == PracticeNote.meeting_id)
        .join(Trajectory, Trajectory.id == Meeting.trajectory_id)
        .where(PracticeNote.owner_id == person_id)
        .order_by(PracticeNote.day, PracticeNote.written_at)
    ).all()
    around = around_all({trajectory_id for *_rest, trajectory_id in rows})
    return [
        {
            "trajectory": title,
            "meeting": number,
            "day": note.day.isoformat(),
            "text": note.text,
            # As it holds now: not what they chose before they left.
            "audience": around[key].held(person_id, Audience(note.audience), note.chosen_at),
            "chosen_at": iso(note.chosen_at),
            "written_at": note.written_at.isoformat(),
        }
        for note, number, title, key in rows
    ]


def erase(person_id: uuid.UUID) -> None:
    """Delete the practice notes of this person."""
    db.session.execute(sa.delete(PracticeNote).where(PracticeNote.owner_id == person_id))
