"""Lays out a trajectory of the demo as its people would: by services, each thing at its moment."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from zetwpo import clock
from zetwpo.accounts.colleagues import get_colleagues
from zetwpo.accounts.queries import PartnershipCard
from zetwpo.clock import now
from zetwpo.cycle.halfway import service as halfway
from zetwpo.cycle.halfway.queries import reminder_of
from zetwpo.cycle.meetings.queries import MeetingRow, meetings_of
from zetwpo.cycle.meetings.rules import latest_of
from zetwpo.cycle.meetings.service import plan
from zetwpo.cycle.pairs import service as pairs
from zetwpo.cycle.pairs.queries import find_pair, pairs_in
from zetwpo.cycle.trajectories import service as trajectories
from zetwpo.cycle.trajectories.rules import USUAL_MINUTES, USUAL_RHYTHM
from zetwpo.cycle.trajectories.service import Frame
from zetwpo.demo.closing import lay_out_closing
from zetwpo.demo.content import DemoContent, DemoPair, DemoTrajectory
from zetwpo.demo.meetings import lay_out_meeting
from zetwpo.demo.people import person_id_of
from zetwpo.demo.questions import bring_in, bring_together
from zetwpo.demo.scans import lay_out_scan, newest_scan, write_question
from zetwpo.demo.shelf import lay_out_shelf
from zetwpo.demo.stage import Stage
from zetwpo.edits import Sent, marks_of

BEGINS = time(14, 30)
# Before the first meeting; the scan and the question come in between.
SET_UP = timedelta(weeks=4)
SCANNED = timedelta(weeks=3)
ASKED = timedelta(days=16)
# Before the first of the scans here.
EARLIER = timedelta(days=200)
# Before the last meeting, in which everybody looks at both.
RESCANNED = timedelta(days=7)
PAIRED = timedelta(days=1)


def lay_out_trajectory(
    content: DemoContent,
    place: PartnershipCard,
    told: DemoTrajectory,
    days: Sequence[date],
    start: datetime,
    follows_id: uuid.UUID | None = None,
) -> Stage:
    """A trajectory that meets on these days, with all that happened until now.

    It may go on from another one.
    """
    stage = _set_up(content, place, told, days, start, follows_id)
    meetings = meetings_of(stage.trajectory_id)
    _lay_out_scans(content, told, meetings)
    for each in told.participants:
        bring_in(stage, each, meetings[0])
    lay_out_shelf(stage, told.shelf, meetings)
    for meeting, lines in zip(meetings, told.meetings, strict=True):
        if meeting.number == 1:
            bring_together(stage, told.together, meeting)
        lay_out_meeting(stage, lines, meeting, meetings)
        if meeting.number == 1:
            for pair in (each for each in told.pairs if not each.waits):
                _lay_out_pair(stage, pair, meeting.ends_at + PAIRED)
    if latest := latest_of(meetings, now()):
        for pair in (each for each in told.pairs if each.waits):
            _lay_out_pair(stage, pair, min(latest.ends_at + PAIRED, now()))
    if told.closing:
        lay_out_closing(stage, told.closing, meetings[-1])
    return stage


def _set_up(
    content: DemoContent,
    place: PartnershipCard,
    told: DemoTrajectory,
    days: Sequence[date],
    start: datetime,
    follows_id: uuid.UUID | None,
) -> Stage:
    ids = {key: person_id_of(content.person(key)) for key in told.people}
    leader_id, *others = (ids[key] for key in told.leaders)
    stage = Stage(uuid.uuid4(), ids, leader_id, start)
    frame = Frame(told.title, False, USUAL_MINUTES, USUAL_RHYTHM, follows_id)
    starts = [clock.moment_on(day, BEGINS) for day in days]
    people = get_colleagues(list(ids.values()), place.id)
    with stage.at(starts[0] - SET_UP):
        trajectories.start(stage.trajectory_id, place.id, frame, leader_id)
        plan(stage.trajectory_id, starts, USUAL_MINUTES, told.place)
        for each in others:
            trajectories.add_facilitator(stage.trajectory, people[each], leader_id)
        taking_part = stage.ids_of([each.person for each in told.participants])
        trajectories.add_participants(
            stage.trajectory, {key: people[key] for key in taking_part}, leader_id
        )
        if told.reminder:
            stored = reminder_of(stage.trajectory_id).fields
            halfway.change(
                stage.trajectory, Sent({"text": told.reminder}, marks_of(stored)), leader_id
            )
    return stage


def _lay_out_scans(
    content: DemoContent, told: DemoTrajectory, meetings: Sequence[MeetingRow]
) -> None:
    first, last = meetings[0].starts_at, meetings[-1].starts_at
    for each in told.participants:
        if each.earlier:
            lay_out_scan(content, each.person, each.earlier, first - SCANNED - EARLIER)
        if each.scan:
            lay_out_scan(content, each.person, each.scan, first - SCANNED)
        owner_id = person_id_of(content.person(each.person))
        write_question(newest_scan(owner_id), owner_id, each.question, first - ASKED)
        if each.rescan:
            lay_out_scan(content, each.person, each.rescan, last - RESCANNED)


def _lay_out_pair(stage: Stage, pair: DemoPair, moment: datetime) -> None:
    with stage.at(moment):
        pairs.propose(stage.trajectory, stage.ids_of(pair.people), stage.leader_id)
        made = pairs_in(stage.trajectory)[-1]
        for person_id in stage.ids_of(pair.agreed):
            found = find_pair(made.id, to_write=True)
            assert found is not None  # noqa: S101 (proposed a moment ago)
            pairs.agree(found, person_id)
