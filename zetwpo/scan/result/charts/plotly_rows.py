"""Rows of dots for Plotly, for what has too few corners to be a spider.

All places are in user units, from the left and from the top, and so Plotly's axes count here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zetwpo.library.rules import HIGHEST, LOWEST
from zetwpo.scan.result.charts.frame import BEHAVIOUR_SIZE, LINE_HEIGHT, LONG_SIZE, WIDTH
from zetwpo.scan.result.charts.paths import Place, tidy
from zetwpo.scan.result.charts.plotly import PLOTLY_CONFIG, hover_words, style
from zetwpo.scan.result.charts.plotly_layout import (
    GRID,
    INK,
    MUTED,
    Json,
    annotation,
    bare_layout,
    shape,
    words,
)
from zetwpo.scan.result.charts.series import AxisLabel, Series

# The place of the lowest value, the step to the next one, and the room for each person.
LEFT, STEP, LANE = 40, 85, 32
# Between the name of a row and its lanes, between rows, and for the figures of the scale.
NEAR, GAP, SCALE = 8, 28, 44
# Of the value beside a dot, in pixels.
VALUE_SIZE = 13


@dataclass(frozen=True)
class Rows:
    """Where the rows are: a name for each, and as many lanes in it as there are series."""

    names: tuple[AxisLabel, ...]
    lanes: int

    @property
    def name_height(self) -> float:
        """The room for the longest name."""
        lines = max(len(lines) for name in self.names for lines in (name.short, name.long))
        return tidy(lines * LINE_HEIGHT * max(BEHAVIOUR_SIZE, LONG_SIZE) + NEAR)

    def top(self, row: int) -> float:
        """Where the name of this row begins."""
        return tidy(row * (self.name_height + LANE * self.lanes + GAP))

    def middle(self, row: int, lane: int) -> float:
        """The middle of a lane in this row."""
        return tidy(self.top(row) + self.name_height + LANE * (lane + 0.5))

    @property
    def height(self) -> float:
        """Of the whole, the figures of the scale at its end included."""
        return tidy(self.top(len(self.names)) + SCALE)


def rows_for_plotly(
    names: Sequence[AxisLabel],
    series: Sequence[Series],
    hovers: Sequence[Sequence[str]],
    values: Sequence[Sequence[str]],
    decimal_mark: str,
) -> Json:
    """A row for each name, with a lane for each series, in the form of `figure_for_plotly`.

    `values` has what stands beside each dot.
    """
    rows = Rows(tuple(names), len(series))
    parts = zip(series, hovers, values, strict=True)
    return {
        "data": [_trace(rows, lane, *part) for lane, part in enumerate(parts)],
        "layout": _layout(rows, decimal_mark),
        "labels": {
            "short": _labels(rows, [name.short for name in names], BEHAVIOUR_SIZE),
            "long": _labels(rows, [name.long for name in names], LONG_SIZE),
        },
        "config": PLOTLY_CONFIG,
        "ratio": round(rows.height / WIDTH, 4),
    }


def _trace(
    rows: Rows, lane: int, series: Series, hovers: Sequence[str], values: Sequence[str]
) -> Json:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": words([series.name]),
        "x": [None if value is None else _across(value) for value in series.values],
        "y": [rows.middle(row, lane) for row in range(len(rows.names))],
        "hovertext": [hover_words(hover) for hover in hovers],
        # A blank, as Plotly has no room between a dot and its text.
        "text": [f"\u2002{value}" for value in values],
        "textposition": "middle right",
        "textfont": {"size": VALUE_SIZE, "color": INK},
    } | style(series.look)


def _across(value: float) -> float:
    return tidy(LEFT + STEP * (value - LOWEST))


def _layout(rows: Rows, decimal_mark: str) -> Json:
    axis = {"visible": False, "fixedrange": True, "autorange": False}
    return bare_layout(decimal_mark) | {
        "xaxis": axis | {"range": [0, WIDTH]},
        "yaxis": axis | {"range": [rows.height, 0]},
        "shapes": [shape("".join(_grid(rows)), GRID) | {"xref": "x", "yref": "y"}],
    }


def _grid(rows: Rows) -> Iterator[str]:
    """A line for each value, as high as the lanes of a row."""
    for row in range(len(rows.names)):
        top = tidy(rows.top(row) + rows.name_height)
        bottom = tidy(top + LANE * rows.lanes)
        for value in range(LOWEST, HIGHEST + 1):
            yield f"M{_across(value)} {top}L{_across(value)} {bottom}"


def _labels(rows: Rows, names: Sequence[tuple[str, ...]], size: int) -> Json:
    above = [
        _text((0, rows.top(row)), words(name)) | {"xanchor": "left", "align": "left"}
        for row, name in enumerate(names)
    ]
    scale = [
        _text((_across(value), rows.height - SCALE), str(value)) | {"font": {"color": MUTED}}
        for value in range(LOWEST, HIGHEST + 1)
    ]
    return {"annotations": above + scale, "size": round(size / WIDTH, 5)}


def _text(place: Place, text: str) -> Json:
    return annotation(place, text) | {"xref": "x", "yref": "y", "yanchor": "top"}
