"""The scale of every chart."""

from dataclasses import dataclass

LOWEST, HIGHEST = 1, 7


@dataclass(frozen=True)
class Figure:
    """A figure of the scale and the middle of its place."""

    x: float
    y: float
    text: str
