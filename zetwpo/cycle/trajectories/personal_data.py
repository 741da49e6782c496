"""What we hold about a person here."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from zetwpo.clock import iso
from zetwpo.cycle.trajectories.models import Facilitation, Participation, Trajectory
from zetwpo.extensions import db


def export(person_id: uuid.UUID) -> dict[str, list[dict[str, Any]]]:
    """In which trajectories this person took part, and which they led, the earliest first."""
    took_part = sa.select(Trajectory.title, Participation.since, Participation.left_at)
    led = sa.select(Trajectory.title, Facilitation.since, Facilitation.ended_at)
    return {
        "took_part": _export(
            took_part.join(Participation, Participation.trajectory_id == Trajectory.id)
            .where(Participation.person_id == person_id)
            .order_by(Participation.since)
        ),
        "led": _export(
            led.join(Facilitation, Facilitation.trajectory_id == Trajectory.id)
            .where(Facilitation.person_id == person_id)
            .order_by(Facilitation.since)
        ),
    }


def _export(query: sa.Select[str, datetime, datetime | None]) -> list[dict[str, Any]]:
    return [
        {"title": title, "since": iso(since), "until": iso(until)}
        for title, since, until in db.session.execute(query)
    ]


def erase(person_id: uuid.UUID) -> None:
    """Take this person out of every trajectory; each of them goes on without."""
    for table in (Participation, Facilitation):
        db.session.execute(sa.delete(table).where(table.person_id == person_id))
