"""What a participant does with practice notes."""

import uuid
from datetime import date

import sqlalchemy as sa

from zetwpo import audit
from zetwpo.accounts import service as accounts
from zetwpo.clock import now, today
from zetwpo.cycle.audience.rules import Audience
from zetwpo.cycle.audience.service import require_begun
from zetwpo.cycle.meetings.queries import MeetingCard
from zetwpo.cycle.practice.models import PracticeNote
from zetwpo.cycle.practice.queries import NoteCard
from zetwpo.database.statements import change_row, one_at_a_time
from zetwpo.edits import Fields
from zetwpo.extensions import db


def begin(meeting: MeetingCard, owner_id: uuid.UUID) -> uuid.UUID:
    """The key of an empty note about today: one that was left empty, or else a new one.

    So that two clicks leave one note. Raises NotYet.
    """
    require_begun(meeting)
    accounts.keep_author(owner_id)
    one_at_a_time(db.session.connection(), f"practice notes {owner_id}")
    empty = sa.select(PracticeNote).where(
        PracticeNote.owner_id == owner_id,
        PracticeNote.meeting_id == meeting.id,
        PracticeNote.text == "",
    )
    note = db.session.scalars(empty.limit(1).with_for_update()).first()
    if note is None:
        note = PracticeNote(id=uuid.uuid4(), owner_id=owner_id, meeting_id=meeting.id)
        db.session.add(note)
    moment = now()
    note.audience, note.chosen_at = Audience.ONLY_ME, moment
    note.day, note.written_at = today(), moment
    db.session.flush()
    return note.id


def keep(note: NoteCard, fields: Fields) -> None:
    """Keep these fields, as they are; `note` was read to write."""
    if fields != note.fields:
        day = date.fromisoformat(fields["day"])
        _update(note, text=fields["text"], day=day, written_at=now())


def let_read(note: NoteCard, audience: Audience) -> None:
    """Let these read it, and nobody else, from the next request on.

    Chosen once more, it is for whom the same words mean by now.
    """
    _update(note, audience=audience, chosen_at=now())
    audit.record("note readers chosen", actor_id=note.owner_id, object_id=note.id)


def delete(note: NoteCard) -> None:
    """Delete it for good."""
    db.session.execute(sa.delete(PracticeNote).where(PracticeNote.id == note.id))
    audit.record("note deleted", actor_id=note.owner_id, object_id=note.id)


def _update(note: NoteCard, **values: object) -> None:
    change_row(db.session(), PracticeNote, note.id, values)
