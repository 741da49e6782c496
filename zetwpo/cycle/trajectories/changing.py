"""What every page asks that changes who is in a trajectory."""

import uuid

from zetwpo.accounts.guard import authorised
from zetwpo.cycle.trajectories.queries import TrajectoryCard, find_trajectory
from zetwpo.errors import NextPage, Refusal
from zetwpo.i18n import gettext as _


def trajectory_to_change(trajectory_id: uuid.UUID) -> TrajectoryCard:
    """The trajectory, with others kept off. Raises Refusal where it is closed.

    What was said in it was said to those who were there: nobody comes in after it.
    """
    found = authorised(find_trajectory(trajectory_id, to_write=True))
    if found.is_closed:
        raise Refusal(
            _("This trajectory is closed"),
            _("Who was in it stays so: nobody comes in any more. Start a new trajectory."),
            NextPage("trajectory_people.show", _("Who is in it"), {"trajectory_id": found.id}),
        )
    return found
