"""What the reminder before meeting one says: put together when it leaves, if it is still needed."""

import uuid

from zetwpo.accounts.colleagues import Colleague
from zetwpo.clock import now
from zetwpo.cycle.meetings.queries import meetings_of
from zetwpo.cycle.meetings.rules import next_of
from zetwpo.cycle.meetings.school_time import wait_for_school
from zetwpo.cycle.readiness.queries import REMINDER, lines_of
from zetwpo.cycle.trajectories.queries import TrajectoryCard, find_stay, find_trajectory
from zetwpo.i18n import as_language, weekday_moment, writing_in
from zetwpo.mail.composing import Composer, Content, Due, PutOff
from zetwpo.web import public_address


def _reminder(mail: Due) -> Content | PutOff | None:
    """Only to who still takes part and is not ready, from somebody who still leads the group."""
    stay = find_stay(mail.about_id) if mail.about_id else None
    trajectory = find_trajectory(stay.trajectory_id) if stay else None
    if stay is None or trajectory is None or trajectory.is_closed:
        return None
    meeting = next_of(meetings_of(trajectory.id), now())
    line = next((each for each in lines_of(trajectory) if each.person.id == stay.person_id), None)
    sender = _sender(trajectory, uuid.UUID(mail.values["by"]))
    if meeting is None or sender is None or line is None or not line.readiness or not line.waits:
        return None
    if later := wait_for_school(trajectory.partnership_id, now(), meeting.starts_at):
        return later
    with writing_in(as_language(mail.language)):
        when = weekday_moment(meeting.starts_at)
    values = {
        "person": line.person.name,
        "facilitator": sender.name,
        "trajectory": trajectory.title,
        "number": str(meeting.number),
        "when": when,
        # Empty where it is there.
        "scan": "" if line.readiness.scan else "y",
        "question": "" if line.readiness.question else "y",
        "url": public_address("home.start"),
    }
    return Content(values, partnership_id=trajectory.partnership_id)


def _sender(trajectory: TrajectoryCard, wanted: uuid.UUID) -> Colleague | None:
    """Whoever clicked, or who leads the group in their place by now."""
    leading = trajectory.leading
    return next((each for each in leading if each.id == wanted), next(iter(leading), None))


COMPOSERS: dict[str, Composer] = {REMINDER: _reminder}
