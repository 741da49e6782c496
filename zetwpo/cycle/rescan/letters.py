"""What the invitation for the scan once more says: put together when it leaves, if still needed."""

from zetwpo.accounts.queries import get_people
from zetwpo.clock import now
from zetwpo.cycle.meetings.queries import meetings_of
from zetwpo.cycle.meetings.school_time import wait_for_school
from zetwpo.cycle.rescan.queries import span_in, to_ask
from zetwpo.cycle.rescan.service import INVITATION
from zetwpo.cycle.trajectories.queries import find_stay, find_trajectory
from zetwpo.i18n import as_language, weekday_moment, writing_in
from zetwpo.mail.composing import Composer, Content, Due, PutOff
from zetwpo.mail.service import Addressee
from zetwpo.web import public_address


def _invitation(mail: Due) -> Content | PutOff | None:
    """Only to who still takes part, has not begun again, and has a last meeting to come."""
    stay = find_stay(mail.about_id) if mail.about_id else None
    trajectory = find_trajectory(stay.trajectory_id) if stay else None
    if stay is None or trajectory is None or trajectory.is_closed:
        return None
    span = span_in(meetings_of(trajectory.id))
    if span is None or span.asks_from is None or span.last <= now():
        return None
    if span.asks_from > now():
        # The last meeting moved, or another one came after it.
        return PutOff(span.asks_from)
    if stay.person_id not in {each.id for each in to_ask(trajectory, span)}:
        return None
    if later := wait_for_school(trajectory.partnership_id, now(), span.last):
        return later
    person = get_people([stay.person_id])[stay.person_id]
    language = as_language(person.language)
    with writing_in(language):
        when = weekday_moment(span.last)
    values = {
        "person": person.name,
        "trajectory": trajectory.title,
        "when": when,
        "url": public_address("home.start"),
    }
    to = Addressee(person.email, language)
    return Content(values, to=to, partnership_id=trajectory.partnership_id)


COMPOSERS: dict[str, Composer] = {INVITATION: _invitation}
