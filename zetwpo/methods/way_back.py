"""The way back to the agenda, or to the group, from where somebody came to look for a method."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask import request

from zetwpo.accounts.guard import get_actor
from zetwpo.accounts.policy import LEAD_TRAJECTORY, READ_TRAJECTORY
from zetwpo.cycle.agenda.queries import ShownBlock, find_block
from zetwpo.cycle.meetings.queries import MeetingCard, find_meeting
from zetwpo.cycle.trajectories.queries import TrajectoryCard, find_trajectory
from zetwpo.fields import as_key

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class WayBack:
    """From where somebody came, as far as it opens to them."""

    trajectory: TrajectoryCard
    meeting: MeetingCard | None = None
    block: ShownBlock | None = None

    @property
    def args(self) -> dict[str, str]:
        """What goes along in the addresses of the library, so that the way back stays there."""
        if self.meeting is None:
            return {"trajectory": str(self.trajectory.id)}
        of_block = {"block": str(self.block.block.id)} if self.block else {}
        return {"meeting": str(self.meeting.id), **of_block}

    @property
    def may_choose(self) -> bool:
        """True where a card can be put into the agenda: into the block from which they came."""
        if self.block is None or self.trajectory.is_closed or self.block.block.is_dropped:
            return False
        return LEAD_TRAJECTORY.opens_to(get_actor(), self.trajectory.facts)


def find_way_back(partnership_id: uuid.UUID) -> WayBack | None:
    """What the address says; None where that is nothing here, or opens to whoever looks no more."""
    meeting = _found("meeting", find_meeting)
    trajectory = meeting.trajectory if meeting else _found("trajectory", find_trajectory)
    if trajectory is None or trajectory.partnership_id != partnership_id:
        return None
    if not READ_TRAJECTORY.opens_to(get_actor(), trajectory.facts):
        return None
    in_meeting = _found("block", lambda key: find_block(meeting, key)) if meeting else None
    return WayBack(trajectory, meeting, in_meeting.shown if in_meeting else None)


def _found(name: str, find: Callable[[uuid.UUID], Thing | None]) -> Thing | None:
    """The thing whose key stands in the address under this name."""
    key = as_key(request.args.get(name))
    return find(key) if key else None
