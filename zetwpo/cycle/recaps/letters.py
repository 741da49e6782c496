"""The mail with a recap, or with what was not right in one: put together when it leaves."""

import uuid

from zetwpo.accounts.colleagues import Colleague, get_colleagues
from zetwpo.accounts.policy import READ_TRAJECTORY
from zetwpo.clock import now
from zetwpo.cycle.meetings import words
from zetwpo.cycle.meetings.queries import find_meeting
from zetwpo.cycle.meetings.school_time import wait_for_school
from zetwpo.cycle.recaps.queries import Correction, Recap, sent_recap_of
from zetwpo.cycle.trajectories.queries import Part, find_part, find_stay
from zetwpo.cycle.trajectories.rules import Stay
from zetwpo.i18n import as_language, writing_in
from zetwpo.mail.composing import Composer, Content, Due, PutOff
from zetwpo.web import public_address

RECAP = "recap"


def _recap(mail: Due) -> Content | PutOff | None:
    """To whoever is still in the group: also after its last meeting, when it is closed."""
    # Whoever takes part again by now, or leads it, was in it when this was sent.
    part = find_part(mail.about_id) or find_stay(mail.about_id) if mail.about_id else None
    meeting = find_meeting(uuid.UUID(mail.values["meeting"]))
    recap = sent_recap_of(meeting) if meeting else None
    reader = _find_reader(part, recap) if part and recap else None
    if recap is None or reader is None:
        return None
    moment, following = now(), recap.following
    ahead = following.starts_at if following and following.starts_at > moment else None
    partnership_id = recap.meeting.trajectory.partnership_id
    if later := wait_for_school(partnership_id, moment, ahead):
        return later
    with writing_in(as_language(mail.language)):
        return _content(recap, reader, _correction(recap, mail))


def _find_reader(part: Part | Stay, recap: Recap) -> Colleague | None:
    trajectory = recap.meeting.trajectory
    if part.trajectory_id != trajectory.id:
        return None
    person = get_colleagues([part.person_id], trajectory.partnership_id).get(part.person_id)
    if person is None or not READ_TRAJECTORY.opens_to(person.actor, trajectory.facts):
        return None
    return person


def _correction(recap: Recap, mail: Due) -> Correction | None:
    wanted = mail.values.get("correction")
    return next((each for each in recap.corrections if str(each.id) == wanted), None)


def _content(recap: Recap, reader: Colleague, correction: Correction | None) -> Content:
    """In the language that is being written; what somebody wrote is as they wrote it."""
    meeting, letter = recap.meeting, recap.letter
    values = {
        **letter.texts,
        "name": reader.name,
        "trajectory": meeting.trajectory.title,
        "number": str(meeting.number),
        "when": words.when(meeting.slot),
        "next": words.when(letter.following.slot) if letter.following else "",
        "place": letter.following.place if letter.following else "",
        "reading": "\n".join(letter.reading),
        "sender": correction.sent_by if correction else recap.sent_by,
        "correction": correction.text if correction else "",
        "url": public_address("agenda.meeting", meeting_id=str(meeting.id)),
    }
    return Content(values, partnership_id=meeting.trajectory.partnership_id)


COMPOSERS: dict[str, Composer] = {RECAP: _recap}
