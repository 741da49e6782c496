"""The style of a chart for a program that takes none from the page into a drawing (the PDF).

The rules are those of static/css/50-charts.css, without what such a program does not know.
"""

from collections.abc import Iterable

from zetwpo.scan.result.charts.frame import LONG_SIZE
from zetwpo.scan.result.charts.looks import LegendEntry, get_look

_FRAME = (
    ".chart-rings path,.chart-spokes{fill:none;stroke:#e2e7ed;stroke-width:1.5}"
    ".chart-rings path:last-child{stroke:#c3ccd6}"
    f"text{{font-family:sans-serif;font-size:{LONG_SIZE}px;text-anchor:middle}}"
    ".chart-short{display:none}"
)


def style_on_paper(entries: Iterable[LegendEntry]) -> str:
    """All rules for the spider and the samples of its legend."""
    return _FRAME + "".join(_look(each.look) for each in entries)


def _look(name: str) -> str:
    look = get_look(name)
    # In units of the drawing, of which a pixel holds more than one.
    dash = " ".join(map(str, look.dash)) or "none"
    line = f"fill:none;stroke:{look.colour};stroke-width:{look.width * 1.5};stroke-dasharray:{dash}"
    fill = look.colour if look.filled else "#fff"
    return (
        f".look-{name} .chart-line{{{line}}}"
        f".look-{name} .chart-mark{{fill:{fill};stroke:{look.colour};stroke-width:2}}"
    )
