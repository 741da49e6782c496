"""Places in user units, and lines along them as SVG path data."""

from collections.abc import Sequence

Place = tuple[float, float]


def tidy(number: float) -> float:
    """With one decimal, and none where it is nought: shorter on the page."""
    rounded = round(number, 1)
    return int(rounded) if rounded == int(rounded) else rounded


def line(places: Sequence[Place]) -> str:
    """From the first place along the others."""
    return "M" + "L".join(f"{x} {y}" for x, y in places)


def closed(places: Sequence[Place]) -> str:
    """The same, and back to the first."""
    return line(places) + "Z"
