"""What a facilitator does to note down who was there."""

import uuid
from datetime import datetime

import sqlalchemy as sa

from zetwpo import audit
from zetwpo.accounts import service as accounts
from zetwpo.clock import now, start_of, today
from zetwpo.cycle.attendance.models import Attendance
from zetwpo.cycle.attendance.queries import expected, noted_at
from zetwpo.cycle.attendance.rules import (
    Presence,
    TooEarly,
    first_kept,
    left_after_move,
    noted_after,
    open_presences,
)
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.cycle.meetings.queries import MeetingCard, MeetingRow
from zetwpo.database.statements import upsert
from zetwpo.extensions import db


class NotExpected(Exception):
    """This person did not take part in the trajectory at the time of the meeting."""


def note(
    meeting: MeetingCard,
    person_id: uuid.UUID,
    wanted: Presence | None,
    seen: Presence | None,
    actor_id: uuid.UUID,
) -> None:
    """Note this of one person, on a page that showed `seen`; None takes back what was noted.

    The meeting was read to write. Raises TooEarly, NotExpected and NotedElsewhere.
    """
    if wanted and wanted not in open_presences(meeting.starts_at, now()):
        raise TooEarly
    noted = noted_at(meeting.id)
    is_there = person_id in expected(meeting) | noted.keys()
    # Nothing is left of it where the account is deleted at this moment.
    if not is_there or not accounts.keep([person_id]):
        raise NotExpected
    stored = noted.get(person_id)
    if noted_after(stored, seen, wanted) == stored:
        return
    _store(meeting, {person_id: wanted})
    audit.record("attendance noted", actor_id=actor_id, object_id=meeting.id)


def note_others_present(meeting: MeetingCard, actor_id: uuid.UUID) -> int:
    """Note as present everybody of whom nothing is noted; returns how many.

    The meeting was read to write. Raises TooEarly.
    """
    if Presence.PRESENT not in open_presences(meeting.starts_at, now()):
        raise TooEarly
    others = accounts.keep(expected(meeting) - noted_at(meeting.id).keys())
    if others:
        _store(meeting, dict.fromkeys(others, Presence.PRESENT))
        audit.record("attendance noted", actor_id=actor_id, object_id=meeting.id)
    return len(others)


def let_go(meeting: MeetingRow, starts_at: datetime) -> None:
    """Forget what was noted of a meeting that moved, as far as it does not hold any more."""
    left = left_after_move(meeting.starts_at, starts_at, now())
    gone = (Attendance.meeting_id == meeting.id, Attendance.presence.not_in(left))
    db.session.execute(sa.delete(Attendance).where(*gone))


def clear_over() -> None:
    """Forget who was at meetings so long ago that it is kept no longer."""
    too_old = sa.select(Meeting.id).where(Meeting.starts_at < start_of(first_kept(today())))
    db.session.execute(sa.delete(Attendance).where(Attendance.meeting_id.in_(too_old)))


def _store(meeting: MeetingCard, noted: dict[uuid.UUID, Presence | None]) -> None:
    gone = [key for key, presence in noted.items() if presence is None]
    if gone:
        of_these = (Attendance.meeting_id == meeting.id, Attendance.person_id.in_(gone))
        db.session.execute(sa.delete(Attendance).where(*of_these))
    rows = [
        {"meeting_id": meeting.id, "person_id": key, "presence": presence}
        for key, presence in noted.items()
        if presence
    ]
    upsert(db.session(), Attendance, rows)
