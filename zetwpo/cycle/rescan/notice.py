"""What somebody's own page in a trajectory says of the scan once more."""

from flask import render_template
from markupsafe import Markup

from zetwpo.accounts.actors import Actor
from zetwpo.cycle.rescan.queries import asked_before
from zetwpo.cycle.trajectories.queries import TrajectoryCard


def of_person(trajectory: TrajectoryCard, person: Actor) -> Markup | None:
    """That it is time for it, for who is asked and has not begun."""
    last = asked_before(trajectory, person.person_id)
    if last is None:
        return None
    return Markup(render_template("cycle/rescan/notice.html", last=last))  # noqa: S704
