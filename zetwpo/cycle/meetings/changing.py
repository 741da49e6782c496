"""What every page asks that changes something of a meeting."""

import uuid

from zetwpo.accounts.guard import authorised
from zetwpo.cycle.meetings.queries import MeetingCard, find_meeting
from zetwpo.errors import NextPage, Refusal
from zetwpo.i18n import gettext as _


def meeting_to_change(meeting_id: uuid.UUID) -> MeetingCard:
    """The meeting, with others kept off. Raises Refusal where its trajectory is closed."""
    found = authorised(find_meeting(meeting_id, to_write=True))
    if found.trajectory.is_closed:
        raise Refusal(
            _("This trajectory is closed"),
            _("Its meetings stay as they were, and everybody in it can read them."),
            NextPage("agenda.meeting", _("To the meeting"), {"meeting_id": meeting_id}),
        )
    return found
