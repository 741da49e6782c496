"""What a facilitator does to begin a trajectory."""

import uuid
from dataclasses import dataclass
from datetime import date, time

from zetwpo.clock import moment_on
from zetwpo.cycle.meetings import service as meetings
from zetwpo.cycle.meetings.closed_days import free_days
from zetwpo.cycle.meetings.schedule import planned_days
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
) -> bool:
    """Begin a trajectory with its meetings; False where it is there, as after a second click.

    Those fall outside holidays and the breaks of the partnership.
    """
    if not trajectories.start(trajectory_id, partnership_id, frame, by):
        return False
    is_free = free_days(partnership_id, dates.first_day)
    days = planned_days(dates.first_day, dates.count, frame.rhythm_weeks, is_free)
    starts = [moment_on(day, dates.begins) for day in days]
    meetings.plan(trajectory_id, starts, frame.meeting_minutes, dates.place)
    return True
