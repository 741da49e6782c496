"""The pages of pairs: of whoever leads a trajectory, and the acts of those who are in one."""

import uuid

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import LEAD_TRAJECTORY, TAKE_PART
from zetwpo.cycle.pairs import service
from zetwpo.cycle.pairs.queries import find_pair, pairs_in
from zetwpo.cycle.pairs.service import NotFree, WrongSize
from zetwpo.cycle.trajectories.changing import trajectory_to_change
from zetwpo.cycle.trajectories.forms import chosen_people
from zetwpo.cycle.trajectories.queries import TrajectoryCard, find_trajectory
from zetwpo.i18n import gettext as _
from zetwpo.i18n import listed
from zetwpo.web import see_other

routes = Blueprint("pairs", __name__)


@routes.get("/trajectories/<uuid:trajectory_id>/pairs")
@needs(LEAD_TRAJECTORY)
def show(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """The pairs, and a form to propose one."""
    return _page(authorised(find_trajectory(trajectory_id)))


@routes.post("/trajectories/<uuid:trajectory_id>/pairs")
@needs(LEAD_TRAJECTORY)
def propose(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Propose a pair to those who would be in it."""
    trajectory = trajectory_to_change(trajectory_id)
    people = chosen_people()
    try:
        service.propose(trajectory, people, get_actor().person_id)
    except WrongSize:
        return _page(trajectory, _("Choose two people, or three."), people), 422
    except NotFree:
        problem = _("One of them is in a pair already, or no longer takes part.")
        return _page(trajectory, problem, people), 422
    flash(_("They find the proposal on their own page. Each of them decides."))
    return see_other(url_for(".show", trajectory_id=trajectory_id))


@routes.post("/pairs/<uuid:pair_id>/dissolve")
@needs(LEAD_TRAJECTORY)
def dissolve(pair_id: uuid.UUID) -> ResponseReturnValue:
    """Think of them as a pair no more."""
    pair = authorised(find_pair(pair_id, to_write=True))
    service.dissolve(pair, get_actor().person_id)
    flash(_("They are no pair any more."))
    return see_other(url_for(".show", trajectory_id=pair.trajectory.id))


@routes.post("/pairs/<uuid:pair_id>/agree")
@needs(TAKE_PART)
def agree(pair_id: uuid.UUID) -> ResponseReturnValue:
    """Agree to be in it."""
    pair, me = authorised(find_pair(pair_id, to_write=True)), get_actor().person_id
    service.agree(pair, me)
    agreed = [each.name for each in pair.others(me) if pair.has_agreed(each.id)]
    if agreed:
        flash(
            _("You agreed, and so did %(names)s: you see each other's plan.", names=listed(agreed))
        )
    else:
        flash(_("You agreed. Once the other agrees as well, you see each other's plan."))
    return see_other(url_for("mine.show", trajectory_id=pair.trajectory.id))


@routes.post("/pairs/<uuid:pair_id>/stop")
@needs(TAKE_PART)
def stop(pair_id: uuid.UUID) -> ResponseReturnValue:
    """Be in it no more."""
    pair = authorised(find_pair(pair_id, to_write=True))
    service.stop(pair, get_actor().person_id)
    flash(_("You stopped it. From now on you do not see each other's plan by it."))
    return see_other(url_for("mine.show", trajectory_id=pair.trajectory.id))


def _page(
    trajectory: TrajectoryCard, problem: str = "", chosen: set[uuid.UUID] | None = None
) -> str:
    pairs = pairs_in(trajectory)
    return render_template(
        "cycle/pairs/pairs.html",
        trajectory=trajectory,
        pairs=pairs,
        free=service.free_in(trajectory, pairs),
        problem=problem,
        chosen=chosen or set(),
    )
