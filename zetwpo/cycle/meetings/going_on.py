"""What a group goes on with after a meeting, between two rooms that do not know each other.

The agreements of a meeting say it, and the line of questions says it in the words of a question.
The application hands over how the first is read and filled in.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app

from zetwpo.cycle.meetings.rules import NextStep

KEY = "going_on_after_a_meeting"


@dataclass(frozen=True)
class Agreed:
    """How to get at what was agreed."""

    # After the meeting with this key.
    read: Callable[[uuid.UUID], NextStep]
    # Where it says something already, that stays.
    fill_in: Callable[[uuid.UUID, NextStep], None]


def agreed() -> Agreed:
    """What was agreed after meetings."""
    found: Agreed = current_app.extensions[KEY]
    return found


def init_app(app: Flask, handed_over: Agreed) -> None:
    """Let the line of questions know what was agreed."""
    app.extensions[KEY] = handed_over
