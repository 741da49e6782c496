"""The page of the reminder halfway: when it goes, how it reads, and what to change of it."""

import uuid

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import LEAD_TRAJECTORY
from zetwpo.cycle.halfway import service
from zetwpo.cycle.halfway.forms import HalfwayForm
from zetwpo.cycle.halfway.preview import preview
from zetwpo.cycle.halfway.queries import gaps_of, reminder_of
from zetwpo.cycle.halfway.service import NothingAhead
from zetwpo.cycle.meetings.changing import meeting_to_change
from zetwpo.cycle.trajectories.changing import require_open
from zetwpo.cycle.trajectories.queries import TrajectoryCard, find_trajectory
from zetwpo.edits import Fields, Overtaken
from zetwpo.i18n import gettext as _
from zetwpo.web import see_other

routes = Blueprint("halfway", __name__)


@routes.get("/trajectories/<uuid:trajectory_id>/halfway")
@needs(LEAD_TRAJECTORY)
def show(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """When it goes between which meetings, and how it reads: not to whom."""
    trajectory = authorised(find_trajectory(trajectory_id))
    form = HalfwayForm(formdata=None)
    form.show(reminder_of(trajectory_id).fields)
    return _page(trajectory, form)


@routes.post("/trajectories/<uuid:trajectory_id>/halfway")
@needs(LEAD_TRAJECTORY)
def change(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Word it, or switch it off; where a colleague was faster, let the sender choose."""
    trajectory = authorised(find_trajectory(trajectory_id, to_write=True))
    require_open(trajectory, _("No reminders go any more, so there is nothing to change."))
    form = HalfwayForm()
    if not form.validate():
        return _page(trajectory, form), 422
    try:
        service.change(trajectory, form.sent, get_actor().person_id)
    except Overtaken as clash:
        return _page(trajectory, form, form.let_choose(clash)), 409
    flash(_("Saved."))
    return see_other(url_for(".show", trajectory_id=trajectory_id))


@routes.post("/meetings/<uuid:meeting_id>/halfway/skip")
@needs(LEAD_TRAJECTORY)
def skip(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Let it not go after this meeting."""
    return _skip(meeting_id, is_skipped=True)


@routes.post("/meetings/<uuid:meeting_id>/halfway/want")
@needs(LEAD_TRAJECTORY)
def want(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Let it go after this meeting after all."""
    return _skip(meeting_id, is_skipped=False)


def _skip(meeting_id: uuid.UUID, *, is_skipped: bool) -> ResponseReturnValue:
    meeting = meeting_to_change(meeting_id)
    gap = next((each for each in gaps_of(meeting.trajectory) if each.id == meeting_id), None)
    try:
        service.skip(gap, get_actor().person_id, is_skipped=is_skipped)
    except NothingAhead:
        flash(_("It went already, or no meeting follows. So nothing changes."), "error")
    else:
        flash(_("It does not go this time.") if is_skipped else _("It goes."))
    return see_other(url_for(".show", trajectory_id=meeting.trajectory_id))


def _page(trajectory: TrajectoryCard, form: HalfwayForm, elsewhere: Fields | None = None) -> str:
    stored = reminder_of(trajectory.id)
    gaps = gaps_of(trajectory)
    # What comes next, or the last one that went.
    shown = next((each for each in gaps if each.is_ahead), gaps[0] if gaps else None)
    return render_template(
        "cycle/halfway/halfway.html",
        trajectory=trajectory,
        form=form,
        elsewhere=elsewhere or {},
        is_on=stored.is_on,
        gaps=gaps,
        preview=preview(trajectory, shown.until, stored.text) if shown else None,
    )
