"""How each series is drawn, and the legend that says who is who."""

from collections.abc import Sequence
from dataclasses import dataclass

from zetwpo.scan.result.charts.series import Series

FAMILY_SIZE = 4


@dataclass(frozen=True)
class Look:
    """How a series is drawn: apart from every other in colour, dash and marker, in grey too.

    `dash` is in pixels, line and space in turn, empty for a solid line. `shape` is the marker
    as SVG path around its middle, `symbol` the same for Plotly. The style sheet repeats
    all but the marker; a test compares them.
    """

    colour: str
    dash: tuple[int, ...]
    symbol: str
    shape: str
    filled: bool = False
    width: float = 2
    size: int = 9


# Students have open markers, trainers full ones. No red and no green: nothing here is a verdict.
LOOKS = {
    "self": Look(
        "#1b5e9e", (), "circle", "m-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
        filled=True, width=3, size=10,
    ),
    "earlier": Look(
        "#8a8f96", (3, 3), "circle", "m-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z",
        width=1.5, size=7,
    ),
    "student-1": Look("#b85a00", (9, 5), "square", "m-4.5-4.5h9v9h-9z"),
    "student-2": Look("#00756c", (15, 4), "diamond", "m0-6l6 6-6 6-6-6z"),
    "student-3": Look(
        "#d94a92", (10, 3, 2, 3), "x",
        "m0-2.2l3-3 2.2 2.2-3 3 3 3-2.2 2.2-3-3-3 3-2.2-2.2 3-3-3-3 2.2-2.2z",
    ),
    "student-4": Look("#4a4100", (15, 3, 2, 3, 2, 3), "hourglass", "m-5-5.5h10l-10 11h10z"),
    "trainer-1": Look(
        "#6d28a8", (2, 4), "triangle-up", "m0-6l5.5 9.5h-11z", filled=True, size=11
    ),
    "trainer-2": Look(
        "#600c3c", (5, 4), "triangle-down", "m0 6l5.5-9.5h-11z", filled=True, size=11
    ),
    "trainer-3": Look(
        "#00262f", (2, 3, 2, 7), "cross",
        "m-1.7-5h3.4v3.3h3.3v3.4h-3.3v3.3h-3.4v-3.3h-3.3v-3.4h3.3z", filled=True,
    ),
    "trainer-4": Look(
        "#1a1614", (6, 2), "star",
        "m0-6l1.5 4 4.2.1-3.3 2.7 1.1 4.1-3.5-2.4-3.5 2.4 1.1-4.1-3.3-2.7 4.2-.1z", filled=True,
    ),
}  # fmt: skip


def look_for(kind: str, index: int = 0) -> str:
    """The look of the series with this index (from 0) among its kind.

    The kind is self, earlier, student or trainer. A fifth student looks like the first.
    """
    return f"{kind}-{index % FAMILY_SIZE + 1}" if kind in {"student", "trainer"} else kind


def mark(x: float, y: float, look: str) -> str:
    """The marker of this look around a place, as path data."""
    return f"M{x} {y}{LOOKS[look].shape}"


@dataclass(frozen=True)
class LegendEntry:
    """One series in the legend. Series count from 1, here and in every chart below it."""

    index: int
    name: str
    role: str
    look: str
    mark: str


def legend(series: Sequence[Series]) -> tuple[LegendEntry, ...]:
    """The legend, in the order given: self first. Its sample is 44 by 20 units."""
    return tuple(
        LegendEntry(index, each.name, each.role, each.look, mark(22, 10, each.look))
        for index, each in enumerate(series, 1)
    )
