"""What we hold about a person here."""

import uuid
from typing import Any

import sqlalchemy as sa

from zetwpo.clock import iso
from zetwpo.cycle.common_question.models import (
    BroughtQuestion,
    QuestionProposal,
    QuestionRound,
    QuestionSubgroup,
    SubgroupMember,
)
from zetwpo.cycle.trajectories.models import Trajectory
from zetwpo.extensions import db
from zetwpo.library.queries import areas_in, current_for


def export(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """The questions that this person brought in, in their own words, the earliest first."""
    rows = db.session.execute(
        sa.select(BroughtQuestion, Trajectory.title, Trajectory.partnership_id)
        .join(QuestionRound, QuestionRound.id == BroughtQuestion.round_id)
        .join(Trajectory, Trajectory.id == QuestionRound.trajectory_id)
        .where(BroughtQuestion.author_id == person_id)
        .order_by(BroughtQuestion.brought_at)
    )
    return [
        {
            "trajectory": title,
            "text": brought.text,
            "axis": brought.axis,
            "title": _axes(partnership_id).get(brought.axis, ""),
            "brought_at": iso(brought.brought_at),
        }
        for brought, title, partnership_id in rows
    ]


def export_subgroups(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """The subgroups that this person is in."""
    rows = db.session.execute(
        sa.select(
            Trajectory.title,
            Trajectory.partnership_id,
            QuestionSubgroup.number,
            QuestionSubgroup.area,
        )
        .join(SubgroupMember, SubgroupMember.subgroup_id == QuestionSubgroup.id)
        .join(Trajectory, Trajectory.id == QuestionSubgroup.trajectory_id)
        .where(SubgroupMember.person_id == person_id)
        .order_by(Trajectory.started_at)
    )
    return [
        {
            "trajectory": title,
            "number": number,
            "area": area,
            "title": areas_in(partnership_id).get(area, area),
        }
        for title, partnership_id, number, area in rows
    ]


def _axes(partnership_id: uuid.UUID) -> dict[str, str]:
    return {each.key: str(each.title) for each in current_for(partnership_id).axes}


def erase(person_id: uuid.UUID) -> None:
    """Delete what this person brought in; the common questions of their groups stay."""
    brought, proposal = BroughtQuestion, QuestionProposal
    held = list(
        db.session.scalars(sa.select(brought.proposal_id).where(brought.author_id == person_id))
    )
    db.session.execute(sa.delete(brought).where(brought.author_id == person_id))
    filled = sa.select(brought.id).where(brought.proposal_id == proposal.id)
    db.session.execute(sa.delete(proposal).where(proposal.id.in_(held), ~filled.exists()))
    db.session.execute(sa.delete(SubgroupMember).where(SubgroupMember.person_id == person_id))
