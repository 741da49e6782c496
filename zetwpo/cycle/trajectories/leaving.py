"""What rooms above do where somebody is in a trajectory no more: the application hands it over.

Those rooms know this one, and this one does not know them.
"""

import uuid
from collections.abc import Callable

from flask import Flask, current_app

from zetwpo.cycle.trajectories.queries import Part, TrajectoryCard

KEY = "trajectory_farewells"
# Gets the trajectory, how somebody was in it, and what makes it this time and no other.
Farewell = Callable[[TrajectoryCard, Part, uuid.UUID], None]


def say_farewell(trajectory: TrajectoryCard, part: Part, reason: uuid.UUID) -> None:
    """Do what there is to do, in the transaction in which they leave; it was read to write."""
    farewells: tuple[Farewell, ...] = current_app.extensions[KEY]
    for each in farewells:
        each(trajectory, part, reason)


def init_app(app: Flask, *farewells: Farewell) -> None:
    """Let these hear of it, in this order."""
    app.extensions[KEY] = farewells
