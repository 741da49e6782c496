"""Reading learning questions."""

import uuid
from collections import defaultdict

import sqlalchemy as sa

from zetwpo.cycle.models import (
    LearningQuestion,
    LearningQuestionDraft,
    LearningQuestionGround,
    LearningQuestionVersion,
)
from zetwpo.cycle.rules import Draft, Version
from zetwpo.extensions import db
from zetwpo.scan.subjects.rules import Item


def versions_for(scan_id: uuid.UUID) -> list[Version]:
    """All versions of the learning question after this scan, the newest first."""
    rows = db.session.scalars(
        sa.select(LearningQuestionVersion)
        .join(LearningQuestion, LearningQuestion.id == LearningQuestionVersion.question_id)
        .where(LearningQuestion.scan_id == scan_id)
        .order_by(LearningQuestionVersion.number.desc())
    )
    return [Version(row.number, row.axis, row.text, row.written_at) for row in rows]


def items_by_version(scan_id: uuid.UUID) -> dict[int, list[Item]]:
    """What each version of the question after this scan rested on, by its number."""
    ground, version = LearningQuestionGround, LearningQuestionVersion
    rows = db.session.execute(
        sa.select(version.number, ground.kind, ground.key, ground.source)
        .join(version, version.id == ground.version_id)
        .join(LearningQuestion, LearningQuestion.id == version.question_id)
        .where(LearningQuestion.scan_id == scan_id)
        .order_by(ground.kind, ground.key, ground.source)
    )
    found: dict[int, list[Item]] = defaultdict(list)
    for number, *item in rows:
        found[number].append(Item(*item))
    return dict(found)


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
