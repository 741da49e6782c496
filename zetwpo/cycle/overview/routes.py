"""The page on which somebody finds a trajectory again."""

import uuid

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import LEAD_TRAJECTORY, READ_TRAJECTORY
from zetwpo.clock import now
from zetwpo.cycle.common_question.queries import questions_of
from zetwpo.cycle.meetings.queries import meetings_of
from zetwpo.cycle.meetings.rules import next_of
from zetwpo.cycle.trajectories.queries import find_trajectory

routes = Blueprint("overview", __name__, url_prefix="/trajectories/<uuid:trajectory_id>")


@routes.get("")
@needs(READ_TRAJECTORY)
def show(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """What the group works on, the meeting that comes next, and all of them as a list."""
    trajectory = authorised(find_trajectory(trajectory_id))
    meetings, moment = meetings_of(trajectory_id), now()
    return render_template(
        "cycle/overview/overview.html",
        trajectory=trajectory,
        meetings=meetings,
        questions=questions_of(trajectory).current,
        next_meeting=next_of(meetings, moment),
        now=moment,
        leads=LEAD_TRAJECTORY.opens_to(get_actor(), trajectory.facts),
    )
