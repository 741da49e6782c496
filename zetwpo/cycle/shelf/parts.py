"""What the pages of a meeting say of what is to be read for it."""

from markupsafe import Markup

from zetwpo.accounts.actors import Actor
from zetwpo.accounts.policy import LEAD_TRAJECTORY
from zetwpo.cycle.meetings.parts import MeetingPart, Spot, filled
from zetwpo.cycle.meetings.queries import MeetingCard
from zetwpo.cycle.shelf.queries import reading_for
from zetwpo.i18n import lazy_gettext as _


def _to_read(meeting: MeetingCard, actor: Actor) -> Markup | None:
    """What is to be read, and for whoever leads the group the way to choose it."""
    may_choose = not meeting.trajectory.is_closed and LEAD_TRAJECTORY.opens_to(actor, meeting.facts)
    return _part(meeting, may_choose=may_choose)


def _on_paper(meeting: MeetingCard, _actor: Actor) -> Markup | None:
    return _part(meeting, may_choose=False)


def _part(meeting: MeetingCard, *, may_choose: bool) -> Markup | None:
    items = reading_for([meeting.id])[meeting.id]
    if not items and not may_choose:
        return None
    return filled("shelf/on_meeting", items=items, meeting=meeting, may_choose=may_choose)


TO_READ = _("To read for this meeting")
PARTS = (
    MeetingPart("to-read", Spot.PAGE, TO_READ, _to_read),
    MeetingPart("to-read", Spot.PREPARATION, TO_READ, _to_read),
    MeetingPart("to-read", Spot.PAPER, TO_READ, _on_paper),
)
