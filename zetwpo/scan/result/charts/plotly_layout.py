"""The layout of the spider for Plotly: the same for every page in one language."""

import html
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from zetwpo.library.rules import HIGHEST
from zetwpo.scan.result.charts.frame import (
    CENTRE,
    LONG_SIZE,
    MOST_FRAMES,
    RADIUS,
    WIDTH,
    Frame,
)
from zetwpo.scan.result.charts.labels import labels_of
from zetwpo.scan.result.charts.paths import Place, closed, line

Json = dict[str, Any]

INK, MUTED, GRID, RIM = "#1d2733", "#5a6675", "#e2e7ed", "#c3ccd6"
# Behind a figure of the scale, so that it can be read where a line crosses it.
HALO = "rgba(255,255,255,0.75)"
CLEAR = "rgba(0,0,0,0)"
FONT = {"family": "system-ui, sans-serif", "color": INK}
# In pixels, of the text beside a point.
HOVER_SIZE = 13


@lru_cache(maxsize=MOST_FRAMES)
def layout_for_plotly(frame: Frame, decimal_mark: str) -> Json:
    """What stands around the traces, without what depends on the width."""
    return {
        **bare_layout(decimal_mark),
        "polar": _polar(frame),
        "shapes": _shapes(frame),
    }


@cache
def bare_layout(decimal_mark: str) -> Json:
    """What every chart has around it: nothing that Plotly puts there by itself."""
    return {
        "font": FONT,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "separators": ",." if decimal_mark == "," else ".,",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": "#fff", "align": "left", "font": FONT | {"size": HOVER_SIZE}},
    }


def _polar(frame: Frame) -> Json:
    """The axes: fixed, in our order from the top and clockwise, and drawn by `_shapes`."""
    left, bottom = _on_paper(frame, (CENTRE - RADIUS, frame.middle + RADIUS))
    right, top = _on_paper(frame, (CENTRE + RADIUS, frame.middle - RADIUS))
    return {
        "domain": {"x": [left, right], "y": [bottom, top]},
        "bgcolor": CLEAR,
        # From the nought that `radius` puts in the centre. Plotly can also begin at 1 around a
        # hole, but then it leaves out the ones and cuts lines along the outer ring in half.
        "radialaxis": {"range": [0, HIGHEST], "autorange": False, "visible": False},
        "angularaxis": {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": [axis.title for axis in frame.axes],
            "direction": "clockwise",
            "rotation": 90,
            "visible": False,
        },
    }


def _shapes(frame: Frame) -> list[Json]:
    rings = [[_on_paper(frame, place) for place in ring] for ring in frame.rings]
    spokes = [[_on_paper(frame, place) for place in spoke] for spoke in frame.spokes]
    inner = "".join([closed(ring) for ring in rings[:-1]] + [line(spoke) for spoke in spokes])
    return [shape(inner, GRID), shape(closed(rings[-1]), RIM)]


def shape(path: str, colour: str) -> Json:
    """A thin line along this path on the paper, behind everything else."""
    place = {"xref": "paper", "yref": "paper", "layer": "below"}
    return {"type": "path", "path": path, "line": {"color": colour, "width": 1}} | place


@lru_cache(maxsize=MOST_FRAMES)
def labels_for_plotly(frame: Frame) -> Json:
    """The names of the axes and the figures of the scale, in both lengths."""
    return {
        "short": _labels(frame, [axis.short for axis in frame.axes], frame.short_size),
        "long": _labels(frame, [axis.long for axis in frame.axes], LONG_SIZE),
    }


def _labels(frame: Frame, names: Sequence[tuple[str, ...]], size: int) -> Json:
    axes = [
        annotation(_on_paper(frame, (label.x, label.y)), words(name))
        | {"yanchor": "bottom" if label.rises else "top"}
        for name, label in zip(names, labels_of(frame), strict=True)
    ]
    figures = [
        annotation(_on_paper(frame, (figure.x, figure.y)), figure.text)
        | {"yanchor": "middle", "bgcolor": HALO, "font": {"color": MUTED}}
        for figure in frame.figures
    ]
    return {"annotations": axes + figures, "size": round(size / WIDTH, 5)}


def annotation(place: Place, text: str) -> Json:
    """A text with the middle of its width at this place on the paper."""
    where = {"x": place[0], "y": place[1], "xref": "paper", "yref": "paper", "xanchor": "center"}
    return {"text": text, "showarrow": False, "borderpad": 0} | where


def _on_paper(frame: Frame, place: Place) -> Place:
    """The same place as Plotly counts: a share of the width and, from below, of the height."""
    return round(place[0] / WIDTH, 4), round(1 - place[1] / frame.height, 4)


def words(lines: Sequence[str]) -> str:
    """Words for Plotly, which reads tags and links in a text: a name is never one."""
    return "<br>".join(html.escape(line, quote=False) for line in lines)
