"""What other rooms do when a meeting moves to another time: a table that the application gives.

They know this room, and this one does not know them.
"""

from collections.abc import Callable
from datetime import datetime

from flask import Flask, current_app

from zetwpo.cycle.meetings.queries import MeetingRow

KEY = "meeting_moved"
# Gets the meeting as it was, and when it begins now; it was stored so.
Moved = Callable[[MeetingRow, datetime], None]


def moved(meeting: MeetingRow, starts_at: datetime) -> None:
    """Let the other rooms know, in the order of the table."""
    table: tuple[Moved, ...] = current_app.extensions[KEY]
    for each in table:
        each(meeting, starts_at)


def init_app(app: Flask, *table: Moved) -> None:
    """Let these know of each meeting that moves."""
    app.extensions[KEY] = table
