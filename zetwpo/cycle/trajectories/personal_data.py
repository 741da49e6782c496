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


def hold(person_id: uuid.UUID) -> None:
    """Keep everybody else off the trajectories that this person is or was in until the commit."""
    is_in = (
        sa.exists().where(_is_in(table), table.person_id == person_id)
        for table in (Participation, Facilitation)
    )
    theirs = sa.select(Trajectory.id).where(sa.or_(*is_in)).order_by(Trajectory.id)
    # Not against who adds a row to one of them, which holds its author first.
    db.session.execute(theirs.with_for_update(key_share=True))


def only_in(person_id: uuid.UUID) -> list[uuid.UUID]:
    """The keys of the trajectories in which nobody is or was but this person."""
    theirs, others = [], []
    for table in (Participation, Facilitation):
        theirs.append(sa.exists().where(_is_in(table), table.person_id == person_id))
        others.append(sa.exists().where(_is_in(table), table.person_id != person_id))
    query = sa.select(Trajectory.id).where(sa.or_(*theirs), sa.not_(sa.or_(*others)))
    return list(db.session.scalars(query.order_by(Trajectory.id).with_for_update()))


def _is_in(table: type[Participation | Facilitation]) -> sa.ColumnElement[bool]:
    return table.trajectory_id == Trajectory.id


def erase(person_id: uuid.UUID) -> None:
    """Take this person out of every trajectory; each of them goes on without.

    One in which nobody else is or was goes with them: nobody is left to read it.
    """
    gone = only_in(person_id)
    for table in (Participation, Facilitation):
        db.session.execute(sa.delete(table).where(table.person_id == person_id))
    db.session.execute(sa.delete(Trajectory).where(Trajectory.id.in_(gone)))
