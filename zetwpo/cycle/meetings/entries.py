"""A meeting as it stands in the calendar of somebody in the trajectory, in their language."""

import uuid

from zetwpo.cycle.meetings.changes import Told
from zetwpo.cycle.meetings.ics import Entry
from zetwpo.cycle.trajectories.queries import TrajectoryCard
from zetwpo.i18n import gettext as _
from zetwpo.web import public_address


def entry_of(trajectory: TrajectoryCard, meeting_id: uuid.UUID, told: Told) -> Entry:
    """The title, place and page of it; nobody's name."""
    title = _("Meeting %(number)s: %(title)s", number=told.number, title=trajectory.title)
    address = public_address("overview.show", trajectory_id=str(trajectory.id))
    return Entry(meeting_id, told.sequence, title, told.slot, told.place, address)
