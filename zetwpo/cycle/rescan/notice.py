"""What somebody's own page in a trajectory says of the scan once more."""

from markupsafe import Markup

from zetwpo.accounts.actors import Actor
from zetwpo.cycle.meetings.parts import filled
from zetwpo.cycle.rescan.queries import asked_before
from zetwpo.cycle.trajectories.queries import TrajectoryCard


def of_person(trajectory: TrajectoryCard, person: Actor) -> Markup | None:
    """That it is time for it, for who is asked and has not begun."""
    last = asked_before(trajectory, person.person_id)
    if last is None:
        return None
    return filled("rescan/notice", last=last)
