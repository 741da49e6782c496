"""What rooms above put on somebody's own page in a trajectory: a table that the application gives.

Those rooms know this one, and this one does not know them.
"""

from collections.abc import Callable

from flask import Flask, current_app
from markupsafe import Markup

from zetwpo.accounts.actors import Actor
from zetwpo.cycle.trajectories.queries import TrajectoryCard

KEY = "own_notices"
# Gives None where there is nothing for this person, who takes part.
Notice = Callable[[TrajectoryCard, Actor], Markup | None]


def notices_for(trajectory: TrajectoryCard, person: Actor) -> list[Markup]:
    """What there is for this person, in the order of the table."""
    table: tuple[Notice, ...] = current_app.extensions[KEY]
    found = (notice(trajectory, person) for notice in table)
    return [each for each in found if each is not None]


def init_app(app: Flask, *notices: Notice) -> None:
    """Let the page show these, in this order."""
    app.extensions[KEY] = notices
