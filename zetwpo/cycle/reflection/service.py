"""What a participant does with a reflection."""

import uuid

import sqlalchemy as sa

from zetwpo import audit
from zetwpo.accounts import service as accounts
from zetwpo.clock import now
from zetwpo.cycle.audience.rules import Audience
from zetwpo.cycle.audience.service import require_begun
from zetwpo.cycle.meetings.queries import MeetingCard
from zetwpo.cycle.reflection.models import Reflection, ReflectionAnswer
from zetwpo.cycle.reflection.queries import AnswerCard, ReflectionCard
from zetwpo.database.statements import change_row, insert_once, upsert
from zetwpo.edits import Fields, Sent, merged
from zetwpo.extensions import db


def begin(meeting: MeetingCard, owner_id: uuid.UUID) -> uuid.UUID:
    """The key of the reflection of this participant on this meeting; made where there is none.

    Raises NotYet.
    """
    require_begun(meeting)
    accounts.keep_author(owner_id)
    made = {"owner_id": owner_id, "meeting_id": meeting.id}
    insert_once(db.session(), Reflection, made | {"id": uuid.uuid4(), "begun_at": now()})
    return db.session.scalars(sa.select(Reflection.id).filter_by(**made)).one()


def keep(reflection: ReflectionCard, fields: Fields) -> None:
    """Keep these answers, by the keys of their questions; it was read to write.

    An answer that is emptied is gone, and what comes in its place is for its author alone.
    """
    changed = {key: text for key, text in fields.items() if text != reflection.texts.get(key, "")}
    upsert(
        db.session(),
        ReflectionAnswer,
        [
            {
                "reflection_id": reflection.id,
                "question": key,
                "text": text,
                "audience": answer.audience,
                "chosen_at": answer.chosen_at or now(),
                "written_at": now(),
            }
            for key, text in changed.items()
            for answer in [reflection.answer_to(key)]
            if text
        ],
    )
    db.session.execute(
        sa.delete(ReflectionAnswer).where(
            ReflectionAnswer.reflection_id == reflection.id,
            ReflectionAnswer.question.in_([key for key, text in changed.items() if not text]),
        )
    )


def let_read(answer: AnswerCard, audience: Audience) -> None:
    """Let these read one answer, and nobody else, from the next request on.

    Chosen once more, it is for whom the same words mean by now.
    """
    db.session.execute(
        sa.update(ReflectionAnswer)
        .where(
            ReflectionAnswer.reflection_id == answer.id,
            ReflectionAnswer.question == answer.question,
        )
        .values(audience=audience, chosen_at=now())
    )
    audit.record("answer readers chosen", actor_id=answer.owner_id, object_id=answer.id)


def bring(reflection: ReflectionCard, sent: Sent) -> None:
    """Bring one sentence to the next meeting; it was read to write. Raises Overtaken."""
    sentence = merged(sent, reflection.fields)["sentence"]
    if reflection.is_brought and sentence == reflection.sentence:
        return
    _update(reflection, sentence=sentence, brought_at=now())
    audit.record("sentence brought", actor_id=reflection.owner_id, object_id=reflection.id)


def leave(reflection: ReflectionCard) -> None:
    """Not bring it along after all; the words go as well."""
    if reflection.sentence:
        _update(reflection, sentence="", brought_at=None)
        audit.record("sentence left out", actor_id=reflection.owner_id, object_id=reflection.id)


def _update(reflection: ReflectionCard, **values: object) -> None:
    change_row(db.session(), Reflection, reflection.id, values)
