"""What a supervisor does with a learning question."""

import uuid

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from zetwpo import audit
from zetwpo.clock import now
from zetwpo.cycle import rules
from zetwpo.cycle.models import LearningQuestion, LearningQuestionVersion
from zetwpo.cycle.queries import versions_for
from zetwpo.cycle.rules import Draft
from zetwpo.extensions import db


class Overtaken(Exception):
    """Another version was written after this page was opened."""


def write(scan_id: uuid.UUID, owner_id: uuid.UUID, draft: Draft, seen: int) -> None:
    """Store the question as a new version; what was there stays as an earlier one.

    `seen` is the number of the newest version that the page showed, 0 for none. Raises
    Overtaken where a newer one was written in the meantime.
    """
    question_id = _get_question(scan_id, owner_id)
    versions = versions_for(scan_id)
    if rules.is_overtaken(seen, draft, versions):
        raise Overtaken
    if not rules.is_new(draft, versions):
        return
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
