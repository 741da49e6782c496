"""How each series is drawn, and the legend that says who is who."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from zetwpo.scan.result.charts.series import Series


@dataclass(frozen=True)
class Look:
    """How a series is drawn: apart from every other in colour, dash and marker, in grey too.

    `dash` is in pixels, line and space in turn, empty for a solid line. `shape` is the marker
    as SVG path around its middle, `symbol` the same for Plotly. `number` stands at every point
    of a series that its look alone does not tell apart.
    """

    colour: str
    dash: tuple[int, ...]
    symbol: str
    shape: str
    filled: bool = False
    width: float = 2
    size: int = 9
    number: str = ""

    @property
    def css(self) -> str:
        """What the style sheet draws it with; lines of 2 pixels and open markers go without."""
        dash = " ".join(map(str, self.dash)) or "none"
        width = "" if self.width == 2 else f";--look-width:{self.width}px"
        fill = ";--look-fill:var(--look-colour)" if self.filled else ""
        return f"--look-colour:{self.colour};--look-dash:{dash}{width}{fill}"


# Students have open markers, school trainers full ones, and institute trainers a cross in theirs.
# No red and no green: nothing here is a verdict.
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
    "student-4": Look("#4d4502", (15, 3, 2, 3, 2, 3), "hourglass", "m-5-5.5h10l-10 11h10z"),
    "student-5": Look("#897a4a", (4, 4, 12, 4), "triangle-left", "m-6 0l9.5-5.5v11z", size=11),
    "student-6": Look("#7759cf", (3, 3, 3, 3, 12, 3), "bowtie", "m-5.5-5v10l11-10v10z"),
    "student-7": Look(
        "#202fa4", (6, 3, 6, 9), "pentagon", "m0-5.5l5.2 3.8-2 6.1h-6.4l-2-6.1z", size=10
    ),
    "student-8": Look(
        "#6d4e41", (20, 8), "star-diamond",
        "m0-6.5l1.8 4.7 4.7 1.8-4.7 1.8-1.8 4.7-1.8-4.7-4.7-1.8 4.7-1.8z", size=10,
    ),
    "trainer-1": Look(
        "#6d28a8", (2, 4), "triangle-up", "m0-6l5.5 9.5h-11z", filled=True, size=11
    ),
    "trainer-2": Look(
        "#600d3b", (5, 4), "triangle-down", "m0 6l5.5-9.5h-11z", filled=True, size=11
    ),
    "trainer-3": Look(
        "#082c37", (2, 3, 2, 7), "cross",
        "m-1.7-5h3.4v3.3h3.3v3.4h-3.3v3.3h-3.4v-3.3h-3.3v-3.4h3.3z", filled=True,
    ),
    "trainer-4": Look(
        "#1a1614", (6, 2), "star",
        "m0-6l1.5 4 4.2.1-3.3 2.7 1.1 4.1-3.5-2.4-3.5 2.4 1.1-4.1-3.3-2.7 4.2-.1z", filled=True,
    ),
    "trainer-5": Look(
        "#308fbf", (3, 8), "triangle-right", "m6 0l-9.5-5.5v11z", filled=True, size=11
    ),
    "trainer-6": Look(
        "#925125", (8, 3, 1, 3), "diamond-tall", "m0-7l4 7-4 7-4-7z", filled=True, size=10
    ),
    "trainer-7": Look("#380c7d", (1, 2), "square", "m-4-4h8v8h-8z", filled=True, size=8),
    "trainer-8": Look(
        "#254d67", (5, 2, 1, 2, 1, 2), "diamond-wide", "m-7 0l7-4 7 4-7 4z", filled=True, size=10
    ),
    "institute-1": Look(
        "#3f393a", (14, 3, 5, 3), "circle-cross",
        "m-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0zm0 0h11m-5.5-5.5v11", size=11,
    ),
    "institute-2": Look(
        "#33180f", (7, 7), "square-x", "m-5-5h10v10h-10zl10 10m0-10l-10 10", size=10
    ),
    "institute-3": Look(
        "#053d38", (4, 2, 4, 8), "diamond-cross", "m0-6.5l6.5 6.5-6.5 6.5-6.5-6.5zv13m-6.5-6.5h13",
        size=11,
    ),
    "institute-4": Look(
        "#b286af", (16, 6, 1, 6), "circle-x",
        "m-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0zm1.6-3.9l7.8 7.8m0-7.8l-7.8 7.8", size=11,
    ),
}  # fmt: skip
# So many of each family can be told apart at a glance. Who comes after them has a number as well.
FAMILIES = Counter(name.partition("-")[0] for name in LOOKS if "-" in name)


def look_for(kind: str, index: int = 0) -> str:
    """The look of the series with this index (from 0) among its kind.

    The kind is self, earlier, or one of the families.
    """
    return f"{kind}-{index + 1}" if kind in FAMILIES else kind


def get_look(name: str) -> Look:
    """The look of this name. After the last of a family come the colours of its first, numbered."""
    return LOOKS[name] if name in LOOKS else _combined(*name.split("-"))


@cache
def _combined(kind: str, number: str) -> Look:
    """The colour of one look with the dash of a second and the marker of a third.

    No two of a family have all three alike, until every combination is used.
    """
    size = FAMILIES[kind]
    turn, place = divmod(int(number) - 1, size)
    of_dash, of_marker = turn, 3 * turn + turn // size
    colour, dash, marker = (
        LOOKS[f"{kind}-{(place + steps) % size + 1}"] for steps in (0, of_dash, of_marker)
    )
    return replace(marker, colour=colour.colour, dash=dash.dash, number=number)


def mark(x: float, y: float, look: str) -> str:
    """The marker of this look around a place, as path data."""
    return f"M{x} {y}{get_look(look).shape}"


@dataclass(frozen=True)
class LegendEntry:
    """One series in the legend. Series count from 1, here and in every chart below it."""

    index: int
    name: str
    role: str
    look: str
    mark: str

    @property
    def number(self) -> str:
        """What stands at its points in the charts, empty for most."""
        return get_look(self.look).number

    @property
    def css(self) -> str:
        """The rule of its look, for a style element of the page."""
        return f".look-{self.look}{{{get_look(self.look).css}}}"


def legend(series: Sequence[Series]) -> tuple[LegendEntry, ...]:
    """The legend, in the order given: self first. Its sample is 44 by 20 units."""
    return tuple(
        LegendEntry(index, each.name, each.role, each.look, mark(22, 10, each.look))
        for index, each in enumerate(series, 1)
    )
