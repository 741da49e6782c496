"""Reading recaps: whether they are due or sent, and what they say."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from zetwpo.accounts.colleagues import get_colleagues
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.cycle.meetings.queries import MeetingCard, MeetingRow, meeting_after
from zetwpo.cycle.meetings.rules import end_of
from zetwpo.cycle.recaps import rules
from zetwpo.cycle.recaps.drafting import drafted
from zetwpo.cycle.recaps.models import Recap as RecapRow
from zetwpo.cycle.recaps.models import RecapCorrection
from zetwpo.cycle.recaps.rules import CORRECTION, PARTS, Following, Letter
from zetwpo.cycle.shelf.queries import reading_for
from zetwpo.database.keys import among
from zetwpo.edits import Fields
from zetwpo.extensions import read


@dataclass(frozen=True)
class RecapCard:
    """Whether the recap of a meeting was sent, and until when it is in time."""

    meeting_id: uuid.UUID
    due_on: date
    sent_at: datetime | None


@dataclass(frozen=True)
class Correction:
    """What was not right in a recap, as it was sent."""

    id: uuid.UUID
    text: str
    sent_at: datetime
    # Empty where nobody by that name is here any more.
    sent_by: str


@dataclass(frozen=True)
class Recap:
    """The recap of a meeting: as it was sent, or as it would be sent now."""

    meeting: MeetingCard
    letter: Letter
    # What is being written about what was sent.
    correction: str = ""
    sent_at: datetime | None = None
    sent_by: str = ""
    corrections: tuple[Correction, ...] = ()
    # The next meeting as it is planned now.
    following: Following | None = None
    # What its parts say where nobody writes anything; only until it is sent.
    drafted: Fields = field(default_factory=dict)

    @property
    def is_sent(self) -> bool:
        """True from when on the group has it, and its words stay."""
        return self.sent_at is not None

    @property
    def due_on(self) -> date:
        """The last day on which it is in time."""
        return rules.due_on(self.meeting.ends_at)

    @property
    def fields(self) -> Fields:
        """What can be written of it now, by the names of the fields."""
        return {CORRECTION: self.correction} if self.is_sent else self.letter.texts

    @property
    def has_other_date(self) -> bool:
        """True where the next meeting is planned otherwise than the group read here."""
        return self.is_sent and self.letter.following != self.following


_CARDS = (
    sa.select(Meeting.id, Meeting.starts_at, Meeting.minutes, RecapRow.sent_at)
    .outerjoin(RecapRow, RecapRow.meeting_id == Meeting.id)
    .where(among(Meeting.id))
)
_ROW = sa.select(
    *(getattr(RecapRow, name) for name in PARTS),
    RecapRow.correction,
    RecapRow.sent_at,
    RecapRow.sent_by_id,
    RecapRow.next_starts_at,
    RecapRow.next_minutes,
    RecapRow.next_place,
    RecapRow.reading,
).where(RecapRow.meeting_id == sa.bindparam("meeting_id"))
_CORRECTIONS = (
    sa.select(
        RecapCorrection.id,
        RecapCorrection.text,
        RecapCorrection.sent_at,
        RecapCorrection.sent_by_id,
    )
    .where(RecapCorrection.meeting_id == sa.bindparam("meeting_id"))
    .order_by(RecapCorrection.sent_at, RecapCorrection.id)
)


def recaps_of_all(meeting_ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, RecapCard]:
    """Of each of these meetings whether its recap was sent, in one statement."""
    rows = read(_CARDS, ids=meeting_ids) if meeting_ids else ()
    return {
        key: RecapCard(key, rules.due_on(end_of(starts_at, minutes)), sent_at)
        for key, starts_at, minutes, sent_at in rows
    }


def recap_of(meeting: MeetingCard) -> Recap:
    """The recap of this meeting, whether anybody wrote in it or not."""
    row = read(_ROW, meeting_id=meeting.id).one_or_none()
    if row is not None and row.sent_at:
        return _sent(meeting, row)
    words, after = drafted(meeting), meeting_after(meeting)
    texts = rules.shown(row._asdict() if row else {}, words)
    to_read = reading_for([after.id])[after.id] if after else ()
    following = _following(after)
    letter = Letter(texts, following, [each.title for each in to_read])
    return Recap(meeting, letter, following=following, drafted=words)


def sent_recap_of(meeting: MeetingCard) -> Recap | None:
    """The recap of this meeting as the group reads it; None before it was sent."""
    row = read(_ROW, meeting_id=meeting.id).one_or_none()
    return _sent(meeting, row) if row is not None and row.sent_at else None


def _sent(meeting: MeetingCard, row: sa.Row[*tuple[Any, ...]]) -> Recap:
    corrections = read(_CORRECTIONS, meeting_id=meeting.id).all()
    senders = {each.sent_by_id for each in (row, *corrections) if each.sent_by_id}
    people = get_colleagues(senders, known_in=meeting.trajectory.partnership_id)
    names = {key: each.name for key, each in people.items()}
    told = (
        Following(row.next_starts_at, row.next_minutes, row.next_place)
        if row.next_starts_at
        else None
    )
    texts = {name: getattr(row, name) or "" for name in PARTS}
    return Recap(
        meeting,
        Letter(texts, told, tuple(row.reading)),
        row.correction,
        row.sent_at,
        names.get(row.sent_by_id, ""),
        tuple(
            Correction(each.id, each.text, each.sent_at, names.get(each.sent_by_id, ""))
            for each in corrections
        ),
        _following(meeting_after(meeting)),
    )


def _following(meeting: MeetingRow | None) -> Following | None:
    return Following(meeting.starts_at, meeting.minutes, meeting.place) if meeting else None
