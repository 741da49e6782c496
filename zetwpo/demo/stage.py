"""What a trajectory of the demo is laid out on: who is who in it, and what time it is meanwhile."""

import uuid
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from zetwpo import clock
from zetwpo.cycle.meetings.queries import MeetingCard, MeetingRow, find_meeting
from zetwpo.cycle.trajectories.queries import TrajectoryCard, find_trajectory

Found = TypeVar("Found")


@dataclass(frozen=True)
class Stage:
    """One trajectory that is being laid out, by the keys of its people."""

    trajectory_id: uuid.UUID
    ids: Mapping[str, uuid.UUID]
    # By whom the work of who leads it is done.
    leader_id: uuid.UUID
    # When the demo is laid out: nothing happens after that.
    start: datetime

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        """As if it is this moment, or now where that is still to come."""
        with clock.as_if(min(moment, self.start)):
            yield

    def ids_of(self, people: Collection[str]) -> list[uuid.UUID]:
        """The keys of these people."""
        return [self.ids[each] for each in people]

    @property
    def trajectory(self) -> TrajectoryCard:
        """The trajectory as it is by now. Raises LookupError."""
        return _there(find_trajectory(self.trajectory_id, to_write=True))

    def meeting(self, row: MeetingRow) -> MeetingCard:
        """One of its meetings, to change something of it. Raises LookupError."""
        return _there(find_meeting(row.id, to_write=True))


def _there(found: Found | None) -> Found:
    if found is None:
        raise LookupError("the demo did not lay this out")
    return found
