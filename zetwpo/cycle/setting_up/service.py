"""What a facilitator does to begin a trajectory."""

import uuid
from dataclasses import dataclass
from datetime import date, time, timedelta

from zetwpo.clock import moment_on
from zetwpo.cycle.meetings import service as meetings
from zetwpo.cycle.trajectories import service as trajectories
from zetwpo.cycle.trajectories.service import Frame


@dataclass(frozen=True)
class Dates:
    """From when on a group meets, how often, and where."""

    first_day: date
    begins: time
    count: int
    place: str


def set_up(
    trajectory_id: uuid.UUID, partnership_id: uuid.UUID, frame: Frame, dates: Dates, by: uuid.UUID
) -> None:
    """Begin a trajectory with its meetings; a second click changes nothing."""
    if not trajectories.start(trajectory_id, partnership_id, frame, by):
        return
    rhythm = timedelta(weeks=frame.rhythm_weeks)
    days = [dates.first_day + number * rhythm for number in range(dates.count)]
    starts = [moment_on(day, dates.begins) for day in days]
    meetings.plan(trajectory_id, starts, frame.meeting_minutes, dates.place)
