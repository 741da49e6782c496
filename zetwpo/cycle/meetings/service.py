"""What a facilitator does with the meetings of a trajectory."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from zetwpo.cycle.meetings.models import Meeting
from zetwpo.extensions import db


def plan(trajectory_id: uuid.UUID, starts: Sequence[datetime], minutes: int, place: str) -> None:
    """Plan the meetings of a new trajectory, which begin at these moments, in order."""
    db.session.add_all(
        Meeting(
            trajectory_id=trajectory_id,
            number=number,
            starts_at=starts_at,
            minutes=minutes,
            place=place,
        )
        for number, starts_at in enumerate(starts, 1)
    )
