"""The page with the titles and dates of the trajectories of a partnership, and nothing else."""

import uuid

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import (
    READ_TEAM_MESSAGE,
    SEE_ATTENDANCE_TOTALS,
    SEE_TRAJECTORY_DATES,
)
from zetwpo.accounts.queries import find_partnership_card
from zetwpo.clock import now
from zetwpo.cycle.attendance.queries import totals_of_all
from zetwpo.cycle.meetings.queries import meetings_of_all
from zetwpo.cycle.team_message.queries import released_of_all
from zetwpo.cycle.trajectories.queries import trajectories_in

routes = Blueprint(
    "trajectory_dates", __name__, url_prefix="/partnerships/<uuid:partnership_id>/trajectories"
)


@routes.get("")
@needs(SEE_TRAJECTORY_DATES)
def overview(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """What each is called and when it meets; for a programme leader also totals, without names."""
    partnership = authorised(find_partnership_card(partnership_id))
    trajectories = trajectories_in(partnership_id)
    keys = [each.id for each in trajectories]
    sees_totals = SEE_ATTENDANCE_TOTALS.opens_to(get_actor(), partnership.facts)
    return render_template(
        "cycle/dates/dates.html",
        partnership=partnership,
        trajectories=trajectories,
        meetings=meetings_of_all(keys),
        totals=totals_of_all(keys) if sees_totals else None,
        told={
            key
            for key, each in released_of_all(trajectories).items()
            if READ_TEAM_MESSAGE.opens_to(get_actor(), each.facts)
        },
        now=now(),
    )
