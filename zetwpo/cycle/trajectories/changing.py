"""What every page asks that changes something of a trajectory."""

import uuid

from zetwpo.accounts.guard import authorised
from zetwpo.cycle.trajectories.queries import TrajectoryCard, find_trajectory
from zetwpo.errors import NextPage, Refusal
from zetwpo.i18n import gettext as _


class IsClosed(Refusal):
    """A trajectory that has ended is there to be read."""

    def __init__(self, trajectory: TrajectoryCard, text: str, back: NextPage | None) -> None:
        super().__init__(
            _("This trajectory is closed"),
            text or _("Everybody in it can still read it. Nothing changes in it any more."),
            back
            or NextPage("overview.show", _("To the trajectory"), {"trajectory_id": trajectory.id}),
        )


def require_open(
    trajectory: TrajectoryCard, text: str = "", back: NextPage | None = None
) -> TrajectoryCard:
    """The same trajectory. Raises IsClosed where it has ended.

    `text` says what that means for one page, and `back` leads to where it can be read.
    """
    if trajectory.is_closed:
        raise IsClosed(trajectory, text, back)
    return trajectory


def trajectory_to_change(trajectory_id: uuid.UUID) -> TrajectoryCard:
    """The trajectory, with others kept off. Raises IsClosed where it has ended."""
    return require_open(authorised(find_trajectory(trajectory_id, to_write=True)))
