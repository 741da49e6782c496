"""What we hold about a person here."""

import uuid
from typing import Any

import sqlalchemy as sa

from zetwpo.clock import iso
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.cycle.reflection.models import Reflection, ReflectionAnswer
from zetwpo.cycle.trajectories.models import Trajectory
from zetwpo.extensions import db


def export(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """The reflections of this person."""
    rows = db.session.execute(
        sa.select(Reflection, Meeting.number, Trajectory.title)
        .join(Meeting, Meeting.id == Reflection.meeting_id)
        .join(Trajectory, Trajectory.id == Meeting.trajectory_id)
        .where(Reflection.owner_id == person_id)
        .order_by(Reflection.begun_at)
    ).all()
    answers = _answers([reflection.id for reflection, _number, _title in rows])
    return [
        {
            "trajectory": title,
            "meeting": number,
            "begun_at": iso(reflection.begun_at),
            "answers": answers.get(reflection.id, []),
            "sentence": reflection.sentence,
            "brought_at": iso(reflection.brought_at),
        }
        for reflection, number, title in rows
    ]


def _answers(reflection_ids: list[uuid.UUID]) -> dict[uuid.UUID, list[dict[str, Any]]]:
    rows = db.session.scalars(
        sa.select(ReflectionAnswer)
        .where(ReflectionAnswer.reflection_id.in_(reflection_ids))
        .order_by(ReflectionAnswer.written_at, ReflectionAnswer.question)
    )
    found: dict[uuid.UUID, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row.reflection_id, []).append(
            {
                "question": row.question,
                "text": row.text,
                "audience": row.audience,
                "written_at": iso(row.written_at),
            }
        )
    return found


def erase(person_id: uuid.UUID) -> None:
    """Delete the reflections of this person."""
    db.session.execute(sa.delete(Reflection).where(Reflection.owner_id == person_id))
