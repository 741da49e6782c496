"""Reading learning questions."""

import uuid

import sqlalchemy as sa

from zetwpo.cycle.models import LearningQuestion, LearningQuestionVersion
from zetwpo.cycle.rules import Version
from zetwpo.extensions import db


def versions_for(scan_id: uuid.UUID) -> list[Version]:
    """All versions of the learning question after this scan, the newest first."""
    rows = db.session.scalars(
        sa.select(LearningQuestionVersion)
        .join(LearningQuestion, LearningQuestion.id == LearningQuestionVersion.question_id)
        .where(LearningQuestion.scan_id == scan_id)
        .order_by(LearningQuestionVersion.number.desc())
    )
    return [Version(row.number, row.axis, row.text, row.written_at) for row in rows]
