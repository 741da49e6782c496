"""The spider as the template draws it: its frame, and a trace per series."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from zetwpo.scan.result.charts.frame import MOST_FRAMES, WIDTH, Frame, frame_for, radius
from zetwpo.scan.result.charts.labels import Label, labels_of
from zetwpo.scan.result.charts.looks import get_look, mark
from zetwpo.scan.result.charts.paths import closed, line
from zetwpo.scan.result.charts.scale import Figure
from zetwpo.scan.result.charts.series import AxisLabel, Series


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
    # At every point, where its look alone does not tell it apart.
    number: str = ""


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


def spider(axes: Sequence[AxisLabel], series: Sequence[Series]) -> Spider:
    """The spider of three to six axes, the first at the top and the others clockwise."""
    frame = frame_for(axes)
    traces = tuple(_trace(frame, index, each) for index, each in enumerate(series, 1))
    return replace(_without_traces(frame), traces=traces)


@lru_cache(maxsize=MOST_FRAMES)
def _without_traces(frame: Frame) -> Spider:
    return Spider(
        WIDTH,
        frame.height,
        tuple(closed(ring) for ring in frame.rings),
        "".join(line(spoke) for spoke in frame.spokes),
        frame.figures,
        labels_of(frame),
        traces=(),
    )


def _trace(frame: Frame, index: int, series: Series) -> Trace:
    points = [
        None if value is None else _point(frame, axis, value, series.look)
        for axis, value in enumerate(series.values)
    ]
    present = tuple(point for point in points if point)
    number = get_look(series.look).number
    return Trace(index, series.name, series.look, _outline(points), present, number)


def _point(frame: Frame, axis: int, value: float, look: str) -> Point:
    x, y = frame.at(axis, radius(value))
    return Point(x, y, value, axis, mark(x, y, look))


def _outline(points: Sequence[Point | None]) -> str:
    """The line along the points, closed when none is missing; a missing one is a gap."""
    if None not in points:
        return closed([(point.x, point.y) for point in points if point])
    # Begin after a gap, so that a run over the top is one run and its dashes go on.
    start = points.index(None) + 1
    turned = [*points[start:], *points[:start]]
    runs = [[(p.x, p.y) for p in run if p] for _, run in groupby(turned, bool)]
    return "".join(line(run) for run in runs if len(run) > 1)
