"""Lays out what participants of a demo trajectory wrote for themselves after a meeting."""

import uuid
from datetime import datetime, timedelta

from zetwpo.cycle.meetings.queries import MeetingRow
from zetwpo.cycle.plans import service as plans
from zetwpo.cycle.plans.queries import PlanCard, find_plan, questions_about
from zetwpo.cycle.plans.rules import Plan, Status
from zetwpo.cycle.practice import service as practice
from zetwpo.cycle.practice.queries import NoteCard, find_note
from zetwpo.cycle.reflection import service as reflections
from zetwpo.cycle.reflection.queries import ReflectionCard, find_reflection
from zetwpo.demo.content import DemoNote, DemoPlan, Period
from zetwpo.demo.stage import Stage
from zetwpo.edits import Sent

# From the end of the meeting.
REFLECTED = timedelta(hours=3)
OPENED = timedelta(hours=20)
ASKED = timedelta(hours=26)
ANSWERED = timedelta(hours=44)
BROUGHT = timedelta(hours=46)
# Until the next meeting, or this long after the last one.
OVER = timedelta(days=3)
LAST = timedelta(weeks=3)


def lay_out_period(
    stage: Stage, told: Period, meeting: MeetingRow, following: MeetingRow | None
) -> None:
    """The plan, the notes and the reflection of one participant after this meeting."""
    owner_id = stage.ids[told.person]
    until = following.starts_at if following else meeting.ends_at + LAST
    if told.plan:
        _lay_out_plan(stage, told.plan, owner_id, meeting, until - OVER)
    for note in told.notes:
        _lay_out_note(stage, note, owner_id, meeting)
    if told.reflection or told.sentence:
        _lay_out_reflection(stage, told, owner_id, meeting)


def _lay_out_plan(
    stage: Stage, told: DemoPlan, owner_id: uuid.UUID, row: MeetingRow, over: datetime
) -> None:
    fields = Plan(told.what, told.at, told.sign, told.minutes).fields
    with stage.at(row.ends_at):
        plan_id = plans.begin(stage.meeting(row), owner_id)
        plans.keep(_plan(plan_id), fields)
        if told.status != Status.WRITING:
            plans.become(_plan(plan_id), Status.GOING, fields)
    if told.opened:
        with stage.at(row.ends_at + OPENED):
            plans.open_to_group(_plan(plan_id))
    for question in told.questions:
        with stage.at(row.ends_at + ASKED):
            plans.ask(_plan(plan_id), stage.ids[question.by], question.text, uuid.uuid4())
        if question.answer:
            asked = questions_about(_plan(plan_id))[-1]
            with stage.at(row.ends_at + ANSWERED):
                plans.answer(asked, Sent({"answer": question.answer}))
    if told.status.is_over:
        with stage.at(over):
            plans.become(_plan(plan_id), told.status, fields)


def _lay_out_note(stage: Stage, told: DemoNote, owner_id: uuid.UUID, row: MeetingRow) -> None:
    with stage.at(row.ends_at + timedelta(days=told.days)):
        note_id = practice.begin(stage.meeting(row), owner_id)
        note = _note(note_id)
        practice.keep(note, {**note.fields, "text": told.text})
        practice.let_read(_note(note_id), told.audience)


def _lay_out_reflection(stage: Stage, told: Period, owner_id: uuid.UUID, row: MeetingRow) -> None:
    with stage.at(row.ends_at + REFLECTED):
        reflection_id = reflections.begin(stage.meeting(row), owner_id)
        texts = {key: each.text for key, each in told.reflection.items()}
        reflections.keep(_reflection(reflection_id), texts)
        written = _reflection(reflection_id)
        for key, each in told.reflection.items():
            reflections.let_read(written.answer_to(key), each.audience)
    if told.sentence:
        with stage.at(row.ends_at + BROUGHT):
            reflections.bring(_reflection(reflection_id), Sent({"sentence": told.sentence}))


def _plan(key: uuid.UUID) -> PlanCard:
    found = find_plan(key, to_write=True)
    assert found is not None  # noqa: S101 (begun a moment ago)
    return found


def _note(key: uuid.UUID) -> NoteCard:
    found = find_note(key, to_write=True)
    assert found is not None  # noqa: S101
    return found


def _reflection(key: uuid.UUID) -> ReflectionCard:
    found = find_reflection(key, to_write=True)
    assert found is not None  # noqa: S101
    return found
