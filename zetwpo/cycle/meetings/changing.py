"""What every page asks that changes something of a meeting."""

import uuid

from zetwpo.accounts.guard import authorised
from zetwpo.cycle.meetings.queries import MeetingCard, find_meeting
from zetwpo.cycle.trajectories.changing import require_open
from zetwpo.errors import NextPage
from zetwpo.i18n import gettext as _


def meeting_to_change(meeting_id: uuid.UUID) -> MeetingCard:
    """The meeting, with others kept off. Raises IsClosed where its trajectory is closed."""
    found = authorised(find_meeting(meeting_id, to_write=True))
    require_open(
        found.trajectory,
        _("Its meetings stay as they were, and everybody in it can read them."),
        NextPage("agenda.meeting", _("To the meeting"), {"meeting_id": meeting_id}),
    )
    return found
