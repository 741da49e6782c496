"""What the pages of a meeting say of what people bring along, and the way to one's own work."""

from markupsafe import Markup

from zetwpo.accounts.actors import Actor
from zetwpo.accounts.policy import TAKE_PART
from zetwpo.clock import now
from zetwpo.cycle.meetings.parts import MeetingPart, Spot, filled
from zetwpo.cycle.meetings.queries import MeetingCard
from zetwpo.cycle.reflection.queries import sentences_for
from zetwpo.i18n import lazy_gettext as _


def _sentences(meeting: MeetingCard, actor: Actor) -> Markup | None:
    """The sentences that people bring to it, as far as this person reads them."""
    sentences = sentences_for(meeting, actor)
    if not sentences:
        return None
    return filled("mine/sentences", sentences=sentences, meeting=meeting)


def _own(meeting: MeetingCard, actor: Actor) -> Markup | None:
    """For who takes part, from when the meeting begins."""
    has_begun = meeting.starts_at <= now()
    if not has_begun or not TAKE_PART.opens_to(actor, meeting.facts):
        return None
    return filled("mine/on_meeting", meeting=meeting)


ALONG = _("One sentence of each who brought one")
PARTS = (
    MeetingPart("along", Spot.PAGE, ALONG, _sentences),
    MeetingPart("along", Spot.PREPARATION, ALONG, _sentences),
    MeetingPart("mine", Spot.PAGE, _("For yourself"), _own),
)
