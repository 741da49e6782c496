"""What comes before somebody writes something of their own after a meeting."""

from zetwpo.clock import now
from zetwpo.cycle.meetings.queries import MeetingCard
from zetwpo.errors import Refusal
from zetwpo.i18n import lazy_gettext as _


class NotYet(Refusal):
    """The meeting has not begun."""


def require_begun(meeting: MeetingCard) -> None:
    """Raises NotYet before a meeting begins: what is written is of the time after it."""
    if now() < meeting.starts_at:
        raise NotYet(
            _("This meeting is still to come"),
            _("You can write here from the moment at which the meeting begins."),
        )
