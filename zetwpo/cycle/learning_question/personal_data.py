"""What we hold about a person here."""

import uuid
from typing import Any

import sqlalchemy as sa

from zetwpo.characters import in_one_direction
from zetwpo.cycle.learning_question.grounds import grounds_of
from zetwpo.cycle.learning_question.models import (
    LearningQuestion,
    LearningQuestionDraft,
    LearningQuestionVersion,
)
from zetwpo.cycle.learning_question.queries import items_by_version
from zetwpo.extensions import db
from zetwpo.scan.result.queries import get_result
from zetwpo.scan.self_scan.queries import asked_in, scans_of


def export(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """All versions of all learning questions of this person, with what each rested on."""
    rows = db.session.execute(
        sa.select(LearningQuestionVersion, LearningQuestion.scan_id)
        .join(LearningQuestion, LearningQuestion.id == LearningQuestionVersion.question_id)
        .where(LearningQuestion.owner_id == person_id)
        .order_by(LearningQuestionVersion.written_at)
    )
    rested_on, used = _rested_on(person_id), asked_in(scans_of(person_id))
    return [
        {
            "number": row.number,
            "axis": row.axis,
            "title": str(used[scan_id].axis(row.axis).title),
            "text": row.text,
            "written_at": row.written_at.isoformat(),
            "rested_on": rested_on.get((scan_id, row.number), []),
        }
        for row, scan_id in rows
    ]


def _rested_on(person_id: uuid.UUID) -> dict[tuple[uuid.UUID, int], list[dict[str, Any]]]:
    """What each version rested on, by its scan and its number; of a tip whose it is."""
    by_scan = [(scan, items_by_version(scan.id)) for scan in scans_of(person_id)]
    return {
        (scan.id, number): [
            {
                "kind": each.item.kind,
                "key": each.item.key,
                "title": each.title,
                "from": in_one_direction(each.author) or None,
            }
            for each in grounds_of(result, items)
        ]
        for scan, by_version in by_scan
        if by_version
        for result in [get_result(scan)]
        for number, items in by_version.items()
    }


def export_drafts(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """The learning questions that this person is writing and has not saved."""
    used = asked_in(scans_of(person_id))
    rows = db.session.execute(
        sa.select(LearningQuestionDraft, LearningQuestion.scan_id)
        .join(LearningQuestion, LearningQuestion.id == LearningQuestionDraft.question_id)
        .where(LearningQuestion.owner_id == person_id)
        .order_by(LearningQuestionDraft.written_at)
    )
    return [
        {
            "axis": row.axis,
            "title": str(used[scan_id].axis(row.axis).title) if row.axis else "",
            "text": row.text,
            "written_at": row.written_at.isoformat(),
        }
        for row, scan_id in rows
    ]


def erase(person_id: uuid.UUID) -> None:
    """Delete the learning questions of this person, with their versions and drafts."""
    db.session.execute(sa.delete(LearningQuestion).where(LearningQuestion.owner_id == person_id))
