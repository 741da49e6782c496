"""The page with what others in a trajectory opened to whoever looks."""

import uuid

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import READ_TRAJECTORY
from zetwpo.clock import now
from zetwpo.cycle.meetings.queries import meetings_of
from zetwpo.cycle.mine.queries import opened_after
from zetwpo.cycle.plans.words import STATUS
from zetwpo.cycle.trajectories.queries import find_trajectory
from zetwpo.library.reflections import reflection_questions

routes = Blueprint("opened", __name__, url_prefix="/trajectories/<uuid:trajectory_id>/shared")


@routes.get("")
@needs(READ_TRAJECTORY)
def show(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Of the time after one meeting, the latest where none is chosen."""
    trajectory = authorised(find_trajectory(trajectory_id))
    meetings = meetings_of(trajectory_id)
    begun = [each for each in meetings if each.starts_at <= now()]
    wanted = request.args.get("after", type=int)
    chosen = next((each for each in begun if each.number == wanted), begun[-1] if begun else None)
    following = {each.number - 1: each for each in meetings}
    return render_template(
        "cycle/mine/opened.html",
        trajectory=trajectory,
        begun=begun,
        opened=opened_after(trajectory, chosen, following.get(chosen.number), get_actor())
        if chosen
        else None,
        questions=reflection_questions().by_key,
        status=STATUS,
    )
