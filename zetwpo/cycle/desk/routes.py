"""The facilitator's desk."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import get_actor, needs
from zetwpo.accounts.policy import SEE_DESK
from zetwpo.cycle.desk.queries import groups_of, led_by_actor
from zetwpo.cycle.desk.words import said

routes = Blueprint("desk", __name__, url_prefix="/desk")


@routes.get("")
@needs(SEE_DESK)
def show() -> ResponseReturnValue:
    """What asks attention this week, of all trajectories that this person leads."""
    led = led_by_actor(get_actor())
    groups = groups_of(led)
    return render_template(
        "cycle/desk/desk.html",
        busy=[
            (each, [said(matter, each.trajectory) for matter in each.matters])
            for each in groups
            if each.matters
        ],
        calm=[each for each in groups if not each.matters],
        closed=[each for each in led if each.is_closed],
    )
