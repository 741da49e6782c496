"""How a supervisor saw themselves in two scans, then and now, for a page of their own.

Nothing of what others answered: that was given to the supervisor alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from zetwpo.library.questionnaires import Axis
from zetwpo.scan.responses.queries import ResponseView, get_views
from zetwpo.scan.result import charts, rules
from zetwpo.scan.result.charts import LegendEntry, Series, Spider, look_for
from zetwpo.scan.result.page import label_of_axis
from zetwpo.scan.result.queries import EARLIER, SELF, statements_of
from zetwpo.scan.result.rules import Score, View
from zetwpo.scan.self_scan.queries import ScanCard


@dataclass(frozen=True)
class Picture:
    """One scan, or two that asked the same statements, as a spider and as figures."""

    # What each scan is called, the first one first.
    days: tuple[str, ...]
    spider: Spider
    legend: tuple[LegendEntry, ...]
    # Each part with its mean in each of these scans, and what that rests on.
    scores: tuple[tuple[Axis, tuple[Score, ...]], ...]

    @property
    def has_gaps(self) -> bool:
        """True where too little was judged for some mean."""
        return any(score.mean is None for _axis, scores in self.scores for score in scores)


def pictures(scans: Sequence[tuple[ScanCard, str]]) -> list[Picture]:
    """These scans of one person, each with what it is called, the first one first: one statement.

    Those that follow each other and asked the same stand in one picture; there are at most two.
    """
    found = get_views({scan.response_id: "" for scan, _day in scans}) if scans else {}
    # One that is deleted at this moment is not there.
    views = [(found[scan.response_id], day) for scan, day in scans if scan.response_id in found]
    alike = groupby(views, key=lambda each: each[0].version)
    return [_picture(list(together)) for _version, together in alike]


def _picture(views: Sequence[tuple[ResponseView, str]]) -> Picture:
    axes, days = views[-1][0].questionnaire.axes, tuple(day for _view, day in views)
    answered = [View(SELF, statements_of(view.form), view.filled.answers) for view, _day in views]
    scores = tuple(
        (axis, tuple(rules.axis_score(view, axis.key) for view in answered)) for axis in axes
    )
    series = [
        _series(index == len(days) - 1, day, [found[index].mean for _axis, found in scores])
        for index, day in enumerate(days)
    ]
    return Picture(
        days,
        charts.spider([label_of_axis(axis) for axis in axes], series),
        charts.legend(series),
        scores,
    )


def _series(is_newest: bool, day: str, values: Sequence[float | None]) -> Series:
    key = SELF if is_newest else EARLIER
    return Series(key, day, look_for(key), tuple(values))
