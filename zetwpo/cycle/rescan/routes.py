"""The page on which somebody sees how they grew, beside the questions that were worked on."""

import uuid

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import FIND_OWN_WORK
from zetwpo.clock import now
from zetwpo.cycle.common_question.showing import STEPS
from zetwpo.cycle.mine.queries import find_own_part
from zetwpo.cycle.rescan.evolution import evolution_of
from zetwpo.cycle.rescan.queries import asked_before

routes = Blueprint(
    "evolution", __name__, url_prefix="/trajectories/<uuid:trajectory_id>/then-and-now"
)


@routes.get("")
@needs(FIND_OWN_WORK)
def show(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """One's own questions and those of the group, and how the scan went beside them."""
    part = authorised(find_own_part(trajectory_id))
    me = get_actor()
    return render_template(
        "cycle/rescan/evolution.html",
        trajectory=part.trajectory,
        evolution=evolution_of(part.trajectory, me),
        steps=STEPS,
        last=asked_before(part.trajectory, me.person_id),
        actor=me,
        printed_at=now(),
    )
