"""What a facilitator does with the meetings of a trajectory."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import sqlalchemy as sa

from zetwpo import audit
from zetwpo.clock import moment_on, now
from zetwpo.cycle.meetings.changes import told_of
from zetwpo.cycle.meetings.letters import tell_changed
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.cycle.meetings.moving import moved
from zetwpo.cycle.meetings.queries import MeetingRow, meetings_of
from zetwpo.cycle.meetings.schedule import Slot, Trouble, trouble_with
from zetwpo.cycle.trajectories.queries import TrajectoryCard
from zetwpo.cycle.trajectories.rules import MOST_MEETINGS
from zetwpo.database.statements import change_row
from zetwpo.edits import Fields, Sent, merged
from zetwpo.extensions import db


class NotThen(Exception):
    """A meeting cannot be at this moment."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


class HasBegun(Exception):
    """It goes on or has been: what was, nobody changes."""


class FirstStays(Exception):
    """A group begins with its first meeting, which has an agenda of its own."""


class TooMany(Exception):
    """There are as many meetings as a trajectory holds."""


@dataclass(frozen=True)
class Wish:
    """When somebody wants to meet, and where."""

    slot: Slot
    place: str


def plan(trajectory_id: uuid.UUID, starts: Sequence[datetime], minutes: int, place: str) -> None:
    """Plan the meetings of a new trajectory, which begin at these moments, in order."""
    db.session.add_all(
        Meeting(
            trajectory_id=trajectory_id,
            number=number,
            starts_at=starts_at,
            minutes=minutes,
            place=place,
        )
        for number, starts_at in enumerate(starts, 1)
    )


def move(trajectory: TrajectoryCard, meeting: MeetingRow, sent: Sent, actor_id: uuid.UUID) -> bool:
    """Change when a meeting is, how long or where; False where nothing changed.

    The trajectory was read to write, and the meeting after that. What was in the way of its
    people's calendars is put right there by a mail. Raises HasBegun, Overtaken, ClockChanges and
    NotThen.
    """
    if meeting.starts_at <= now():
        raise HasBegun
    fields = merged(sent, meeting.fields)
    if fields == meeting.fields:
        return False
    wish = _wish(fields)
    if wish.slot != meeting.slot:
        _refuse(
            wish.slot,
            [each for each in meetings_of(trajectory.id) if each.id != meeting.id],
            meeting.number,
        )
    _update(
        meeting,
        starts_at=wish.slot.starts_at,
        minutes=wish.slot.minutes,
        place=wish.place,
        sequence=meeting.sequence + 1,
    )
    if wish.slot.starts_at != meeting.starts_at:
        moved(meeting, wish.slot.starts_at)
    tell_changed(trajectory, {meeting.id: told_of(meeting)})
    audit.record("meeting moved", actor_id=actor_id, object_id=trajectory.id)
    return True


def add(trajectory: TrajectoryCard, meeting_id: uuid.UUID, wish: Wish, actor_id: uuid.UUID) -> bool:
    """Plan one more, in the order of the days; False where it is there. It was read to write.

    Raises NotThen, FirstStays and TooMany.
    """
    there = meetings_of(trajectory.id)
    if meeting_id in {each.id for each in there}:
        return False
    if len(there) >= MOST_MEETINGS:
        raise TooMany
    number = 1 + sum(each.starts_at < wish.slot.starts_at for each in there)
    _refuse(wish.slot, there, number)
    if there and number == 1:
        raise FirstStays
    later = [each for each in there if each.number >= number]
    _renumber(trajectory, number, 1)
    made = MeetingRow(
        meeting_id, trajectory.id, number, wish.slot.starts_at, wish.slot.minutes, wish.place, 0
    )
    db.session.execute(sa.insert(Meeting).values(vars(made)))
    told = {each.id: told_of(each) for each in later}
    tell_changed(trajectory, told | {made.id: told_of(made, is_known=False)})
    audit.record("meeting added", actor_id=actor_id, object_id=trajectory.id)
    return True


def drop(trajectory: TrajectoryCard, meeting: MeetingRow, actor_id: uuid.UUID) -> None:
    """Let a meeting be cancelled, with all that was prepared for it. It was read to write.

    Raises HasBegun and FirstStays.
    """
    if meeting.starts_at <= now():
        raise HasBegun
    if meeting.number == 1:
        raise FirstStays
    told = {
        each.id: told_of(each)
        for each in meetings_of(trajectory.id)
        if each.number >= meeting.number
    }
    db.session.execute(sa.delete(Meeting).where(Meeting.id == meeting.id))
    _renumber(trajectory, meeting.number, -1)
    tell_changed(trajectory, told)
    audit.record("meeting dropped", actor_id=actor_id, object_id=trajectory.id)


def _wish(fields: Fields) -> Wish:
    starts_at = moment_on(date.fromisoformat(fields["day"]), time.fromisoformat(fields["begins"]))
    return Wish(Slot(starts_at, int(fields["minutes"])), fields["place"])


def _refuse(slot: Slot, others: Sequence[MeetingRow], number: int) -> None:
    """Raise NotThen where the meeting with this number cannot be then."""
    before = [each.slot for each in others if each.number < number]
    after = [each.slot for each in others if each.number >= number]
    trouble = trouble_with(slot, before[-1] if before else None, after[0] if after else None, now())
    if trouble:
        raise NotThen(trouble)


def _renumber(trajectory: TrajectoryCard, number: int, by: int) -> None:
    """Give the meetings from this number on another one, in two steps.

    In one, two of them would have the same number for a moment.
    """
    there = Meeting.trajectory_id == trajectory.id
    db.session.execute(
        sa.update(Meeting)
        .where(there, Meeting.number >= number)
        .values(number=-(Meeting.number + by), sequence=Meeting.sequence + 1)
    )
    db.session.execute(
        sa.update(Meeting).where(there, Meeting.number < 0).values(number=-Meeting.number)
    )


def _update(meeting: MeetingRow, **values: object) -> None:
    change_row(db.session(), Meeting, meeting.id, values)
