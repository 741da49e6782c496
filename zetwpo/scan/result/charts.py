"""The charts of a result as geometry: the spider, the dot rows, and their legend.

Pure functions from figures to plain data. Templates only print it as inline SVG, so that a chart
shows without a script; `figure_for_plotly` gives the same spider to Plotly, in the same place.
"""

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from textwrap import wrap
from typing import Any

LOWEST, HIGHEST = 1, 7
# Every ring is drawn; a figure at every second one is enough to read it and leaves it calm.
FIGURES = (1, 3, 5, 7)
FAMILY_SIZE = 4

# The spider, in user units. The height follows from how many lines the labels have.
WIDTH = 640
CENTRE = WIDTH // 2
RADIUS = 200
# Between a corner of the outer ring, with a marker on it, and its label.
GAP = 20
# Between the labels and the edge of the box, for letters of another size than ours.
EDGE = 6
# Half the widest label, so that the labels beside the spider end at the edge of its box.
HALF_LABEL = 100
# Sizes of the labels: a phone shows the spider at under half its size, so letters are larger.
# The style sheet repeats both; a test compares them.
SHORT_SIZE, LONG_SIZE = 28, 15
LINE_HEIGHT = 1.3
# Letters on one line beside a point, and their size in pixels: more does not fit on a phone.
HOVER_LENGTH, HOVER_SIZE = 24, 13

# A dot row, in user units.
DOTS_WIDTH, DOTS_LEFT, DOTS_STEP, LANE = 300, 14, 41, 17

INK, MUTED, GRID, RIM = "#1d2733", "#5a6675", "#e2e7ed", "#c3ccd6"
# Behind a figure of the scale, so that it can be read where a line crosses it.
HALO = "rgba(255,255,255,0.75)"
FONT = {"family": "system-ui, sans-serif", "color": INK}

# What Plotly wants to add to the head of a page. Our security policy lets no element in without
# its nonce, so the page has to bring these along, empty. Without the first the chart is misplaced
# and nothing says so; the second is for maps, which we do not draw (it holds the bundle's
# own name for it: a test compares).
PLOTLY_STYLES = (
    "plotly.js-style-global",
    "9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53",
)


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


@dataclass(frozen=True)
class Series:
    """What one person sees: a mean from 1 to 7 per axis, None where there is none."""

    key: str
    name: str
    look: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class AxisLabel:
    """What an axis is called, in two lengths with their line breaks."""

    title: str
    long: tuple[str, ...]
    short: tuple[str, ...]


# ---------------------------------------------------------------------------- legend


@dataclass(frozen=True)
class LegendEntry:
    """One series in the legend. Series count from 1, here and in every chart below it."""

    index: int
    name: str
    look: str
    mark: str


def legend(series: Sequence[Series]) -> tuple[LegendEntry, ...]:
    """The legend, in the order given: self first. Its sample is 44 by 20 units."""
    return tuple(
        LegendEntry(index, each.name, each.look, _mark(22, 10, each.look))
        for index, each in enumerate(series, 1)
    )


# ---------------------------------------------------------------------------- spider


