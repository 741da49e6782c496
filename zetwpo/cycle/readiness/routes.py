"""The page before meeting one: done or not yet for each participant, and one button."""

import uuid

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import SEE_READINESS
from zetwpo.clock import now
from zetwpo.cycle.meetings.queries import meetings_of
from zetwpo.cycle.meetings.rules import next_of
from zetwpo.cycle.readiness import service
from zetwpo.cycle.readiness.queries import lines_of, to_remind
from zetwpo.cycle.readiness.service import NothingAhead
from zetwpo.cycle.trajectories.queries import find_trajectory
from zetwpo.i18n import gettext as _
from zetwpo.i18n import ngettext
from zetwpo.web import see_other

routes = Blueprint("readiness", __name__, url_prefix="/trajectories/<uuid:trajectory_id>/readiness")


@routes.get("")
@needs(SEE_READINESS)
def show(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Everybody who takes part, with whether their scan and question are there."""
    trajectory = authorised(find_trajectory(trajectory_id))
    lines = lines_of(trajectory)
    return render_template(
        "cycle/readiness/readiness.html",
        trajectory=trajectory,
        lines=lines,
        waiting=sum(each.waits for each in lines),
        next_meeting=next_of(meetings_of(trajectory_id), now()),
        reached=len(to_remind(trajectory, lines)),
    )


@routes.post("/remind")
@needs(SEE_READINESS)
def remind(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Remind those who are not ready; nobody twice a week, whoever clicks and how often."""
    trajectory = authorised(find_trajectory(trajectory_id))
    try:
        count = service.remind(trajectory, get_actor().person_id)
    except NothingAhead:
        flash(_("All meetings are over. Nobody needs a reminder any more."), "error")
        return see_other(url_for(".show", trajectory_id=trajectory_id))
    flash(
        ngettext("A reminder goes to one person.", "A reminder goes to %(num)s people.", count)
        if count
        else _("Nobody needs a reminder now: who is not ready got one less than a week ago.")
    )
    return see_other(url_for(".show", trajectory_id=trajectory_id))
