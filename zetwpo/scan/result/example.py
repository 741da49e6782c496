"""The spider on the front door: invented figures, drawn as the result draws everybody's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from zetwpo.i18n import gettext as _
from zetwpo.library.questionnaires import Axis
from zetwpo.library.respondents import AskedRole
from zetwpo.scan.result import charts
from zetwpo.scan.result.charts import AxisLabel, LegendEntry, Series, Spider, look_for
from zetwpo.scan.result.page import label_of_axis

# For as many axes as a spider may have. There is one on which the two differ most.
SUPERVISOR = (5.4, 4.2, 3.4, 5.0, 4.4, 5.2)
OTHER = (5.8, 3.8, 5.6, 5.4, 4.8, 4.6)


@dataclass(frozen=True)
class Example:
    """A spider with its legend, and what there is to see in it."""

    spider: Spider
    legend: tuple[LegendEntry, ...]
    sentence: str


def example(axes: Sequence[Axis], role: AskedRole) -> Example:
    """A supervisor and somebody in this role who differ most on one axis."""
    labels = tuple(map(label_of_axis, axes))
    spider, legend = _drawn(labels, _("A supervisor"), str(role.one).capitalize(), role.looks)
    apart = [abs(own - other) for own, other in zip(SUPERVISOR, OTHER, strict=True)]
    largest = max(range(len(axes)), key=lambda axis: apart[axis])
    sentence = _(
        "Here %(who)s sees more of “%(part)s” than the supervisor does: something to talk about.",
        who=str(role.one),
        part=labels[largest].title,
    )
    return Example(spider, legend, sentence)


# The same on every visit in one language.
@lru_cache(maxsize=50)
def _drawn(
    labels: tuple[AxisLabel, ...], supervisor: str, other: str, looks: str
) -> tuple[Spider, tuple[LegendEntry, ...]]:
    series = [
        Series("supervisor", supervisor, look_for("self"), SUPERVISOR[: len(labels)]),
        Series("other", other, look_for(looks), OTHER[: len(labels)]),
    ]
    return charts.spider(labels, series), charts.legend(series)
