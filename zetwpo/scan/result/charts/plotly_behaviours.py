"""The behaviours of one axis for Plotly: a spider, or rows of dots where that has no shape."""

from collections.abc import Sequence
from textwrap import wrap

from zetwpo.scan.result.charts.frame import BEHAVIOUR_SIZE
from zetwpo.scan.result.charts.plotly import figure_for_plotly
from zetwpo.scan.result.charts.plotly_layout import Json
from zetwpo.scan.result.charts.plotly_rows import rows_for_plotly
from zetwpo.scan.result.charts.series import AxisLabel, Series

# Of two corners there is no shape to see, and around more than six there is no room for names.
CORNERS = range(3, 7)
# Letters on a line of a label: around a spider in two lengths, and above a row.
SHORT, LONG, ABOVE = 16, 22, 40
# A word alone on its line may be somewhat longer before it is broken.
LONGEST_WORD = 18


def behaviours_for_plotly(
    names: Sequence[str],
    series: Sequence[Series],
    hovers: Sequence[Sequence[str]],
    values: Sequence[Sequence[str]],
    decimal_mark: str,
) -> Json:
    """What everybody sees of each behaviour, in the form of `figure_for_plotly`.

    `values` has each value as the page writes it.
    """
    if len(names) in CORNERS:
        labels = [_label(name, LONG, SHORT) for name in names]
        return figure_for_plotly(labels, series, hovers, decimal_mark, BEHAVIOUR_SIZE)
    labels = [_label(name, ABOVE, ABOVE) for name in names]
    return rows_for_plotly(labels, series, hovers, values, decimal_mark)


def _label(name: str, long: int, short: int) -> AxisLabel:
    return AxisLabel(name, _lines(name, long), _lines(name, short))


def _lines(name: str, most: int) -> tuple[str, ...]:
    """In as few lines as can be, and these about as long: a last word alone looks lost."""
    longest = max(map(len, name.split()))
    if longest <= LONGEST_WORD:
        most = max(most, longest)
    fewest = len(wrap(name, most))
    # Narrower than its longest word it would be broken inside that word.
    widths = range(min(most, longest), most + 1)
    return next(tuple(lines) for width in widths if len(lines := wrap(name, width)) == fewest)
