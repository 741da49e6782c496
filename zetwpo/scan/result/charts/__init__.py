"""The charts of a result as geometry: the spider, the dot rows, and their legend.

Pure functions from figures to plain data, which templates print as inline SVG, so that a chart
shows without a script; `figure_for_plotly` gives the same spider to Plotly, in the same place, and
`behaviours_for_plotly` what it shows of one axis.
What depends on the questionnaire alone is made once and kept, and so is each dot: without that a
result takes half as long again.
"""

from zetwpo.scan.result.charts.dots import DOT_SCALE, DotRow, DotValue, dot_row, lane
from zetwpo.scan.result.charts.drawing import Spider, spider
from zetwpo.scan.result.charts.looks import FAMILIES, LOOKS, LegendEntry, get_look, legend, look_for
from zetwpo.scan.result.charts.on_paper import style_on_paper
from zetwpo.scan.result.charts.plotly import PLOTLY_STYLES, figure_for_plotly
from zetwpo.scan.result.charts.plotly_behaviours import behaviours_for_plotly
from zetwpo.scan.result.charts.plotly_layout import Json
from zetwpo.scan.result.charts.series import AxisLabel, Series

__all__ = [
    "DOT_SCALE",
    "FAMILIES",
    "LOOKS",
    "PLOTLY_STYLES",
    "AxisLabel",
    "DotRow",
    "DotValue",
    "Json",
    "LegendEntry",
    "Series",
    "Spider",
    "behaviours_for_plotly",
    "dot_row",
    "figure_for_plotly",
    "get_look",
    "lane",
    "legend",
    "look_for",
    "spider",
    "style_on_paper",
]
