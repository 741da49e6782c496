"""The page on which a facilitator closes a trajectory, and lets it go on after all."""

import uuid

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import LEAD_TRAJECTORY, READ_TRAJECTORY
from zetwpo.clock import now
from zetwpo.cycle.meetings.queries import meetings_of
from zetwpo.cycle.meetings.rules import next_of
from zetwpo.cycle.trajectories import service
from zetwpo.cycle.trajectories.queries import TrajectoryCard, find_trajectory, following
from zetwpo.cycle.trajectories.rules import REOPENS_FOR, may_reopen
from zetwpo.cycle.trajectories.service import TooLate
from zetwpo.i18n import gettext as _
from zetwpo.web import see_other

routes = Blueprint("closing", __name__, url_prefix="/trajectories/<uuid:trajectory_id>/closing")


@routes.get("")
@needs(LEAD_TRAJECTORY)
def show(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Say what closing means, or until when it can be undone, and what can come next."""
    return _page(authorised(find_trajectory(trajectory_id)))


@routes.post("/close")
@needs(LEAD_TRAJECTORY)
def close(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Close it; a second click, or a colleague's, changes nothing."""
    trajectory = authorised(find_trajectory(trajectory_id, to_write=True))
    if _expects_people(trajectory):
        ahead = _(
            "People still come to a meeting. Close it once that has been, or cancel it first."
        )
        return _page(trajectory, ahead), 409
    service.close(trajectory, get_actor().person_id)
    flash(_("The trajectory is closed. Everybody in it can still read it."))
    return see_other(url_for(".show", trajectory_id=trajectory_id))


@routes.post("/reopen")
@needs(LEAD_TRAJECTORY)
def reopen(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Let it go on after all."""
    trajectory = authorised(find_trajectory(trajectory_id, to_write=True))
    try:
        service.reopen(trajectory, get_actor().person_id)
    except TooLate:
        late = _("It was closed too long ago. Start the next trajectory from it instead.")
        return _page(trajectory, late), 409
    flash(_("The trajectory goes on."))
    return see_other(url_for(".show", trajectory_id=trajectory_id))


def _expects_people(trajectory: TrajectoryCard) -> bool:
    """True where somebody would come to a meeting of which no mail tells any more."""
    has_next = next_of(meetings_of(trajectory.id), now()) is not None
    return has_next and bool(trajectory.keys_taking_part) and not trajectory.is_closed


def _page(trajectory: TrajectoryCard, problem: str = "") -> str:
    closed_at, actor = trajectory.closed_at, get_actor()
    return render_template(
        "cycle/closing/closing.html",
        trajectory=trajectory,
        problem=problem,
        next_meeting=next_of(meetings_of(trajectory.id), now()),
        expects_people=_expects_people(trajectory),
        reopens_until=closed_at + REOPENS_FOR
        if closed_at and may_reopen(closed_at, now())
        else None,
        following=[
            each for each in following(trajectory.id) if READ_TRAJECTORY.opens_to(actor, each.facts)
        ],
    )
