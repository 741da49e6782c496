"""What the charts are made from: a series per person, and the words beside each axis."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Series:
    """What one person sees: a mean from 1 to 7 per axis, None where there is none.

    `role` is what the page calls that person's role, empty for the supervisor.
    """

    key: str
    name: str
    look: str
    values: tuple[float | None, ...]
    role: str = ""


@dataclass(frozen=True)
class AxisLabel:
    """What an axis is called, in two lengths with their line breaks."""

    title: str
    long: tuple[str, ...]
    short: tuple[str, ...]
