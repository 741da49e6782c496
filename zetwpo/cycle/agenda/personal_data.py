"""What we hold about a person here: that they lead a part of a meeting.

With an account that is deleted goes the name at the block; what the group does stays.
"""

import uuid
from typing import Any

import sqlalchemy as sa

from zetwpo.cycle.agenda.models import AgendaBlock
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.extensions import db
from zetwpo.library.meeting_frames import meeting_frames


def export(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """Which blocks of which meetings this person leads, the earliest meeting first."""
    block = AgendaBlock
    rows = db.session.execute(
        sa.select(block.kind, block.title, block.minutes, Meeting.starts_at)
        .join(Meeting, Meeting.id == block.meeting_id)
        .where(block.leader_id == person_id, block.is_dropped.is_(False))
        .order_by(Meeting.starts_at, block.place)
    )
    return [
        {
            "title": title or str(meeting_frames().kind(kind).title),
            "minutes": minutes,
            "meeting_at": starts_at.isoformat(),
        }
        for kind, title, minutes, starts_at in rows
    ]
