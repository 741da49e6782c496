"""Reading learning questions."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from zetwpo.cycle.learning_question.models import (
    LearningQuestion,
    LearningQuestionDraft,
    LearningQuestionGround,
    LearningQuestionVersion,
)
from zetwpo.cycle.learning_question.rules import Draft, Version
from zetwpo.database.keys import among
from zetwpo.extensions import db, read
from zetwpo.library.questionnaires import Axis
from zetwpo.scan.result.service import Question
from zetwpo.scan.self_scan.naming import days_of
from zetwpo.scan.self_scan.queries import ScanCard, asked_in, scans_of
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


_VERSIONS = (
    sa.select(
        LearningQuestion.scan_id,
        LearningQuestionVersion.number,
        LearningQuestionVersion.axis,
        LearningQuestionVersion.text,
        LearningQuestionVersion.written_at,
    )
    .join(LearningQuestion, LearningQuestion.id == LearningQuestionVersion.question_id)
    .where(among(LearningQuestion.scan_id))
    .order_by(LearningQuestionVersion.number)
)


def versions_of_all(scan_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Version]]:
    """The versions of the learning question after each of these scans that has one, in order."""
    found: defaultdict[uuid.UUID, list[Version]] = defaultdict(list)
    for scan_id, number, axis, text, written_at in (
        read(_VERSIONS, ids=scan_ids) if scan_ids else ()
    ):
        found[scan_id].append(Version(number, axis, text, written_at))
    return dict(found)


_NEWEST = (
    sa.select(LearningQuestionVersion.axis, LearningQuestionVersion.text)
    .join(LearningQuestion, LearningQuestion.id == LearningQuestionVersion.question_id)
    .where(LearningQuestion.scan_id == sa.bindparam("scan_id"))
    .order_by(LearningQuestionVersion.number.desc())
    .limit(1)
)


def question_after(scan_id: uuid.UUID) -> Question | None:
    """The newest version of the learning question after this scan, for its result."""
    row = read(_NEWEST, scan_id=scan_id).one_or_none()
    return Question(*row) if row else None


def newest_versions(scan_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Version]:
    """The newest version of the learning question after each of these scans that has one."""
    return {key: found[-1] for key, found in versions_of_all(scan_ids).items()}


@dataclass(frozen=True)
class SavedQuestion:
    """The newest version of the learning question after one scan, and what that scan is called."""

    scan: ScanCard
    version: Version
    axis: Axis
    day: str


def saved_questions(owner_id: uuid.UUID) -> list[SavedQuestion]:
    """The learning question after each scan of this person that has one, the newest scan first."""
    version = LearningQuestionVersion
    rows = db.session.execute(
        sa.select(
            LearningQuestion.scan_id, version.number, version.axis, version.text, version.written_at
        )
        .join(LearningQuestion, LearningQuestion.id == version.question_id)
        .where(LearningQuestion.owner_id == owner_id)
        .order_by(version.number)
    )
    # Of each question the last one stays.
    newest = {
        scan_id: Version(number, axis, text, written_at)
        for scan_id, number, axis, text, written_at in rows
    }
    if not newest:
        return []
    scans = scans_of(owner_id)
    days = days_of(scans)
    asked = [scan for scan in scans if scan.id in newest]
    used = asked_in(asked)
    return [
        SavedQuestion(scan, version, used[scan.id].axis(version.axis), days[scan.id])
        for scan in asked
        for version in [newest[scan.id]]
    ]


def question_before(scan: ScanCard) -> SavedQuestion | None:
    """The last learning question that the same person saved after an earlier scan."""
    saved = saved_questions(scan.owner_id)
    return next((each for each in saved if each.scan.started_at < scan.started_at), None)


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


def scans_with_question(owner_id: uuid.UUID) -> set[uuid.UUID]:
    """After which scans this person began a learning question, saved or not."""
    query = sa.select(LearningQuestion.scan_id).where(LearningQuestion.owner_id == owner_id)
    return set(read(query).scalars())


def has_draft(scan_id: uuid.UUID) -> bool:
    """True while its owner is writing something there that is not saved."""
    return _find_draft(scan_id) is not None


def get_draft(scan_id: uuid.UUID) -> Draft:
    """What its owner finds in the fields: what they were writing, or else the newest version."""
    found = _find_draft(scan_id)
    if found:
        return found
    versions = versions_for(scan_id)
    return Draft(versions[0].axis, versions[0].text) if versions else Draft()


def _find_draft(scan_id: uuid.UUID) -> Draft | None:
    draft = LearningQuestionDraft
    found = db.session.execute(
        sa.select(draft.axis, draft.text)
        .join(LearningQuestion, LearningQuestion.id == draft.question_id)
        .where(LearningQuestion.scan_id == scan_id)
    ).one_or_none()
    return Draft(found.axis, found.text) if found else None
