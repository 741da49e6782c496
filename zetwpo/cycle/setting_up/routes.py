"""The pages on which a trajectory is made, and what it is called is changed."""

import uuid

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import LEAD_TRAJECTORY, START_TRAJECTORY
from zetwpo.accounts.queries import PartnershipCard, find_partnership_card
from zetwpo.cycle.setting_up import service
from zetwpo.cycle.setting_up.forms import NewForm, SettingsForm
from zetwpo.cycle.setting_up.service import Dates
from zetwpo.cycle.trajectories import service as trajectories
from zetwpo.cycle.trajectories.changing import trajectory_to_change
from zetwpo.cycle.trajectories.queries import TrajectoryCard, find_trajectory
from zetwpo.edits import Fields, Overtaken
from zetwpo.i18n import gettext as _
from zetwpo.web import see_other

routes = Blueprint("setting_up", __name__)


@routes.get("/partnerships/<uuid:partnership_id>/trajectories/new")
@needs(START_TRAJECTORY)
def new(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """Ask what a trajectory needs to begin."""
    return _new(authorised(find_partnership_card(partnership_id)), NewForm(formdata=None))


@routes.post("/partnerships/<uuid:partnership_id>/trajectories/new")
@needs(START_TRAJECTORY)
def begin(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """Begin it, led by whoever does; next its people are chosen."""
    partnership = authorised(find_partnership_card(partnership_id))
    form = NewForm()
    if not form.validate():
        return _new(partnership, form), 422
    dates = Dates(form.first_day.data, form.begins.data, form.count.data, form.place.data or "")
    key = form.key_in(partnership_id)
    service.set_up(key, partnership.id, form.frame, dates, get_actor().person_id)
    flash(_("The trajectory is there, with its meetings. Now choose who takes part."))
    return see_other(url_for("trajectory_people.show", trajectory_id=key))


@routes.get("/trajectories/<uuid:trajectory_id>/settings")
@needs(LEAD_TRAJECTORY)
def settings(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """What it is called, and whether it is voluntary."""
    trajectory = authorised(find_trajectory(trajectory_id))
    form = SettingsForm(formdata=None)
    form.show(trajectory.fields)
    return _settings(trajectory, form)


@routes.post("/trajectories/<uuid:trajectory_id>/settings")
@needs(LEAD_TRAJECTORY)
def change(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Change it; where the other facilitator was faster, let the sender choose."""
    trajectory = trajectory_to_change(trajectory_id)
    form = SettingsForm()
    if not form.validate():
        return _settings(trajectory, form), 422
    try:
        trajectories.change(trajectory, form.sent, get_actor().person_id)
    except Overtaken as clash:
        return _settings(trajectory, form, form.let_choose(clash)), 409
    flash(_("Saved."))
    return see_other(url_for("overview.show", trajectory_id=trajectory_id))


def _new(partnership: PartnershipCard, form: NewForm) -> str:
    return render_template("cycle/setting_up/new.html", partnership=partnership, form=form)


def _settings(
    trajectory: TrajectoryCard, form: SettingsForm, elsewhere: Fields | None = None
) -> str:
    return render_template(
        "cycle/setting_up/settings.html",
        trajectory=trajectory,
        form=form,
        elsewhere=elsewhere or {},
    )
