"""What somebody explores in the chart: the spider of all axes, and the behaviours of each.

The page has the drawing; these figures are asked for only by whoever wants to explore it.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from zetwpo.i18n import decimal_mark, figure, language
from zetwpo.i18n import gettext as _
from zetwpo.library.questionnaires import Axis, Behaviour
from zetwpo.scan.result import charts
from zetwpo.scan.result.charts import Json, Series
from zetwpo.scan.result.naming import name_of
from zetwpo.scan.result.page import ResultPage, series_of
from zetwpo.scan.result.queries import Respondent, Result
from zetwpo.scan.result.rules import Score


@dataclass(frozen=True)
class Exploring:
    """What the page has for this: the address of the figures, their mark, and what to choose."""

    address: str
    mark: str
    parts: list[str]


def exploring_of(result: Result, address: str) -> Exploring:
    """What the page of this result has for whoever wants to explore its chart."""
    parts = [str(axis.title) for axis, _behaviours in result.behaviours_by_axis]
    return Exploring(address, mark_of(result), parts)


def mark_of(result: Result) -> str:
    """A word that changes with whoever is in the charts, and with the language of the page.

    Somebody may share, or take it back, between a page and the figures for it: then the series of
    the one are not those of the other.
    """
    ids = [str(respondent.response.id) for respondent in result.charted]
    return hashlib.sha256(" ".join([language(), *ids]).encode()).hexdigest()[:12]


def figures_of(page: ResultPage) -> Json:
    """For JSON: the mark of the result, and for Plotly first the whole and then each part."""
    parts = [_part(page.result, *part) for part in page.result.behaviours_by_axis]
    return {"mark": mark_of(page.result), "figures": [_whole(page), *parts]}


def _whole(page: ResultPage) -> Json:
    hovers = [
        [_of_statements(respondent, score) for respondent, score in scores]
        for scores in _by_person([scores for _axis, scores in page.scores])
    ]
    made = charts.figure_for_plotly(page.labels, page.series, hovers, decimal_mark())
    return made | _words(_("All parts, person by person"), [each.title for each in page.labels])


def _part(result: Result, axis: Axis, behaviours: Sequence[Behaviour]) -> Json:
    seen = [
        [(person, result.behaviour_score(person, each.key)) for each in behaviours]
        for person in result.charted
    ]
    names = [str(each.name) for each in behaviours]
    made = charts.behaviours_for_plotly(
        names,
        [_series(scores) for scores in seen],
        [[_of_behaviour(*each) for each in scores] for scores in seen],
        [[figure(score.mean) for _person, score in scores] for scores in seen],
        decimal_mark(),
    )
    return made | _words(_("%(part)s: each behaviour, person by person", part=axis.title), names)


def _words(title: str, corners: Sequence[str]) -> Json:
    """For whoever hears the figure: its name, and those of its corners."""
    return {"title": title, "corners": corners}


Scores = Sequence[tuple[Respondent, Score]]


def _by_person(by_axis: Sequence[Scores]) -> list[Scores]:
    return [list(scores) for scores in zip(*by_axis, strict=True)]


def _series(scores: Scores) -> Series:
    return series_of(scores[0][0], [score.mean for _person, score in scores])


def _of_behaviour(respondent: Respondent, score: Score) -> str:
    """Where it is one answer, that says itself what it rests on."""
    if score.asked > 1:
        return _of_statements(respondent, score)
    return _("%(name)s: %(mean)s", name=name_of(respondent), mean=figure(score.mean))


def _of_statements(respondent: Respondent, score: Score) -> str:
    return _(
        "%(name)s: %(mean)s, %(judged)s of %(asked)s statements",
        name=name_of(respondent),
        mean=figure(score.mean),
        judged=score.judged,
        asked=score.asked,
    )
