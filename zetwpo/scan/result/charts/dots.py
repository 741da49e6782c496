"""The dot rows: a row per behaviour with a lane for each series, or a lane on its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from markupsafe import Markup

from zetwpo.library.rules import HIGHEST, LOWEST
from zetwpo.scan.result.charts.looks import get_look, mark
from zetwpo.scan.result.charts.paths import tidy
from zetwpo.scan.result.charts.scale import Figure

# In user units.
WIDTH, LEFT, STEP, LANE = 300, 20, 40, 17
# From the middle of a marker to its value at the right, and to its number at the left.
BESIDE, BEFORE = 10, 8

FIGURE = Markup('<text class="chart-figure" x="{0.x}" y="{0.y}">{0.text}</text>')
DOT = Markup(
    '<g class="series-{0.index} look-{0.look}"><path class="chart-mark" d="{0.mark}"/>'
    '<text x="{0.x}" y="{0.y}">{0.text}</text>{1}</g>'
)
# Left of the marker, where a look alone does not tell a series apart.
NUMBER = Markup('<text class="chart-number" x="{}" y="{}">{}</text>')


@dataclass(frozen=True)
class DotValue:
    """The value (1 to 7) of one series, how the page writes it in its language, and whose it is."""

    look: str
    value: float | None
    text: str
    name: str = ""


@dataclass(frozen=True)
class Dot:
    """A marker as path data, and the left end and base line of the value beside it."""

    index: int
    look: str
    mark: str
    x: float
    y: float
    text: str

    @cached_property
    def svg(self) -> Markup:
        """Drawn here and once: a result has some two hundred, and others have the same ones."""
        number = get_look(self.look).number
        left = tidy(self.x - BESIDE - BEFORE)
        return DOT.format(self, NUMBER.format(left, self.y, number) if number else "")


@dataclass(frozen=True)
class DotRow:
    """One row: the lines of the scale as path data, and a dot per series that has a value.

    `words` say the same for whoever does not see it.
    """

    name: str
    words: str
    width: int
    height: int
    grid: str
    dots: tuple[Dot, ...]

    @property
    def view_box(self) -> str:
        """As the attribute of that name."""
        return f"0 0 {self.width} {self.height}"

    @property
    def svg(self) -> Markup:
        """Its dots, one after the other: each escaped its words when it was drawn."""
        return Markup("".join(dot.svg for dot in self.dots))  # noqa: S704


@dataclass(frozen=True)
class DotScale:
    """The figures of the scale, as wide as a row."""

    view_box: str
    figures: tuple[Figure, ...]

    @cached_property
    def svg(self) -> Markup:
        """The figures, drawn."""
        return Markup().join(FIGURE.format(figure) for figure in self.figures)


# Stands above the rows, and not in each of them.
DOT_SCALE = DotScale(
    f"0 0 {WIDTH} 16",
    tuple(
        Figure(LEFT + STEP * step, 12, str(LOWEST + step)) for step in range(HIGHEST - LOWEST + 1)
    ),
)


def dot_row(name: str, values: Sequence[DotValue]) -> DotRow:
    """A row for one behaviour, with a lane per series in the order of the legend."""
    height = LANE * len(values) + 4
    dots = tuple(
        _dot(index, index, each.look, each.value, each.text)
        for index, each in enumerate(values, 1)
        if each.value is not None
    )
    words = ", ".join(f"{each.name} {each.text}" for each in values if each.value is not None)
    return DotRow(name, words, WIDTH, height, _grid(height), dots)


def lane(value: float, look: str, text: str) -> DotRow:
    """A row for one value on its own, which stays in sight whatever is ticked in the legend."""
    height = LANE + 4
    return DotRow("", text, WIDTH, height, _grid(height), (_dot(0, 1, look, value, text),))


# Every row of a result has the same.
@cache
def _grid(height: int) -> str:
    return "".join(f"M{figure.x} 0v{height}" for figure in DOT_SCALE.figures)


# Kept with its drawing, as only so many means exist: without it a result takes a third longer.
@cache
def _dot(series: int, lane: int, look: str, value: float, text: str) -> Dot:
    x = tidy(LEFT + STEP * (value - LOWEST))
    y = tidy(LANE * (lane - 0.5) + 2)
    return Dot(series, look, mark(x, y, look), tidy(x + BESIDE), tidy(y + 4.5), text)
