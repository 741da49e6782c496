"""What a participant does with a plan, and others with what they ask about it."""

import uuid

import sqlalchemy as sa

from zetwpo import audit
from zetwpo.accounts import service as accounts
from zetwpo.clock import now
from zetwpo.cycle.audience.service import require_begun
from zetwpo.cycle.meetings.queries import MeetingCard
from zetwpo.cycle.plans.models import Plan, PlanQuestion
from zetwpo.cycle.plans.queries import PlanCard, QuestionCard
from zetwpo.cycle.plans.rules import NEXT, Status, plan_of
from zetwpo.database.statements import change_row, insert_once
from zetwpo.edits import Fields, Sent, merged
from zetwpo.extensions import db
from zetwpo.limiting import require

# By one person, so that nobody floods a plan.
MOST_ASKED = "60 per hour"


class NothingWritten(Exception):
    """There is no word yet of what its author will try."""


class ChangedElsewhere(Exception):
    """Its author did something else with it meanwhile, from which this is no way."""


def begin(meeting: MeetingCard, owner_id: uuid.UUID) -> uuid.UUID:
    """The key of the plan of this participant after this meeting; made where there is none.

    Raises NotYet.
    """
    require_begun(meeting)
    accounts.keep_author(owner_id)
    made = {"owner_id": owner_id, "meeting_id": meeting.id}
    values = {"id": uuid.uuid4(), "status": Status.WRITING, "written_at": now()}
    insert_once(db.session(), Plan, made | values)
    return db.session.scalars(sa.select(Plan.id).filter_by(**made)).one()


def keep(plan: PlanCard, fields: Fields) -> None:
    """Keep these fields, as they are; `plan` was read to write."""
    if fields != plan.plan.fields:
        written = plan_of(fields)
        _update(
            plan,
            what=written.what,
            at=written.at,
            sign=written.sign,
            minutes=written.minutes,
            written_at=now(),
        )


def become(plan: PlanCard, status: Status, fields: Fields) -> None:
    """Do something else with it, with these fields; it was read to write.

    Raises NothingWritten, and ChangedElsewhere where another page was faster.
    """
    if status == plan.status:
        return
    if status not in NEXT[plan.status]:
        raise ChangedElsewhere
    if status == Status.GOING and not fields["what"]:
        raise NothingWritten
    _update(plan, status=status)
    audit.record("plan changed", actor_id=plan.owner_id, object_id=plan.id)


def open_to_group(plan: PlanCard) -> None:
    """Let the group read it and ask about it. Doing it twice changes nothing.

    Raises NothingWritten.
    """
    if plan.plan.is_empty:
        raise NothingWritten
    if plan.opened_at is None:
        _update(plan, opened_at=now())
        audit.record("plan opened", actor_id=plan.owner_id, object_id=plan.id)


def close(plan: PlanCard) -> None:
    """Let the group read it no more, from the next request on; nor the questions about it."""
    if plan.opened_at is not None:
        _update(plan, opened_at=None)
        audit.record("plan closed", actor_id=plan.owner_id, object_id=plan.id)


def ask(plan: PlanCard, author_id: uuid.UUID, text: str, form_key: uuid.UUID) -> None:
    """Ask something about this plan; once, however often the page sends it. Raises TooMuch."""
    accounts.keep_author(author_id)
    question_id = uuid.uuid4()
    question = {
        "id": question_id,
        "plan_id": plan.id,
        "author_id": author_id,
        # The same words from the same page, and nobody else's: a key proves nothing.
        "form_key": uuid.uuid5(form_key, f"{author_id} {text}"),
        "text": text,
        "asked_at": now(),
    }
    if insert_once(db.session(), PlanQuestion, question):
        require(MOST_ASKED, "plan questions", str(author_id))
        audit.record("plan question asked", actor_id=author_id, object_id=question_id)


def take_back(question: QuestionCard) -> None:
    """Delete a question, with what was said to it."""
    db.session.execute(sa.delete(PlanQuestion).where(PlanQuestion.id == question.id))
    audit.record("plan question deleted", actor_id=question.author_id, object_id=question.id)


def answer(question: QuestionCard, sent: Sent) -> None:
    """Say something to a question, or nothing any more; it was read to write. Raises Overtaken."""
    text = merged(sent, question.fields)["answer"]
    if text != question.answer:
        answered = {"answer": text, "answered_at": now() if text else None}
        change_row(db.session(), PlanQuestion, question.id, answered)
        audit.record(
            "plan question answered", actor_id=question.plan.owner_id, object_id=question.id
        )


def _update(plan: PlanCard, **values: object) -> None:
    change_row(db.session(), Plan, plan.id, values)
