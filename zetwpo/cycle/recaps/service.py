"""What a facilitator does with the recap of a meeting: write it, send it, and put it right."""

import uuid
from collections.abc import Mapping

from zetwpo import audit, marks
from zetwpo.accounts import service as accounts
from zetwpo.accounts.queries import get_people
from zetwpo.clock import now
from zetwpo.cycle.recaps import rules
from zetwpo.cycle.recaps.letters import RECAP
from zetwpo.cycle.recaps.models import Recap as RecapRow
from zetwpo.cycle.recaps.models import RecapCorrection
from zetwpo.cycle.recaps.queries import Recap
from zetwpo.cycle.recaps.rules import CORRECTION, Trouble
from zetwpo.cycle.trajectories.queries import TrajectoryCard, parts_of
from zetwpo.database.statements import upsert
from zetwpo.edits import Fields
from zetwpo.extensions import db
from zetwpo.i18n import as_language
from zetwpo.mail import service as mails
from zetwpo.mail.rules import Terms
from zetwpo.mail.service import Addressee, Reasoned


class CannotSend(Exception):
    """It cannot go to the group now."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


class Changed(Exception):
    """It says something else by now than its sender saw."""


class WasSent(Exception):
    """Somebody sent it before."""


def keep(recap: Recap, fields: Fields) -> None:
    """Keep what is written of it; its meeting was read to write.

    Before it is sent these are its parts, and afterwards a correction.
    """
    kept: Mapping[str, str | None] = (
        {CORRECTION: fields[CORRECTION]} if recap.is_sent else rules.to_store(fields, recap.drafted)
    )
    _store(recap, **kept)


def send(recap: Recap, seen: str, actor_id: uuid.UUID) -> None:
    """Send it to everybody in the group, as its sender saw it; its meeting was read to write.

    `seen` is the mark of that. From here on its words stay. Raises WasSent, CannotSend and Changed.
    """
    meeting, letter = recap.meeting, recap.letter
    if recap.is_sent:
        raise WasSent
    participants = len(meeting.trajectory.keys_taking_part)
    if trouble := rules.trouble_with(letter, meeting.starts_at, participants, now()):
        raise CannotSend(trouble)
    if seen != letter.mark:
        raise Changed
    accounts.keep_author(actor_id)
    following = letter.following
    _store(
        recap,
        **letter.texts,
        sent_at=now(),
        sent_by_id=actor_id,
        next_starts_at=following.starts_at if following else None,
        next_minutes=following.minutes if following else None,
        next_place=following.place if following else None,
        reading=list(letter.reading),
    )
    _mail(meeting.trajectory, meeting.id, {"meeting": str(meeting.id)})
    audit.record("recap sent", actor_id=actor_id, object_id=meeting.trajectory_id)


def correct(recap: Recap, seen: str, actor_id: uuid.UUID) -> None:
    """Send what was not right in it to everybody; it was sent, and read to write.

    Raises WasSent and Changed.
    """
    text, meeting = recap.correction, recap.meeting
    if not text and recap.corrections and seen == marks.digest(recap.corrections[-1].text):
        raise WasSent
    if not text or seen != marks.digest(text):
        raise Changed
    accounts.keep_author(actor_id)
    made = RecapCorrection(
        id=uuid.uuid4(), meeting_id=meeting.id, text=text, sent_at=now(), sent_by_id=actor_id
    )
    db.session.add(made)
    _store(recap, correction="")
    values = {"meeting": str(meeting.id), "correction": str(made.id)}
    _mail(meeting.trajectory, made.id, values)
    audit.record("recap corrected", actor_id=actor_id, object_id=meeting.trajectory_id)


def _store(recap: Recap, **values: object) -> None:
    upsert(db.session(), RecapRow, [{"meeting_id": recap.meeting.id, **values}])


def _mail(trajectory: TrajectoryCard, reason: uuid.UUID, values: dict[str, str]) -> None:
    """One to each who is in it now: once for this reason, whoever asks."""
    parts = parts_of(trajectory.id)
    people = get_people([each.person_id for each in parts])
    letters = [
        Reasoned(
            Addressee(card.email, as_language(card.language)),
            uuid.uuid5(part.id, str(reason)),
            part.id,
            values,
        )
        for part in parts
        if (card := people.get(part.person_id))
    ]
    terms = Terms(at_decent_hours=True)
    mails.queue_all(RECAP, letters, partnership_id=trajectory.partnership_id, terms=terms)
