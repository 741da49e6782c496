"""Reading learning questions."""

import uuid

import sqlalchemy as sa

from zetwpo.cycle.models import LearningQuestion, LearningQuestionDraft, LearningQuestionVersion
from zetwpo.cycle.rules import Draft, Version
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


def get_draft(scan_id: uuid.UUID) -> Draft:
    """What its owner finds in the fields: what they were writing, or else the newest version."""
    draft = LearningQuestionDraft
    found = db.session.execute(
        sa.select(draft.axis, draft.text)
        .join(LearningQuestion, LearningQuestion.id == draft.question_id)
        .where(LearningQuestion.scan_id == scan_id)
    ).one_or_none()
    if found:
        return Draft(found.axis, found.text)
    versions = versions_for(scan_id)
    return Draft(versions[0].axis, versions[0].text) if versions else Draft()
