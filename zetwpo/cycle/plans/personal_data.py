"""What we hold about a person here."""

import uuid
from typing import Any

import sqlalchemy as sa

from zetwpo.clock import iso
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.cycle.plans.models import Plan, PlanQuestion
from zetwpo.cycle.trajectories.models import Trajectory
from zetwpo.extensions import db


def export(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """The plans of this person, each with what others asked about it."""
    rows = db.session.execute(
        sa.select(Plan, Meeting.number, Trajectory.title)
        .join(Meeting, Meeting.id == Plan.meeting_id)
        .join(Trajectory, Trajectory.id == Meeting.trajectory_id)
        .where(Plan.owner_id == person_id)
        .order_by(Plan.written_at)
    ).all()
    asked = _asked_about([plan.id for plan, _number, _title in rows])
    return [
        {
            "trajectory": title,
            "meeting": number,
            "what": plan.what,
            "at": plan.at,
            "sign": plan.sign,
            "minutes": plan.minutes,
            "status": plan.status,
            "opened_at": iso(plan.opened_at),
            "written_at": iso(plan.written_at),
            "questions": asked.get(plan.id, []),
        }
        for plan, number, title in rows
    ]


def _asked_about(plan_ids: list[uuid.UUID]) -> dict[uuid.UUID, list[dict[str, Any]]]:
    """Not who asked: that stands on the page, and is about somebody else."""
    rows = db.session.scalars(
        sa.select(PlanQuestion)
        .where(PlanQuestion.plan_id.in_(plan_ids))
        .order_by(PlanQuestion.asked_at)
    )
    found: dict[uuid.UUID, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row.plan_id, []).append(
            {
                "text": row.text,
                "asked_at": iso(row.asked_at),
                "answer": row.answer,
                "answered_at": iso(row.answered_at),
            }
        )
    return found


def export_asked(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """What this person asked about plans of others; what those said to it is theirs."""
    rows = db.session.execute(
        sa.select(PlanQuestion.text, PlanQuestion.asked_at, Trajectory.title)
        .join(Plan, Plan.id == PlanQuestion.plan_id)
        .join(Meeting, Meeting.id == Plan.meeting_id)
        .join(Trajectory, Trajectory.id == Meeting.trajectory_id)
        .where(PlanQuestion.author_id == person_id)
        .order_by(PlanQuestion.asked_at)
    )
    return [
        {"trajectory": title, "text": text, "asked_at": iso(asked_at)}
        for text, asked_at, title in rows
    ]


def erase(person_id: uuid.UUID) -> None:
    """Delete the plans of this person, with the questions about them.

    What they asked about plans of others stays with those, without a name.
    """
    db.session.execute(sa.delete(Plan).where(Plan.owner_id == person_id))