@dataclass(frozen=True)
class Figure:
    """A figure of the scale and the middle of its place."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class LabelLine:
    """One line of a label and how far it stands below the line before it, as in `1.3em`."""

    text: str
    dy: str


@dataclass(frozen=True)
class Label:
    """The name of an axis, centred on x.

    One that rises has its last base line at y, the others have their top there.
    """

    x: float
    y: float
    rises: bool
    long: tuple[LabelLine, ...]
    short: tuple[LabelLine, ...]


@dataclass(frozen=True)
class Point:
    """One value (1 to 7) on an axis (from 0), and its marker as path data."""

    x: float
    y: float
    value: float
    axis: int
    mark: str


@dataclass(frozen=True)
class Trace:
    """One series in the spider; its line is path data, empty where no two neighbours meet."""

    index: int
    name: str
    look: str
    line: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Spider:
    """All that the template prints. Rings, from 1 to 7, and spokes are path data."""

    width: int
    height: float
    rings: tuple[str, ...]
    spokes: str
    figures: tuple[Figure, ...]
    labels: tuple[Label, ...]
    traces: tuple[Trace, ...]

    @property
    def view_box(self) -> str:
        """As the attribute of that name."""
        return f"0 0 {self.width} {self.height}"


def radius(value: float) -> float:
    """How far from the centre a value from 1 to 7 lies, in user units.

    Linear, with the centre for a nought that the scale does not have: in this way five ones are
    five points on a small ring and not one, and equal steps remain equal.
    """
    return RADIUS * value / HIGHEST


def spider(axes: Sequence[AxisLabel], series: Sequence[Series]) -> Spider:
    """The spider of three to six axes, the first at the top and the others clockwise."""
    frame = _frame(axes)
    return Spider(
        WIDTH,
        frame.height,
        tuple(_closed(ring) for ring in frame.rings()),
        "".join(_line(spoke) for spoke in frame.spokes()),
        tuple(frame.figure(value) for value in FIGURES),
        tuple(_label(frame, axis, label) for axis, label in enumerate(axes)),
        tuple(_trace(frame, index, each) for index, each in enumerate(series, 1)),
    )


Place = tuple[float, float]


@dataclass(frozen=True)
class _Frame:
    """Where things are: how many axes, the height of the centre, and that of the whole."""

    count: int
    middle: float
    height: float

    @property
    def axes(self) -> range:
        return range(self.count)

    def at(self, axis: float, distance: float) -> Place:
        """The place on an axis, or between two, at this distance from the centre."""
        turn = 2 * math.pi * axis / self.count
        across, down = distance * math.sin(turn), -distance * math.cos(turn)
        return _tidy(CENTRE + across), _tidy(self.middle + down)

    def rings(self) -> list[list[Place]]:
        """The corners of every ring, from 1 to 7."""
        values = range(LOWEST, HIGHEST + 1)
        return [[self.at(axis, radius(value)) for axis in self.axes] for value in values]

    def spokes(self) -> list[list[Place]]:
        """The two ends of every spoke, on the first ring and on the last."""
        return [[self.at(axis, radius(LOWEST)), self.at(axis, RADIUS)] for axis in self.axes]

    def on_paper(self, place: Place) -> Place:
        """The same place as Plotly counts: a share of the width and, from below, of the height."""
        return round(place[0] / WIDTH, 4), round(1 - place[1] / self.height, 4)

    def figure(self, value: int) -> Figure:
        """A figure on its ring, at the bottom between two axes, where no marker ever is."""
        between = self.count // 2 + 0.5
        x, y = self.at(between, radius(value) * math.cos(math.pi / self.count))
        return Figure(x, y, str(value))


def _frame(axes: Sequence[AxisLabel]) -> _Frame:
    middle = GAP + _height(axes[0]) + RADIUS + EDGE
    flat = _Frame(len(axes), 0, 0)
    corners = [flat.at(axis, RADIUS)[1] for axis in flat.axes]
    below = max(corner + _height(label) for corner, label in zip(corners, axes, strict=True))
    return _Frame(len(axes), _tidy(middle), math.ceil(middle + below + GAP + EDGE))


def _height(label: AxisLabel) -> float:
    return LINE_HEIGHT * max(len(label.short) * SHORT_SIZE, len(label.long) * LONG_SIZE)


def _label(frame: _Frame, axis: int, label: AxisLabel) -> Label:
    x, y = frame.at(axis, RADIUS)
    rises = y < frame.middle + 0.3 * RADIUS
    if rises and axis:
        x, y = _beside(frame, axis)
    y = _tidy(y - GAP if rises else y + GAP)
    return Label(x, y, rises, _lines(label.long, rises), _lines(label.short, rises))


def _beside(frame: _Frame, axis: int) -> Place:
    """Above the outer ring, as far to the side as the box goes: room for long words."""
    side = 1 if frame.at(axis, 1)[0] > CENTRE else -1
    upper, corner = frame.at(axis - side, RADIUS), frame.at(axis, RADIUS)
    x = CENTRE + side * (CENTRE - HALF_LABEL)
    inner_end = x - side * HALF_LABEL
    share = (inner_end - upper[0]) / (corner[0] - upper[0])
    return x, upper[1] + min(max(share, 0), 1) * (corner[1] - upper[1])


def _lines(lines: tuple[str, ...], rises: bool) -> tuple[LabelLine, ...]:
    first = LINE_HEIGHT * (1 - len(lines)) if rises else 1
    steps = [first] + [LINE_HEIGHT] * (len(lines) - 1)
    return tuple(
        LabelLine(text, f"{_tidy(step)}em") for text, step in zip(lines, steps, strict=True)
    )


def _trace(frame: _Frame, index: int, series: Series) -> Trace:
    points = [
        None if value is None else _point(frame, axis, value, series.look)
        for axis, value in enumerate(series.values)
    ]
    present = tuple(point for point in points if point)
    return Trace(index, series.name, series.look, _outline(points), present)


def _point(frame: _Frame, axis: int, value: float, look: str) -> Point:
    x, y = frame.at(axis, radius(value))
    return Point(x, y, value, axis, _mark(x, y, look))


def _outline(points: Sequence[Point | None]) -> str:
    """The line along the points, closed when none is missing; a missing one is a gap."""
    if None not in points:
        return _closed([(point.x, point.y) for point in points if point])
    # Begin after a gap, so that a run over the top is one run and its dashes go on.
    start = points.index(None) + 1
    turned = [*points[start:], *points[:start]]
    runs = [[(p.x, p.y) for p in run if p] for _, run in groupby(turned, bool)]
    return "".join(_line(run) for run in runs if len(run) > 1)


# -------------------------------------------------------------------------- dot rows


@dataclass(frozen=True)
class DotValue:
    """The value (1 to 7) of one series, and how the page writes it in its language."""

    look: str
    value: float | None
    text: str


@dataclass(frozen=True)
class Dot:
    """A marker as path data, and the left end and base line of the value beside it."""

    index: int
    look: str
    mark: str
    x: float
    y: float
    text: str


@dataclass(frozen=True)
class DotRow:
    """One row: the lines of the scale as path data, and a dot per series that has a value."""

    name: str
    width: int
    height: int
    grid: str
    dots: tuple[Dot, ...]

    @property
    def view_box(self) -> str:
        """As the attribute of that name."""
        return f"0 0 {self.width} {self.height}"


@dataclass(frozen=True)
class DotScale:
    """The figures of the scale, as wide as a row."""

    view_box: str
    figures: tuple[Figure, ...]


# Stands once above the rows.
DOT_SCALE = DotScale(
    f"0 0 {DOTS_WIDTH} 16",
    tuple(
        Figure(DOTS_LEFT + DOTS_STEP * step, 12, str(LOWEST + step))
        for step in range(HIGHEST - LOWEST + 1)
    ),
)


def dot_row(name: str, values: Sequence[DotValue]) -> DotRow:
    """A row for one axis or behaviour, with a lane per series in the order of the legend."""
    height = LANE * len(values) + 4
    grid = "".join(f"M{figure.x} 0v{height}" for figure in DOT_SCALE.figures)
    dots = [_dot(index, value) for index, value in enumerate(values, 1)]
    return DotRow(name, DOTS_WIDTH, height, grid, tuple(dot for dot in dots if dot))


def _dot(index: int, dot: DotValue) -> Dot | None:
    if dot.value is None:
        return None
    x = _tidy(DOTS_LEFT + DOTS_STEP * (dot.value - LOWEST))
    y = _tidy(LANE * (index - 0.5) + 2)
    return Dot(index, dot.look, _mark(x, y, dot.look), _tidy(x + 10), _tidy(y + 4.5), dot.text)


# ------------------------------------------------------------------------- path data


def _tidy(number: float) -> float:
    """With one decimal, and none where it is nought: shorter on the page."""
    rounded = round(number, 1)
    return int(rounded) if rounded == int(rounded) else rounded


def _line(places: Sequence[Place]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in places)


def _closed(places: Sequence[Place]) -> str:
    return _line(places) + "Z"


def _mark(x: float, y: float, look: str) -> str:
    return f"M{x} {y}{LOOKS[look].shape}"


# ---------------------------------------------------------------------------- Plotly

Json = dict[str, Any]


def figure_for_plotly(
    axes: Sequence[AxisLabel],
    series: Sequence[Series],
    hovers: Sequence[Sequence[str]],
    decimal_mark: str,
) -> Json:
    """The same spider for Plotly: `data`, `layout` and `config`, ready for JSON.

    `hovers` has a text per series and axis, with line breaks. What depends on the width is for
    whoever draws: the height is `ratio` times the width, and one of the two `labels`, short or
    long, gives the layout its annotations and, as `size` times the width, its letters.
    """
    frame = _frame(axes)
    titles = [axis.title for axis in axes]
    labels = [_label(frame, index, axis) for index, axis in enumerate(axes)]
    return {
        "data": [
            _plotly_trace(titles, each, texts) for each, texts in zip(series, hovers, strict=True)
        ],
        "layout": _layout(frame, titles, decimal_mark),
        "labels": {
            "short": _plotly_labels(frame, [axis.short for axis in axes], labels, SHORT_SIZE),
            "long": _plotly_labels(frame, [axis.long for axis in axes], labels, LONG_SIZE),
        },
        "config": PLOTLY_CONFIG,
        "ratio": round(frame.height / WIDTH, 4),
    }


# No bar with buttons, and with it no button that sends the figures to somebody's cloud; nothing
# to drag, zoom or edit.
PLOTLY_CONFIG = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
    "editable": False,
}


def _plotly_trace(titles: list[str], series: Series, hovers: Sequence[str]) -> Json:
    look = LOOKS[series.look]
    texts = [_plotly_text(_wrapped(hover)) for hover in hovers]
    return {
        "type": "scatterpolar",
        "mode": "lines+markers",
        "name": _plotly_text([series.name]),
        # Once round and back to the first.
        "r": [*series.values, series.values[0]],
        "theta": [*titles, titles[0]],
        "hovertext": [*texts, texts[0]],
        "hoverinfo": "text",
        "connectgaps": False,
        "cliponaxis": False,
        "fill": "none",
        "line": {
            "color": look.colour,
            "width": look.width,
            "dash": ",".join(f"{length}px" for length in look.dash) or "solid",
        },
        "marker": {
            "symbol": look.symbol,
            "size": look.size,
            "opacity": 1,
            "color": look.colour if look.filled else "#fff",
            "line": {"color": look.colour, "width": 1.5},
        },
    }


def _wrapped(hover: str) -> list[str]:
    return [part for line in hover.split("\n") for part in wrap(line, HOVER_LENGTH)]


def _layout(frame: _Frame, titles: list[str], decimal_mark: str) -> Json:
    return {
        "font": FONT,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "separators": ",." if decimal_mark == "," else ".,",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": "#fff", "align": "left", "font": FONT | {"size": HOVER_SIZE}},
        "polar": _polar(frame, titles),
        "shapes": _shapes(frame),
    }


def _polar(frame: _Frame, titles: list[str]) -> Json:
    """The axes: fixed, in our order from the top and clockwise, and drawn by `_shapes`."""
    left, bottom = frame.on_paper((CENTRE - RADIUS, frame.middle + RADIUS))
    right, top = frame.on_paper((CENTRE + RADIUS, frame.middle - RADIUS))
    return {
        "domain": {"x": [left, right], "y": [bottom, top]},
        "bgcolor": "rgba(0,0,0,0)",
        # From the nought that `radius` puts in the centre. Plotly can also begin at 1 around a
        # hole, but then it leaves out the ones and cuts lines along the outer ring in half.
        "radialaxis": {"range": [0, HIGHEST], "autorange": False, "visible": False},
        "angularaxis": {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": titles,
            "direction": "clockwise",
            "rotation": 90,
            "visible": False,
        },
    }


def _shapes(frame: _Frame) -> list[Json]:
    rings = [[frame.on_paper(place) for place in ring] for ring in frame.rings()]
    spokes = [[frame.on_paper(place) for place in spoke] for spoke in frame.spokes()]
    inner = "".join([_closed(ring) for ring in rings[:-1]] + [_line(spoke) for spoke in spokes])
    return [_shape(inner, GRID), _shape(_closed(rings[-1]), RIM)]


def _shape(path: str, colour: str) -> Json:
    place = {"xref": "paper", "yref": "paper", "layer": "below"}
    return {"type": "path", "path": path, "line": {"color": colour, "width": 1}} | place


def _plotly_labels(
    frame: _Frame, names: Sequence[tuple[str, ...]], labels: Sequence[Label], size: int
) -> Json:
    """The names of the axes and the figures of the scale, in one of the two lengths."""
    axes = [
        _annotation(frame.on_paper((label.x, label.y)), _plotly_text(name))
        | {"yanchor": "bottom" if label.rises else "top"}
        for name, label in zip(names, labels, strict=True)
    ]
    figures = [
        _annotation(frame.on_paper((figure.x, figure.y)), figure.text)
        | {"yanchor": "middle", "bgcolor": HALO, "font": {"color": MUTED}}
        for figure in map(frame.figure, FIGURES)
    ]
    return {"annotations": axes + figures, "size": round(size / WIDTH, 5)}


def _annotation(place: Place, text: str) -> Json:
    where = {"x": place[0], "y": place[1], "xref": "paper", "yref": "paper", "xanchor": "center"}
    return {"text": text, "showarrow": False, "borderpad": 0} | where


def _plotly_text(lines: Sequence[str]) -> str:
    """Words for Plotly, which reads tags and links in a text: a name is never one."""
    return "<br>".join(html.escape(line, quote=False) for line in lines)
