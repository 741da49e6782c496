"""Reading practice notes."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from zetwpo.cycle.audience.queries import Own, Surroundings, around_all
from zetwpo.cycle.audience.rules import Audience
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.cycle.practice.models import PracticeNote
from zetwpo.database.keys import among
from zetwpo.extensions import read


@dataclass(frozen=True, kw_only=True)
class NoteCard(Own):
    """What happened in practice on one day."""

    day: date
    text: str
    audience: Audience
    chosen_at: datetime
    written_at: datetime

    @property
    def audiences(self) -> Mapping[Audience, datetime]:
        """To whom it is open."""
        return {self.audience: self.chosen_at}

    @property
    def fields(self) -> dict[str, str]:
        """What its author writes, by the names of the fields."""
        return {"text": self.text, "day": self.day.isoformat()}


_NOTES = sa.select(
    PracticeNote.id,
    PracticeNote.owner_id,
    PracticeNote.meeting_id,
    Meeting.number,
    Meeting.trajectory_id,
    PracticeNote.day,
    PracticeNote.text,
    PracticeNote.audience,
    PracticeNote.chosen_at,
    PracticeNote.written_at,
).join(Meeting, Meeting.id == PracticeNote.meeting_id)
_ONE = _NOTES.where(PracticeNote.id == sa.bindparam("note_id"))
_ONE_TO_WRITE = _ONE.with_for_update(of=PracticeNote)
# What nobody wrote anything in is no note.
_WRITTEN = _NOTES.where(PracticeNote.text != "").order_by(
    PracticeNote.day.desc(), PracticeNote.written_at.desc(), PracticeNote.id
)
_OWN = _WRITTEN.where(
    Meeting.trajectory_id == sa.bindparam("trajectory_id"),
    PracticeNote.owner_id == sa.bindparam("owner_id"),
)
_AFTER = _WRITTEN.where(PracticeNote.meeting_id == sa.bindparam("meeting_id"))
_NOTED: sa.Select[uuid.UUID] = sa.select(PracticeNote.meeting_id).where(
    PracticeNote.owner_id == sa.bindparam("owner_id"),
    among(PracticeNote.meeting_id),
    PracticeNote.text != "",
)


def find_note(note_id: uuid.UUID, *, to_write: bool = False) -> NoteCard | None:
    """The note with this key; `to_write` holds off whoever else changes it."""
    row = read(_ONE_TO_WRITE if to_write else _ONE, note_id=note_id).one_or_none()
    around = around_all([row.trajectory_id]).get(row.trajectory_id) if row else None
    return _card(row, around) if row and around else None


def own_notes(around: Surroundings, owner_id: uuid.UUID) -> list[NoteCard]:
    """What this participant noted, the latest day first."""
    rows = read(_OWN, trajectory_id=around.trajectory.id, owner_id=owner_id)
    return [_card(row, around) for row in rows]


def noted_after(owner_id: uuid.UUID, meeting_ids: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """After which of these meetings this person noted something."""
    return frozenset(read(_NOTED, owner_id=owner_id, ids=meeting_ids).scalars())


def notes_after(around: Surroundings, meeting_id: uuid.UUID) -> list[NoteCard]:
    """All notes after this meeting, opened or not: who reads which is for the table to say."""
    return [_card(row, around) for row in read(_AFTER, meeting_id=meeting_id)]


def _card(row: sa.Row[*tuple[Any, ...]], around: Surroundings) -> NoteCard:
    return NoteCard(
        id=row.id,
        owner_id=row.owner_id,
        meeting_id=row.meeting_id,
        number=row.number,
        around=around,
        day=row.day,
        text=row.text,
        audience=around.held(row.owner_id, Audience(row.audience), row.chosen_at),
        chosen_at=row.chosen_at,
        written_at=row.written_at,
    )
