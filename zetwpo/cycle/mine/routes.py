"""One's own page in a trajectory."""

import uuid

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import FIND_OWN_WORK, TAKE_PART
from zetwpo.cycle.audience.words import names
from zetwpo.cycle.mine.notices import notices_for
from zetwpo.cycle.mine.queries import find_mine, find_own_part
from zetwpo.cycle.plans.words import STATUS
from zetwpo.library.reflections import reflection_questions

routes = Blueprint("mine", __name__, url_prefix="/trajectories/<uuid:trajectory_id>/mine")


@routes.get("")
@needs(FIND_OWN_WORK)
def show(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """The next step, and below it what one wrote after each meeting; to read after leaving."""
    part = authorised(find_own_part(trajectory_id))
    me, questions = get_actor(), reflection_questions()
    mine = find_mine(part.trajectory, me)
    return render_template(
        "cycle/mine/mine.html",
        trajectory=part.trajectory,
        mine=mine,
        me=me.person_id,
        step=mine.next_step(questions, is_closed=part.trajectory.is_closed),
        questions=questions,
        status=STATUS,
        names=names,
        is_closed=me.person_id in part.back
        and mine.is_closed_since(part.trajectory.since[me.person_id]),
        takes_part=TAKE_PART.opens_to(me, part.facts),
        notices=notices_for(part.trajectory, me),
    )
