"""What we hold about a person here."""

import uuid
from typing import Any

import sqlalchemy as sa

from zetwpo.cycle.models import LearningQuestion, LearningQuestionDraft, LearningQuestionVersion
from zetwpo.extensions import db


def export(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """All versions of all learning questions of this person."""
    rows = db.session.scalars(
        sa.select(LearningQuestionVersion)
        .join(LearningQuestion, LearningQuestion.id == LearningQuestionVersion.question_id)
        .where(LearningQuestion.owner_id == person_id)
        .order_by(LearningQuestionVersion.written_at)
    )
    return [
        {
            "number": row.number,
            "axis": row.axis,
            "text": row.text,
            "written_at": row.written_at.isoformat(),
        }
        for row in rows
    ]


def export_drafts(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """The learning questions that this person is writing and has not saved."""
    rows = db.session.scalars(
        sa.select(LearningQuestionDraft)
        .join(LearningQuestion, LearningQuestion.id == LearningQuestionDraft.question_id)
        .where(LearningQuestion.owner_id == person_id)
        .order_by(LearningQuestionDraft.written_at)
    )
    return [
        {"axis": row.axis, "text": row.text, "written_at": row.written_at.isoformat()}
        for row in rows
    ]


def erase(person_id: uuid.UUID) -> None:
    """Delete the learning questions of this person, with their versions and drafts."""
    db.session.execute(sa.delete(LearningQuestion).where(LearningQuestion.owner_id == person_id))
