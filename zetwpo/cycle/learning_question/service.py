"""What a supervisor does with a learning question."""

import uuid
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from zetwpo import audit
from zetwpo.clock import now
from zetwpo.cycle.learning_question import rules
from zetwpo.cycle.learning_question.models import (
    LearningQuestion,
    LearningQuestionDraft,
    LearningQuestionGround,
    LearningQuestionVersion,
)
from zetwpo.cycle.learning_question.queries import get_draft, versions_for
from zetwpo.cycle.learning_question.rules import Draft
from zetwpo.database.statements import upsert
from zetwpo.extensions import db
from zetwpo.scan.subjects.queries import taken_items
from zetwpo.scan.subjects.rules import Item


def draft_to_write(scan_id: uuid.UUID, owner_id: uuid.UUID) -> Draft:
    """What somebody was writing, kept from whoever else changes it until the commit."""
    _get_question(scan_id, owner_id)
    return get_draft(scan_id)


def keep_draft(scan_id: uuid.UUID, owner_id: uuid.UUID, draft: Draft) -> None:
    """Keep what somebody is writing, apart from its versions; the one before was read to write."""
    question_id = _get_question(scan_id, owner_id)
    _set_draft(question_id, draft if rules.is_new(draft, versions_for(scan_id)) else None)


def write(scan_id: uuid.UUID, owner_id: uuid.UUID, draft: Draft) -> None:
    """Store the question as a new version; what was there stays as an earlier one.

    The draft before was read to write.
    """
    question_id = _get_question(scan_id, owner_id)
    _set_draft(question_id, None)
    versions = versions_for(scan_id)
    if rules.is_new(draft, versions):
        db.session.add(
            LearningQuestionVersion(
                question_id=question_id,
                number=versions[0].number + 1 if versions else 1,
                axis=draft.axis,
                text=draft.text,
                written_at=now(),
            )
        )
        audit.record("learning question written", actor_id=owner_id, object_id=question_id)
    _set_grounds(question_id, taken_items(scan_id))


def choose_axis(scan_id: uuid.UUID, owner_id: uuid.UUID, axis: str) -> str:
    """Let the question be about this axis where it is about none yet; returns what it is about."""
    question_id = _get_question(scan_id, owner_id)
    stored = get_draft(scan_id)
    if stored.axis:
        return stored.axis
    _set_draft(question_id, Draft(axis, stored.text))
    return axis


def go_on_with(scan_id: uuid.UUID, owner_id: uuid.UUID, earlier: Draft) -> bool:
    """Begin with the question of an earlier scan, as a draft; False where something is written.

    An axis that is chosen already stays.
    """
    question_id = _get_question(scan_id, owner_id)
    stored = get_draft(scan_id)
    if stored.text:
        return False
    _set_draft(question_id, Draft(stored.axis or earlier.axis, earlier.text))
    return True


def _set_grounds(question_id: uuid.UUID, items: Iterable[Item]) -> None:
    """Let the newest version rest on these, and on nothing else; the others stay as they are."""
    version, ground = LearningQuestionVersion, LearningQuestionGround
    newest = db.session.scalars(
        sa.select(version.id)
        .where(version.question_id == question_id)
        .order_by(version.number.desc())
        .limit(1)
    ).one()
    db.session.execute(sa.delete(ground).where(ground.version_id == newest))
    db.session.add_all(ground(version_id=newest, **item._asdict()) for item in items)


def _set_draft(question_id: uuid.UUID, draft: Draft | None) -> None:
    table = LearningQuestionDraft
    if draft is None:
        db.session.execute(sa.delete(table).where(table.question_id == question_id))
        return
    row = {"question_id": question_id, "axis": draft.axis, "text": draft.text, "written_at": now()}
    upsert(db.session(), table, [row])


def _get_question(scan_id: uuid.UUID, owner_id: uuid.UUID) -> uuid.UUID:
    found = _find_question(scan_id)
    if found:
        return found
    try:
        with db.session.begin_nested():
            db.session.add(LearningQuestion(owner_id=owner_id, scan_id=scan_id))
    except IntegrityError:
        # Another click was first.
        pass
    made = _find_question(scan_id)
    if made is None:
        raise LookupError("the learning question could not be made")
    return made


def _find_question(scan_id: uuid.UUID) -> uuid.UUID | None:
    # The lock makes writers of one question wait for each other.
    return db.session.scalar(
        sa.select(LearningQuestion.id).where(LearningQuestion.scan_id == scan_id).with_for_update()
    )
