"""What the pages of a meeting say of what was agreed there, and the time before."""

from markupsafe import Markup

from zetwpo.accounts.actors import Actor
from zetwpo.accounts.policy import WRITE_AGREEMENTS
from zetwpo.clock import now, today
from zetwpo.cycle.agreements.queries import agreements_of
from zetwpo.cycle.agreements.words import in_words
from zetwpo.cycle.meetings.parts import MeetingPart, Spot, filled
from zetwpo.cycle.meetings.queries import MeetingCard, meeting_before
from zetwpo.i18n import lazy_gettext as _

ON_MEETING = "agreements/on_meeting"


def _left_behind(meeting: MeetingCard, actor: Actor) -> Markup | None:
    """What it leaves behind; for whoever leads it also the way to write that down.

    Before its day there is nothing to say of it, unless somebody wrote something all the same.
    """
    agreed = in_words(meeting, agreements_of(meeting.id))
    if agreed.is_empty and meeting.is_after(today()):
        return None
    return filled(
        ON_MEETING,
        agreed=agreed,
        meeting=meeting,
        may_write=WRITE_AGREEMENTS.opens_to(actor, meeting.facts),
    )


def _last_time(meeting: MeetingCard, _actor: Actor) -> Markup | None:
    """The homework of the meeting before, with who brings it in, and what was to come next."""
    before = meeting_before(meeting)
    if before is None:
        return None
    agreed = in_words(meeting, agreements_of(before.id))
    if agreed.is_empty:
        return None
    return filled(ON_MEETING, agreed=agreed, meeting=None, may_write=False)


def _still_to_do(meeting: MeetingCard, actor: Actor) -> Markup | None:
    """The same, until it is over: from then on its own agreements count."""
    return _last_time(meeting, actor) if now() < meeting.ends_at else None


LAST_TIME = _("Agreed last time")
PARTS = (
    MeetingPart("last-time", Spot.PAGE, LAST_TIME, _still_to_do),
    MeetingPart("last-time", Spot.PREPARATION, LAST_TIME, _last_time),
    MeetingPart("last-time", Spot.PAPER, LAST_TIME, _last_time),
    MeetingPart("agreements", Spot.PAGE, _("Agreements and notes"), _left_behind),
)
