"""What the pages of a meeting say of who was there."""

from markupsafe import Markup

from zetwpo.accounts.actors import Actor
from zetwpo.accounts.policy import RECORD_ATTENDANCE
from zetwpo.clock import now
from zetwpo.cycle.attendance.queries import lines_of, own_presence, with_attendance
from zetwpo.cycle.attendance.rules import Presence, open_presences
from zetwpo.cycle.attendance.words import OWN_WORDS
from zetwpo.cycle.meetings.parts import MeetingPart, Spot, filled
from zetwpo.cycle.meetings.queries import MeetingCard
from zetwpo.i18n import lazy_gettext as _

ON_MEETING = "attendance/on_meeting"


def _render(meeting: MeetingCard, actor: Actor) -> Markup | None:
    """The way to the taps for whoever leads the meeting; for who takes part their own line."""
    if RECORD_ATTENDANCE.opens_to(actor, meeting.facts):
        lines = lines_of(meeting)
        return filled(
            ON_MEETING,
            meeting=meeting,
            own=None,
            has_begun=Presence.PRESENT in open_presences(meeting.starts_at, now()),
            is_begun=any(each.noted for each in lines),
            is_complete=all(each.noted for each in lines),
        )
    noted = own_presence(meeting.id, actor.person_id)
    return filled(ON_MEETING, own=OWN_WORDS[noted]) if noted else None


def _before_it_moves(meeting: MeetingCard, _actor: Actor) -> Markup | None:
    """That what is noted goes with the day, for whoever moves it."""
    if not with_attendance([meeting.id]):
        return None
    return filled("attendance/before_it_moves")


PARTS = (
    MeetingPart("attendance", Spot.PAGE, _("Who was there"), _render),
    MeetingPart("attendance", Spot.MOVING, _("Noted for this day"), _before_it_moves),
)
