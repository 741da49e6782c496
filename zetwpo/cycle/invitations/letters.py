"""The mail of an invitation to a trajectory, put together when it leaves."""

from zetwpo.accounts.queries import find_partnership_card
from zetwpo.clock import now
from zetwpo.cycle.invitations.queries import KIND, find_invitation
from zetwpo.cycle.invitations.rules import Status
from zetwpo.cycle.meetings.queries import meetings_of
from zetwpo.cycle.meetings.rules import next_of
from zetwpo.i18n import as_language, day, weekday_moment, writing_in
from zetwpo.mail.composing import Composer, Content, Due
from zetwpo.web import public_address


def _invitation(mail: Due) -> Content | None:
    """None where it was answered or withdrawn, or the trajectory is closed."""
    found = find_invitation(mail.about_id) if mail.about_id else None
    if found is None or found.status is not Status.OPEN or found.trajectory.is_closed:
        return None
    place = find_partnership_card(found.partnership_id)
    meetings = meetings_of(found.trajectory_id)
    first = next_of(meetings, now())
    with writing_in(as_language(found.language)):
        begins = weekday_moment(first.starts_at) if first else ""
        until = day(found.state.expires_at)
    return Content(
        {
            "name": found.name,
            "by": found.invited_by,
            "partnership": place.name if place else "",
            "title": found.trajectory.title,
            "meetings": str(len(meetings)),
            "begins": begins,
            "until": until,
        },
        {"url": public_address("trajectory_invitations.landing", token=found.word)},
        partnership_id=found.partnership_id,
    )


COMPOSERS: dict[str, Composer] = {KIND: _invitation}
