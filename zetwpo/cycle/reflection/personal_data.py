"""What we hold about a person here."""

import uuid
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from zetwpo.clock import iso
from zetwpo.cycle.audience.queries import Surroundings, around_all
from zetwpo.cycle.audience.rules import Audience
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.cycle.reflection.models import Reflection, ReflectionAnswer
from zetwpo.cycle.trajectories.models import Trajectory
from zetwpo.extensions import db


def export(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """The reflections of this person."""
    rows = db.session.execute(
        sa.select(Reflection, Meeting.number, Trajectory.title, Trajectory.id)
        .join(Meeting, Meeting.id == Reflection.meeting_id)
        .join(Trajectory, Trajectory.id == Meeting.trajectory_id)
        .where(Reflection.owner_id == person_id)
        .order_by(Reflection.begun_at)
    ).all()
    around = around_all({key for *_rest, key in rows})
    answers = _answers(person_id, {reflection.id: around[key] for reflection, *_, key in rows})
    return [
        {
            "trajectory": title,
            "meeting": number,
            "begun_at": iso(reflection.begun_at),
            "answers": answers.get(reflection.id, []),
            "sentence": reflection.sentence,
            "brought_at": iso(reflection.brought_at),
        }
        for reflection, number, title, _key in rows
    ]


def _answers(
    person_id: uuid.UUID, around: Mapping[uuid.UUID, Surroundings]
) -> dict[uuid.UUID, list[dict[str, Any]]]:
    rows = db.session.scalars(
        sa.select(ReflectionAnswer)
        .where(ReflectionAnswer.reflection_id.in_(list(around)))
        .order_by(ReflectionAnswer.written_at, ReflectionAnswer.question)
    )
    found: dict[uuid.UUID, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row.reflection_id, []).append(
            {
                "question": row.question,
                "text": row.text,
                # As it holds now: not what they chose before they left.
                "audience": around[row.reflection_id].held(
                    person_id, Audience(row.audience), row.chosen_at
                ),
                "chosen_at": iso(row.chosen_at),
                "written_at": iso(row.written_at),
            }
        )
    return found


def erase(person_id: uuid.UUID) -> None:
    """Delete the reflections of this person."""
    db.session.execute(sa.delete(Reflection).where(Reflection.owner_id == person_id))
