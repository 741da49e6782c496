"""Mails about dates: that there is a plan, what changed of it, and that it is theirs no more.

Put together when they leave.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from zetwpo.accounts.colleagues import Colleague, get_colleagues
from zetwpo.accounts.policy import READ_TRAJECTORY
from zetwpo.accounts.queries import get_people
from zetwpo.clock import now
from zetwpo.cycle.meetings import ics, words
from zetwpo.cycle.meetings.changes import (
    Change,
    Told,
    What,
    changes,
    packed,
    together,
    told_of,
    unpacked,
)
from zetwpo.cycle.meetings.entries import entry_of
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.cycle.meetings.queries import meetings_of
from zetwpo.cycle.meetings.school_time import wait_for_school
from zetwpo.cycle.trajectories.letters import PLANNED, terms
from zetwpo.cycle.trajectories.queries import (
    Part,
    TrajectoryCard,
    find_ended_part,
    find_part,
    find_trajectory,
    parts_of,
)
from zetwpo.extensions import db
from zetwpo.i18n import as_language, listed, writing_in
from zetwpo.i18n import gettext as _
from zetwpo.mail import service as mails
from zetwpo.mail.composing import Composer, Content, Due, PutOff
from zetwpo.mail.message import CalendarFile
from zetwpo.mail.queries import find_sent_at, waiting, waiting_values
from zetwpo.mail.service import Addressee, Reasoned
from zetwpo.web import public_address

CHANGED = "meetings_changed"
LEFT = "trajectory_left"


# ----------------------------------------------------------------------------------- queueing them


def tell_changed(trajectory: TrajectoryCard, told: Mapping[uuid.UUID, Told]) -> None:
    """Tell everybody in a trajectory what changes of these meetings, of which they know this.

    One mail for all that changes within a quarter of an hour. Whoever has still to be told of the
    whole plan is told how it is by then, and of no change.
    """
    there = {each.id: each for each in parts_of(trajectory.id)}
    not_told = waiting(PLANNED, there)
    parts = {key: each for key, each in there.items() if key not in not_told}
    waits = waiting_values(CHANGED, parts)
    renewed = mails.renew_waiting(
        CHANGED,
        {key: packed(together(unpacked(values), told)) for key, values in waits.items()},
    )
    people = get_people([each.person_id for key, each in parts.items() if key not in renewed])
    for key, part in parts.items():
        if card := people.get(part.person_id) if key not in renewed else None:
            mails.queue(
                CHANGED,
                Addressee(card.email, as_language(card.language)),
                values=packed(told),
                about_id=key,
                partnership_id=trajectory.partnership_id,
                terms=terms(),
            )


def tell_left(trajectory: TrajectoryCard, part: Part, reason: uuid.UUID) -> None:
    """Let the calendar of somebody let go of the meetings to come, of which they were told.

    Of as they were told it, also what changed or was cancelled since. From here on each of these
    meetings has a higher sequence than their cancelling: whoever comes back gets the dates again.
    """
    moment = now()
    ahead = [each for each in meetings_of(trajectory.id) if each.starts_at > moment]
    _step_over([each.id for each in ahead])
    waits = unpacked(waiting_values(CHANGED, [part.id]).get(part.id, {}))
    told = together(waits, {each.id: told_of(each) for each in ahead})
    known = {key: each for key, each in told.items() if each.is_known}
    card = get_people([part.person_id]).get(part.person_id) if known else None
    if card:
        letter = Reasoned(
            Addressee(card.email, as_language(card.language)), reason, part.id, packed(known)
        )
        mails.queue_all(LEFT, [letter], partnership_id=trajectory.partnership_id, terms=terms())


def _step_over(meeting_ids: Collection[uuid.UUID]) -> None:
    """Leave out the sequence with which these are cancelled in the calendar of one."""
    db.session.execute(
        sa.update(Meeting).where(Meeting.id.in_(meeting_ids)).values(sequence=Meeting.sequence + 2)
    )


# -------------------------------------------------------------------------------- writing them


@dataclass(frozen=True)
class _Reader:
    """Whom a mail is for, and what it is about."""

    person: Colleague
    part: Part
    trajectory: TrajectoryCard
    mail: Due

    def content(self, values: dict[str, str], files: Iterable[CalendarFile]) -> Content:
        """What the mail is filled in with."""
        address = public_address("overview.show", trajectory_id=str(self.trajectory.id))
        known = {
            "name": self.person.name,
            "trajectory": self.trajectory.title,
            "leads": "yes" if self.part.leads else "",
            "url": address,
            "calendar_url": public_address("calendar.show"),
        }
        return Content(
            known | values, partnership_id=self.trajectory.partnership_id, files=tuple(files)
        )


def _planned(mail: Due) -> Content | PutOff | None:
    reader = _find_reader(mail)
    if reader is None:
        return None
    moment = now()
    ahead = [each for each in meetings_of(reader.trajectory.id) if each.ends_at > moment]
    if not ahead:
        return None
    if later := wait_for_school(reader.trajectory.partnership_id, moment, ahead[0].starts_at):
        return later
    leaders = [each.name for each in reader.trajectory.leading if each.id != reader.person.id]
    with writing_in(as_language(mail.language)):
        values = {
            "dates": "\n".join(words.line(each.number, each.slot, each.place) for each in ahead),
            "leaders": listed(leaders) if leaders else "",
        }
        files = [_request(reader, each.id, told_of(each), moment) for each in ahead]
        return reader.content(values, files)


def _changed(mail: Due) -> Content | PutOff | None:
    reader = _find_reader(mail)
    if reader is None:
        return None
    moment = now()
    found = changes(unpacked(mail.values), meetings_of(reader.trajectory.id), moment)
    told = [each for each in found if each.what is not What.RENUMBERED]
    if not told:
        return None
    first = min(min(each.before.starts_at, each.after.starts_at) for each in told)
    if later := wait_for_school(reader.trajectory.partnership_id, moment, first):
        return later
    with writing_in(as_language(mail.language)):
        values = {
            "subject": words.subject(told, reader.trajectory.title),
            "changes": "\n".join(map(words.change, told)),
            "renumbered": "yes" if len(told) < len(found) else "",
        }
        return reader.content(values, [_file(reader, each, moment) for each in found])


def _left(mail: Due) -> Content | PutOff | None:
    reader = _find_leaver(mail)
    if reader is None:
        return None
    moment, place = now(), reader.trajectory.partnership_id
    told = [
        Change(What.CANCELLED, key, each, each)
        for key, each in unpacked(mail.values).items()
        if each.starts_at > moment
    ]
    told.sort(key=lambda each: each.before.starts_at)
    if not told:
        return None
    if later := wait_for_school(place, moment, told[0].before.starts_at):
        return later
    with writing_in(as_language(mail.language)):
        values = {
            "dates": "\n".join(
                words.line(each.before.number, each.before.slot, each.before.place) for each in told
            ),
            "closed": "yes" if reader.trajectory.is_closed else "",
            "url": public_address("mine.show", trajectory_id=str(reader.trajectory.id)),
        }
        return reader.content(values, [_file(reader, each, moment) for each in told])


def _find_leaver(mail: Due) -> _Reader | None:
    """Whose calendar lets go of it; None where they are in it again, or never had the dates."""
    if mail.about_id is None or find_sent_at(PLANNED, mail.about_id) is None:
        return None
    part = find_ended_part(mail.about_id) or find_part(mail.about_id)
    trajectory = find_trajectory(part.trajectory_id) if part else None
    if part is None or trajectory is None:
        return None
    is_in_it = part.person_id in trajectory.facts.members | trajectory.facts.leaders
    person = get_colleagues([part.person_id], trajectory.partnership_id).get(part.person_id)
    if person is None or (is_in_it and not trajectory.is_closed):
        return None
    return _Reader(person, part, trajectory, mail)


def _find_reader(mail: Due) -> _Reader | None:
    """Who gets this mail; None where they are in the trajectory no more, or it is closed."""
    part = find_part(mail.about_id) if mail.about_id else None
    trajectory = find_trajectory(part.trajectory_id) if part else None
    if part is None or trajectory is None or trajectory.is_closed:
        return None
    person = get_colleagues([part.person_id], trajectory.partnership_id).get(part.person_id)
    if person is None or not READ_TRAJECTORY.opens_to(person.actor, trajectory.facts):
        return None
    return _Reader(person, part, trajectory, mail)


def _file(reader: _Reader, change: Change, moment: datetime) -> CalendarFile:
    if change.what is not What.CANCELLED:
        return _request(reader, change.meeting_id, change.after, moment)
    entry = entry_of(reader.trajectory, change.meeting_id, change.before)
    later = replace(entry, sequence=entry.sequence + 1)
    text = ics.cancellation(later, mails.our_sender(), reader.mail.recipient, moment)
    name = _("meeting-%(number)s-cancelled", number=change.before.number)
    return CalendarFile(f"{name}.ics", ics.CANCEL, text)


def _request(reader: _Reader, meeting_id: uuid.UUID, told: Told, moment: datetime) -> CalendarFile:
    entry = entry_of(reader.trajectory, meeting_id, told)
    text = ics.request(entry, mails.our_sender(), reader.mail.recipient, moment)
    return CalendarFile(_("meeting-%(number)s", number=told.number) + ".ics", ics.REQUEST, text)


COMPOSERS: dict[str, Composer] = {PLANNED: _planned, CHANGED: _changed, LEFT: _left}
