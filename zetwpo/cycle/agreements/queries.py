"""Reading what meetings leave behind."""

import uuid
from collections import defaultdict
from collections.abc import Collection

import sqlalchemy as sa

from zetwpo.cycle.agreements.models import HomeworkBringer, MeetingAgreements
from zetwpo.cycle.agreements.rules import Agreements
from zetwpo.cycle.meetings.rules import NextStep
from zetwpo.database.keys import among
from zetwpo.extensions import read

_WRITTEN = sa.select(
    MeetingAgreements.meeting_id,
    MeetingAgreements.notes,
    MeetingAgreements.homework,
    MeetingAgreements.next_step,
).where(among(MeetingAgreements.meeting_id))
_NEXT = _WRITTEN.with_only_columns(MeetingAgreements.next_step)
_BRINGERS = sa.select(HomeworkBringer.meeting_id, HomeworkBringer.person_id).where(
    among(HomeworkBringer.meeting_id)
)


def next_step_of(meeting_id: uuid.UUID) -> NextStep:
    """What comes next after this meeting, as far as somebody said so."""
    said = read(_NEXT, ids=[meeting_id]).scalar_one_or_none()
    return NextStep(said) if said else NextStep.UNDECIDED


def agreements_of(meeting_id: uuid.UUID) -> Agreements:
    """What this meeting leaves behind; nothing where nobody wrote anything down."""
    return agreements_of_all([meeting_id])[meeting_id]


def agreements_of_all(meeting_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Agreements]:
    """The same for each of these, in two statements."""
    if not meeting_ids:
        return {}
    bringers: defaultdict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for meeting_id, person_id in read(_BRINGERS, ids=meeting_ids):
        bringers[meeting_id].add(person_id)
    written = {row.meeting_id: row for row in read(_WRITTEN, ids=meeting_ids)}
    return {
        key: Agreements(row.notes, row.homework, frozenset(bringers[key]), NextStep(row.next_step))
        if (row := written.get(key))
        else Agreements(bringers=frozenset(bringers[key]))
        for key in meeting_ids
    }
