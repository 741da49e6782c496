"""Lays out how the group of a demo trajectory came to its common question, and on from it."""

import uuid
from datetime import timedelta

from zetwpo.cycle.common_question import service
from zetwpo.cycle.common_question.queries import Questions, questions_of
from zetwpo.cycle.common_question.rules import Step, holding, mark_of
from zetwpo.cycle.common_question.service import Decision
from zetwpo.cycle.meetings.queries import MeetingRow
from zetwpo.demo.content import NextQuestion, Participant, Together
from zetwpo.demo.stage import Stage
from zetwpo.edits import Sent

BROUGHT = timedelta(days=4)
# From the beginning of the meeting until the questions are on the table, and decided about.
OPENED, DECIDED = timedelta(minutes=95), timedelta(minutes=150)


def bring_in(stage: Stage, participant: Participant, first: MeetingRow) -> None:
    """Somebody brings in the question that they wrote, before the first meeting."""
    question = participant.question
    with stage.at(first.starts_at - BROUGHT):
        service.bring_in(
            _questions(stage),
            stage.ids[participant.person],
            Sent({"text": question.text, "axis": question.axis}),
        )


def bring_together(stage: Stage, told: Together, meeting: MeetingRow) -> None:
    """Open the questions, put some together, give points, and decide on the first of them."""
    with stage.at(meeting.starts_at + OPENED):
        service.open_round(_questions(stage), stage.leader_id)
        for each in told.proposals:
            if each.wording:
                _put_together(stage, stage.ids_of(each.of), each.wording)
    with stage.at(meeting.starts_at + DECIDED):
        questions = _questions(stage)
        on_table = {
            proposal.id: each
            for each in told.proposals
            for proposal in questions.proposals
            if {source.author_id for source in proposal.sources} == set(stage.ids_of(each.of))
        }
        service.rank(
            questions, {key: each.points for key, each in on_table.items()}, stage.leader_id
        )
        chosen = next(key for key, each in on_table.items() if each == told.proposals[0])
        decision = Decision(
            Step.FIRST, told.text, told.area, proposal_id=chosen, meeting_id=meeting.id
        )
        service.record(_questions(stage), uuid.uuid4(), decision, "", stage.leader_id)


def go_on(stage: Stage, told: NextQuestion, meeting: MeetingRow) -> None:
    """Add the common question that came out of a meeting, at this moment."""
    questions = _questions(stage)
    before = questions.newest()
    decision = Decision(told.step, told.text, told.area, meeting_id=meeting.id)
    seen = str(before.id) if before else ""
    service.record(questions, uuid.uuid4(), decision, seen, stage.leader_id)


def _put_together(stage: Stage, authors: list[uuid.UUID], wording: str) -> None:
    questions = _questions(stage)
    brought = [each.id for each in questions.brought if each.author_id in authors]
    seen = mark_of(holding(questions.open_proposals, brought))
    service.put_together(questions, brought, wording, seen, stage.leader_id)


def _questions(stage: Stage) -> Questions:
    return questions_of(stage.trajectory)
