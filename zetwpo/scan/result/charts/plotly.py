"""The same spider for Plotly, in the same place as the drawing."""

import re
from collections.abc import Sequence

from zetwpo.scan.result.charts.frame import SHORT_SIZE, WIDTH, frame_for
from zetwpo.scan.result.charts.looks import get_look
from zetwpo.scan.result.charts.plotly_layout import (
    Json,
    labels_for_plotly,
    layout_for_plotly,
    words,
)
from zetwpo.scan.result.charts.series import AxisLabel, Series

# Letters on one line beside a point: more does not fit on a phone.
HOVER_LENGTH = 24
# As many words as fit, or half of a name with a hyphen; of a word that is longer, as much as
# fits. In one expression, which takes a twentieth of the time of `textwrap`.
HOVER_LINE = re.compile(
    rf"\S(?:.{{0,{HOVER_LENGTH - 2}}}\S)?(?:(?!\S)|(?<=-))|\S{{{HOVER_LENGTH}}}"
)

# What Plotly wants to add to the head of a page. Our security policy lets no element in without
# its nonce, so the page has to bring these along, empty. Without the first the chart is misplaced
# and nothing says so; the second is for maps, which we do not draw (it holds the bundle's
# own name for it: a test compares).
PLOTLY_STYLES = (
    "plotly.js-style-global",
    "9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53",
)

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


def figure_for_plotly(
    axes: Sequence[AxisLabel],
    series: Sequence[Series],
    hovers: Sequence[Sequence[str]],
    decimal_mark: str,
    short_size: int = SHORT_SIZE,
) -> Json:
    """The same spider for Plotly: `data`, `layout` and `config`, ready for JSON.

    `hovers` has a text per series and axis, with line breaks. What depends on the width is for
    whoever draws: the height is `ratio` times the width, and one of the two `labels`, short or
    long, gives the layout its annotations and, as `size` times the width, its letters.
    All but `data` is the same object for every page: read it only.
    """
    frame = frame_for(axes, short_size)
    titles = [axis.title for axis in axes]
    return {
        "data": [_trace(titles, each, texts) for each, texts in zip(series, hovers, strict=True)],
        "layout": layout_for_plotly(frame, decimal_mark),
        "labels": labels_for_plotly(frame),
        "config": PLOTLY_CONFIG,
        "ratio": round(frame.height / WIDTH, 4),
    }


def _trace(titles: list[str], series: Series, hovers: Sequence[str]) -> Json:
    texts = [hover_words(hover) for hover in hovers]
    number = get_look(series.look).number
    numbered = {"text": [number] * (len(titles) + 1), "textposition": "top right"}
    # Once round and back to the first.
    return {
        "type": "scatterpolar",
        "mode": "lines+markers+text" if number else "lines+markers",
        "name": words([series.name]),
        "r": [*series.values, series.values[0]],
        "theta": [*titles, titles[0]],
        "hovertext": [*texts, texts[0]],
        "connectgaps": False,
        "fill": "none",
        **style(series.look),
        **(numbered if number else {}),
    }


def hover_words(hover: str) -> str:
    """The text beside a point, in lines that fit on a phone."""
    return words(HOVER_LINE.findall(hover))


def style(name: str) -> Json:
    """How Plotly draws the lines and markers of this look."""
    look = get_look(name)
    return {
        "hoverinfo": "text",
        "cliponaxis": False,
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
