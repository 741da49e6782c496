"""The scale of every chart."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A figure of the scale and the middle of its place."""

    x: float
    y: float
    text: str
