"""What we hold about a person here."""

import uuid
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from zetwpo.cycle.models import LearningQuestion, LearningQuestionDraft, LearningQuestionVersion
from zetwpo.extensions import db

Written = type[LearningQuestionVersion] | type[LearningQuestionDraft]


def export(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """All versions of all learning questions of this person, and what they are writing."""
    return [
        {
            "axis": row.axis,
            "text": row.text,
            "written_at": row.written_at.isoformat(),
            "is_draft": isinstance(row, LearningQuestionDraft),
        }
        for table in (LearningQuestionVersion, LearningQuestionDraft)
        for row in _rows(table, person_id)
    ]


def _rows(table: Written, person_id: uuid.UUID) -> Iterable[Any]:
    return db.session.scalars(
        sa.select(table)
        .join(LearningQuestion, LearningQuestion.id == table.question_id)
        .where(LearningQuestion.owner_id == person_id)
        .order_by(table.written_at)
    )


def erase(person_id: uuid.UUID) -> None:
    """Delete the learning questions of this person, with their versions and drafts."""
    db.session.execute(sa.delete(LearningQuestion).where(LearningQuestion.owner_id == person_id))
