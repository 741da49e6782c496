"""Lays out the meetings of a demo trajectory: how they were prepared, and what they left behind."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from zetwpo.cycle.agenda import rules
from zetwpo.cycle.agenda import service as agendas
from zetwpo.cycle.agenda.queries import agenda_of, preparation_of
from zetwpo.cycle.agreements import service as agreements
from zetwpo.cycle.agreements.rules import Agreements
from zetwpo.cycle.attendance import service as attendance
from zetwpo.cycle.attendance.rules import Presence
from zetwpo.cycle.meetings.queries import MeetingRow
from zetwpo.cycle.recaps import service as recaps
from zetwpo.cycle.recaps.queries import recap_of
from zetwpo.demo.content import BlockChange, DemoMeeting
from zetwpo.demo.own_work import lay_out_period
from zetwpo.demo.questions import go_on
from zetwpo.demo.stage import Stage
from zetwpo.edits import Sent, marks_of

PREPARED = timedelta(days=5)
# From the beginning of a meeting.
NOTED = timedelta(minutes=10)
# Until its end.
AGREED = timedelta(minutes=10)
# From its end until the group reads what it came to.
TOLD = timedelta(days=2)


def lay_out_meeting(
    stage: Stage, told: DemoMeeting, row: MeetingRow, all_rows: Sequence[MeetingRow]
) -> None:
    """Prepare a meeting, and where it has been, write down what it left behind."""
    with stage.at(row.starts_at - PREPARED):
        for each in told.agenda:
            _change_block(stage, each, row)
        if told.preparation:
            meeting = stage.meeting(row)
            sent = Sent(told.preparation, marks_of(preparation_of(meeting).fields))
            agendas.prepare(meeting, sent, stage.leader_id)
    if row.ends_at > stage.start:
        return
    with stage.at(row.starts_at + NOTED):
        _note_presence(stage, told, row)
    with stage.at(row.ends_at - AGREED):
        if told.question:
            go_on(stage, told.question, row)
        agreed = Agreements(
            told.notes, told.homework, frozenset(stage.ids_of(told.bringers)), told.next_step
        )
        agreements.keep(stage.meeting(row), agreed)
        agreements.save(stage.meeting(row), stage.leader_id)
    if told.recap:
        with stage.at(row.ends_at + TOLD):
            _send_recap(stage, told.recap, row)
    following = next((each for each in all_rows if each.number == row.number + 1), None)
    for period in told.after:
        lay_out_period(stage, period, row, following)


def _send_recap(stage: Stage, opening: str, row: MeetingRow) -> None:
    recap = recap_of(stage.meeting(row))
    recaps.keep(recap, {**recap.fields, "opening": opening})
    written = recap_of(stage.meeting(row))
    recaps.send(written, written.letter.mark, stage.leader_id)


def _change_block(stage: Stage, change: BlockChange, row: MeetingRow) -> None:
    meeting = stage.meeting(row)
    block = next(each for each in agenda_of(meeting) if each.kind == change.block)
    before = rules.fields_of(block)
    agendas.change(
        meeting, block.id, Sent(_fields(stage, change), marks_of(before)), stage.leader_id
    )


def _fields(stage: Stage, change: BlockChange) -> Mapping[str, str]:
    """What is special about it, by the names of the fields."""
    fields = {
        "title": change.title,
        "minutes": str(change.minutes) if change.minutes else None,
        "method": change.method,
        "leader": str(stage.ids[change.leader]) if change.leader else None,
        "question": change.question,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _note_presence(stage: Stage, told: DemoMeeting, row: MeetingRow) -> None:
    meeting, by = stage.meeting(row), stage.leader_id
    for presence, people in ((Presence.ABSENT, told.absent), (Presence.EXCUSED, told.excused)):
        for person_id in stage.ids_of(people):
            attendance.note(meeting, person_id, presence, None, by)
    attendance.note_others_present(meeting, by)
