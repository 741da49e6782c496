"""What a facilitator does to write down what a meeting leaves behind."""

import uuid
from collections.abc import Collection

import sqlalchemy as sa

from zetwpo import audit
from zetwpo.accounts import service as accounts
from zetwpo.cycle.agreements.models import HomeworkBringer, MeetingAgreements
from zetwpo.cycle.agreements.queries import agreements_of
from zetwpo.cycle.agreements.rules import Agreements
from zetwpo.cycle.meetings.queries import MeetingCard, find_meeting
from zetwpo.cycle.meetings.rules import NextStep
from zetwpo.database.statements import insert_once, upsert
from zetwpo.extensions import db


def keep(meeting: MeetingCard, agreements: Agreements) -> None:
    """Keep this, as far as it is written; the meeting was read to write.

    Whoever was to bring in homework and left the group stays written down, and shows nowhere.
    """
    stored = agreements_of(meeting.id)
    written = {
        "meeting_id": meeting.id,
        "notes": agreements.notes,
        "homework": agreements.homework,
        "next_step": agreements.next_step,
    }
    upsert(db.session(), MeetingAgreements, [written])
    _set_bringers(meeting, stored.bringers & meeting.facts.members, agreements.bringers)


def save(meeting: MeetingCard, actor_id: uuid.UUID) -> None:
    """Write down that somebody wrote this up, by the button; typing alone is no act."""
    audit.record("meeting written up", actor_id=actor_id, object_id=meeting.id)


def fill_in_next_step(meeting_id: uuid.UUID, step: NextStep) -> None:
    """Say what comes next after this meeting, where nobody did."""
    # Whoever writes these agreements at this moment is through with them first.
    find_meeting(meeting_id, to_write=True)
    table = MeetingAgreements
    nothing = {"notes": "", "homework": "", "next_step": NextStep.UNDECIDED}
    insert_once(db.session(), table, {"meeting_id": meeting_id, **nothing})
    undecided = (table.meeting_id == meeting_id, table.next_step == NextStep.UNDECIDED)
    db.session.execute(sa.update(table).where(*undecided).values(next_step=step))


def _set_bringers(
    meeting: MeetingCard, before: Collection[uuid.UUID], after: Collection[uuid.UUID]
) -> None:
    gone = set(before) - set(after)
    if gone:
        of_these = (
            HomeworkBringer.meeting_id == meeting.id,
            HomeworkBringer.person_id.in_(gone),
        )
        db.session.execute(sa.delete(HomeworkBringer).where(*of_these))
    # Nothing is left of it where an account is deleted at this moment.
    for person_id in accounts.keep(set(after) - set(before)):
        row = {"meeting_id": meeting.id, "person_id": person_id}
        insert_once(db.session(), HomeworkBringer, row)
