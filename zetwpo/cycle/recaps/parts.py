"""What the pages of a meeting say of its recap, and of that of the meeting before."""

from markupsafe import Markup

from zetwpo.accounts.actors import Actor
from zetwpo.accounts.policy import WRITE_RECAP
from zetwpo.clock import now
from zetwpo.cycle.meetings.parts import MeetingPart, Spot, filled
from zetwpo.cycle.meetings.queries import MeetingCard, meeting_before
from zetwpo.cycle.recaps.queries import recaps_of_all, sent_recap_of
from zetwpo.i18n import lazy_gettext as _


def _on_page(meeting: MeetingCard, actor: Actor) -> Markup | None:
    """As it was sent, for everybody; before that the way to write it, for whoever leads."""
    writes = WRITE_RECAP.opens_to(actor, meeting.facts) and not meeting.trajectory.is_closed
    recap = sent_recap_of(meeting)
    if recap is None and (not writes or now() < meeting.starts_at):
        return None
    due_on = recaps_of_all([meeting.id])[meeting.id].due_on
    return filled("recaps/on_meeting", recap=recap, meeting=meeting, due_on=due_on, writes=writes)


def _on_moving(meeting: MeetingCard, _actor: Actor) -> Markup | None:
    """That a recap told the group of this date, where one did."""
    before = meeting_before(meeting)
    if before is None or not recaps_of_all([before.id])[before.id].sent_at:
        return None
    return filled("recaps/on_moving", before=before)


PARTS = (
    MeetingPart("recap", Spot.PAGE, _("Recap"), _on_page),
    MeetingPart("recap", Spot.MOVING, _("The recap named this date"), _on_moving),
)
