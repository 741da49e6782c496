"""What a facilitator does with the agenda of a meeting, and to prepare it.

Each takes a meeting that was read to write: of two at the same moment, the second one waits.
"""

import uuid
from collections.abc import Collection
from dataclasses import replace

from zetwpo import audit
from zetwpo.accounts import service as accounts
from zetwpo.clock import now
from zetwpo.cycle.agenda import rules
from zetwpo.cycle.agenda.models import AgendaBlock, MeetingPreparation
from zetwpo.cycle.agenda.queries import agenda_of, preparation_of
from zetwpo.cycle.agenda.rules import Agenda, Block
from zetwpo.cycle.meetings.queries import MeetingCard
from zetwpo.database.statements import upsert
from zetwpo.edits import Sent, merged
from zetwpo.extensions import db
from zetwpo.library.method_queries import methods_for


class NoSuchMethod(Exception):
    """The partnership has no method with this key."""


def set_minutes(
    meeting: MeetingCard, block_id: uuid.UUID, minutes: int, seen: int, actor_id: uuid.UUID
) -> None:
    """Make a block last so long, of which the page showed `seen`. Raises Gone and Elsewhere."""
    agenda = agenda_of(meeting)
    _store(meeting, agenda, rules.lasting(agenda, block_id, minutes, seen), actor_id)


def move(
    meeting: MeetingCard, block_id: uuid.UUID, before_id: uuid.UUID, actor_id: uuid.UUID
) -> None:
    """Put a block right before another one. Raises Gone."""
    agenda = agenda_of(meeting)
    _store(meeting, agenda, rules.moved(agenda, block_id, before_id), actor_id)


def drop(
    meeting: MeetingCard, block_id: uuid.UUID, actor_id: uuid.UUID, *, is_dropped: bool = True
) -> None:
    """Leave a block out, or put it back where it was. Raises Gone."""
    agenda = agenda_of(meeting)
    block = replace(rules.find(agenda, block_id), is_dropped=is_dropped)
    _store(meeting, agenda, rules.changed(agenda, block), actor_id)


def add(
    meeting: MeetingCard, block: Block, before_id: uuid.UUID | None, actor_id: uuid.UUID
) -> None:
    """Add a block before this one, or at the end; once. Raises Gone and TooMany."""
    agenda = agenda_of(meeting)
    _store(meeting, agenda, rules.added(agenda, block, before_id), actor_id)


def fit(meeting: MeetingCard, actor_id: uuid.UUID) -> None:
    """Let the minutes add up to those of the meeting, by what has not begun yet."""
    agenda = agenda_of(meeting)
    begun = max(0, int((now() - meeting.starts_at).total_seconds() // 60))
    _store(meeting, agenda, rules.fitted(agenda, meeting.minutes, begun), actor_id)


def change(meeting: MeetingCard, block_id: uuid.UUID, sent: Sent, actor_id: uuid.UUID) -> None:
    """Change what a block is. Raises Gone, and Overtaken where somebody has to choose."""
    agenda = agenda_of(meeting)
    block = rules.find(agenda, block_id)
    fields = merged(sent, rules.fields_of(block))
    new = rules.with_fields(block, fields, _newest(meeting))
    _store(meeting, agenda, rules.changed(agenda, new), actor_id)


def choose_method(meeting: MeetingCard, block_id: uuid.UUID, key: str, actor_id: uuid.UUID) -> None:
    """Do a block with the newest version of this method. Raises Gone, and NoSuchMethod."""
    agenda = agenda_of(meeting)
    block = rules.find(agenda, block_id)
    newest = _newest(meeting)
    if key not in newest:
        raise NoSuchMethod
    fields = rules.fields_of(block) | {"method": key}
    new = rules.with_fields(block, fields, newest)
    _store(meeting, agenda, rules.changed(agenda, new), actor_id)


def _newest(meeting: MeetingCard) -> dict[str, int]:
    """The newest versions of the methods of its partnership, by their keys."""
    return {each.key: each.version for each in methods_for(meeting.trajectory.partnership_id)}


def prepare(meeting: MeetingCard, sent: Sent, actor_id: uuid.UUID) -> None:
    """Keep what the facilitators write down for themselves. Raises Overtaken."""
    stored = preparation_of(meeting).fields
    texts = merged(sent, stored)
    if texts != stored:
        upsert(db.session(), MeetingPreparation, [{"meeting_id": meeting.id, **texts}])
        audit.record("meeting prepared", actor_id=actor_id, object_id=meeting.id)


def _store(meeting: MeetingCard, before: Agenda, after: Agenda, actor_id: uuid.UUID) -> None:
    """Keep the whole agenda, also what nobody changed: from now on it is this one."""
    if before != after:
        # Nobody is named any more whose account is deleted at this moment.
        leading = accounts.keep([each.leader_id for each in after if each.leader_id])
        rows = [_row(meeting.id, place, block, leading) for place, block in enumerate(after, 1)]
        upsert(db.session(), AgendaBlock, rows)
        audit.record("agenda changed", actor_id=actor_id, object_id=meeting.id)


def _row(
    meeting_id: uuid.UUID, place: int, block: Block, leading: Collection[uuid.UUID]
) -> dict[str, object]:
    return {
        "id": block.id,
        "meeting_id": meeting_id,
        "place": place,
        "kind": block.kind,
        "minutes": block.minutes,
        "work": block.work,
        "title": block.title,
        "good_for": block.good_for,
        "question": block.question,
        "method_key": block.method.key if block.method else None,
        "method_version": block.method.version if block.method else None,
        "leader_id": block.leader_id if block.leader_id in leading else None,
        "is_dropped": block.is_dropped,
    }
