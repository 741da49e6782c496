"""What a trajectory is made of, without a database or a clock."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_TITLE = 120
# Six meetings of three hours, roughly a month apart (source 004, 3.3); a partnership may choose
# otherwise.
USUAL_COUNT = 6
MOST_MEETINGS = 12
USUAL_MINUTES = 180
LEAST_MINUTES, MOST_MINUTES = 30, 480
USUAL_RHYTHM = 4
# In weeks between two meetings.
LEAST_RHYTHM, MOST_RHYTHM = 1, 8
# One conversation holds about this many; a larger group splits to find its question (source 004,
# 4.1).
LARGE_GROUP = 12
# More than a room and a page hold.
MOST_PARTICIPANTS = 60
# Whoever closes one by mistake, or too early, notices it within these days.
REOPENS_FOR = timedelta(days=14)
# A pair of a school trainer and an institute trainer, and one who learns it from them.
MOST_FACILITATORS = 3


def is_large(participants: int) -> bool:
    """True where a group of this many does better in parts."""
    return participants > LARGE_GROUP


def may_reopen(closed_at: datetime, now: datetime) -> bool:
    """True as long as a trajectory that was closed then can still go on."""
    return now < closed_at + REOPENS_FOR


@dataclass(frozen=True)
class Stay:
    """That somebody was in it, from when until when; `left_at` is None for who still is."""

    id: uuid.UUID
    trajectory_id: uuid.UUID
    person_id: uuid.UUID
    since: datetime
    left_at: datetime | None = None
