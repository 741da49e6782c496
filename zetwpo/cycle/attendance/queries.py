"""Reading who was there."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from zetwpo.accounts.colleagues import Colleague, get_colleagues
from zetwpo.cycle.attendance.models import Attendance
from zetwpo.cycle.attendance.rules import Presence, Totals, expected_at, totals
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.cycle.meetings.queries import MeetingCard
from zetwpo.cycle.trajectories.queries import stays_in
from zetwpo.database.keys import among
from zetwpo.extensions import read
from zetwpo.sharing.naming import told_apart


@dataclass(frozen=True)
class Line:
    """One person at one meeting, for whoever leads it."""

    person: Colleague
    noted: Presence | None
    # True for whoever takes part no more: they did at the time of this meeting.
    has_left: bool


_NOTED = sa.select(Attendance.person_id, Attendance.presence).where(
    Attendance.meeting_id == sa.bindparam("meeting_id")
)
_OWN = sa.select(Attendance.presence).where(
    Attendance.meeting_id == sa.bindparam("meeting_id"),
    Attendance.person_id == sa.bindparam("person_id"),
)
_OWN_IN = (
    sa.select(Attendance.meeting_id, Attendance.presence)
    .join(Meeting, Meeting.id == Attendance.meeting_id)
    .where(
        Meeting.trajectory_id == sa.bindparam("trajectory_id"),
        Attendance.person_id == sa.bindparam("person_id"),
    )
)
_ALL = (
    sa.select(
        Meeting.trajectory_id, Attendance.meeting_id, Attendance.person_id, Attendance.presence
    )
    .join(Meeting, Meeting.id == Attendance.meeting_id)
    .where(among(Meeting.trajectory_id))
)


_MISSED = (
    sa.select(Meeting.trajectory_id, Meeting.number, Attendance.person_id)
    .join(Meeting, Meeting.id == Attendance.meeting_id)
    .where(among(Meeting.trajectory_id), Attendance.presence != Presence.PRESENT)
)
_WITH = sa.select(Attendance.meeting_id).where(among(Attendance.meeting_id)).distinct()


def expected(meeting: MeetingCard) -> set[uuid.UUID]:
    """Who belongs to the group at this meeting."""
    return expected_at(meeting.starts_at, meeting.ends_at, stays_in(meeting.trajectory_id))


def noted_at(meeting_id: uuid.UUID) -> dict[uuid.UUID, Presence]:
    """What is noted of this meeting, by the keys of the people."""
    return {key: Presence(presence) for key, presence in read(_NOTED, meeting_id=meeting_id)}


def lines_of(meeting: MeetingCard) -> list[Line]:
    """Everybody who belongs to the group at this meeting, or was noted there, by name."""
    noted = noted_at(meeting.id)
    keys = expected(meeting) | noted.keys()
    place = meeting.trajectory.partnership_id
    people = told_apart(get_colleagues(keys, known_in=place).values(), place)
    by_name = sorted(people, key=lambda each: (each.name.casefold(), each.id))
    now_in = meeting.facts.members
    return [Line(each, noted.get(each.id), each.id not in now_in) for each in by_name]


def with_attendance(meeting_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Of which of these meetings something is noted of somebody."""
    return set(read(_WITH, ids=meeting_ids).scalars()) if meeting_ids else set()


def missed_in_all(
    trajectory_ids: Collection[uuid.UUID],
) -> dict[uuid.UUID, dict[uuid.UUID, frozenset[int]]]:
    """At which meetings of each of these who was not, excused or not, by their numbers."""
    missed: dict[uuid.UUID, dict[uuid.UUID, frozenset[int]]] = {key: {} for key in trajectory_ids}
    for trajectory_id, number, person_id in read(_MISSED, ids=trajectory_ids):
        of_person = missed[trajectory_id].get(person_id, frozenset())
        missed[trajectory_id][person_id] = of_person | {number}
    return missed


def own_presence(meeting_id: uuid.UUID, person_id: uuid.UUID) -> Presence | None:
    """What is noted of this one person, for themselves."""
    found = read(_OWN, meeting_id=meeting_id, person_id=person_id).scalar()
    return Presence(found) if found else None


def where_present(trajectory_id: uuid.UUID, person_id: uuid.UUID) -> set[uuid.UUID]:
    """At which meetings of this trajectory this one person was, for themselves."""
    noted = read(_OWN_IN, trajectory_id=trajectory_id, person_id=person_id)
    return {key for key, presence in noted if presence == Presence.PRESENT}


def totals_of_all(trajectory_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Totals | None]:
    """All that was noted in each of these, for the programme leader: nobody in particular.

    In one statement.
    """
    noted: defaultdict[uuid.UUID, defaultdict[uuid.UUID, list[Presence]]] = defaultdict(
        lambda: defaultdict(list)
    )
    meetings: defaultdict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for trajectory_id, meeting_id, person_id, presence in read(_ALL, ids=trajectory_ids):
        noted[trajectory_id][person_id].append(Presence(presence))
        meetings[trajectory_id].add(meeting_id)
    return {key: totals(noted[key], len(meetings[key])) for key in trajectory_ids}
