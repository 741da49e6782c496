"""Opening a form and keeping what somebody fills in."""

import uuid

import sqlalchemy as sa

from zetwpo.clock import now
from zetwpo.database.statements import upsert
from zetwpo.extensions import db
from zetwpo.library.questionnaires import Questionnaire
from zetwpo.scan.responses.models import Answer, OpenAnswer, Response
from zetwpo.scan.responses.rules import Filled


def open_response(questionnaire: Questionnaire, form: str) -> Response:
    """Store an empty form in this version."""
    response = Response(
        id=uuid.uuid4(),
        questionnaire=questionnaire.key,
        version=questionnaire.version,
        form=form,
        opened_at=now(),
    )
    db.session.add(response)
    db.session.flush()
    return response


def store(response_id: uuid.UUID, filled: Filled) -> None:
    """Store these answers and texts; what is not among them stays as it was."""
    if filled.cleared:
        db.session.execute(
            sa.delete(Answer).where(
                Answer.response_id == response_id, Answer.statement.in_(filled.cleared)
            )
        )
    upsert(
        db.session(),
        Answer,
        [
            {"response_id": response_id, "statement": statement, "value": value}
            for statement, value in filled.answers.items()
        ],
    )
    upsert(
        db.session(),
        OpenAnswer,
        [
            {"response_id": response_id, "kind": kind, "axis": axis, "text": text}
            for (kind, axis), text in filled.texts.items()
            if text
        ],
    )
    for (kind, axis), text in filled.texts.items():
        if not text:
            db.session.execute(
                sa.delete(OpenAnswer).where(
                    OpenAnswer.response_id == response_id,
                    OpenAnswer.kind == kind,
                    OpenAnswer.axis == axis,
                )
            )


def delete_filled(response_id: uuid.UUID) -> None:
    """Delete all that was filled in."""
    for table in (Answer, OpenAnswer):
        db.session.execute(sa.delete(table).where(table.response_id == response_id))
