"""What other rooms put on the pages of a meeting: a table that the application hands over.

Rooms beside each other do not know each other; each brings its part, and the pages show them all.
"""

import enum
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app, render_template
from markupsafe import Markup

from zetwpo.accounts.actors import Actor
from zetwpo.cycle.meetings.queries import MeetingCard

KEY = "meeting_parts"


class Spot(enum.Enum):
    """Where a part goes. Each is read by other people."""

    # Above everything, on the page of the meeting, on paper and where it is prepared.
    QUESTION = "question"
    # Below the agenda, on the page of the meeting.
    PAGE = "page"
    # Where facilitators prepare: read by them alone.
    PREPARATION = "preparation"
    # On paper, for everybody in the room.
    PAPER = "paper"
    # Where facilitators move or cancel it: read by them alone.
    MOVING = "moving"
    # On the wall: no names, nothing of one person.
    WALL = "wall"


@dataclass(frozen=True)
class MeetingPart:
    """What one room adds. `render` gives None where there is nothing for this person."""

    key: str
    spot: Spot
    title: str
    render: Callable[[MeetingCard, Actor], Markup | None]


@dataclass(frozen=True)
class ShownPart:
    """A part as it is shown."""

    key: str
    title: str
    body: Markup


def filled(template: str, **values: object) -> Markup:
    """The body of a part, from a template of cycle/."""
    return Markup(render_template(f"cycle/{template}.html", **values))  # noqa: S704


def parts_at(spot: Spot, meeting: MeetingCard, actor: Actor) -> list[ShownPart]:
    """What there is at this spot for this person, in the order of the table."""
    table: tuple[MeetingPart, ...] = current_app.extensions[KEY]
    return [
        ShownPart(part.key, part.title, body)
        for part in table
        if part.spot is spot and (body := part.render(meeting, actor)) is not None
    ]


def init_app(app: Flask, *parts: MeetingPart) -> None:
    """Let the pages of a meeting show these, in this order."""
    app.extensions[KEY] = parts
