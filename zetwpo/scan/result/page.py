"""The result as the template draws it: charts, rows, growth and words, around its insights."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from zetwpo.i18n import figure, listed, ngettext
from zetwpo.i18n import gettext as _
from zetwpo.library.questionnaires import Axis, Behaviour
from zetwpo.scan.responses.rules import TextKind
from zetwpo.scan.result import charts
from zetwpo.scan.result.charts import AxisLabel, DotRow, DotValue, LegendEntry, Series, Spider
from zetwpo.scan.result.growth import Growth, axes_written_twice, growth_of
from zetwpo.scan.result.insights import Insights, Quote
from zetwpo.scan.result.naming import look_of, name_of, role_name_of
from zetwpo.scan.result.queries import Respondent, Result
from zetwpo.scan.result.rules import Score
from zetwpo.scan.result.service import Question
from zetwpo.scan.subjects.rules import Item


@dataclass(frozen=True)
class AxisWords:
    """All texts with one axis, by their kind."""

    axis: Axis
    examples: list[Quote]
    feed_forward: list[Quote]


@dataclass(frozen=True)
class ResultPage:
    """What the template of the result needs, around the result itself."""

    result: Result
    # What is taken along to the learning question.
    taken: frozenset[Item] = frozenset()
    # What the supervisor wants to learn, once that is saved.
    question: Question | None = None
    # False after the role in which it was made ended: then there is nothing to go on with.
    may_go_on: bool = True

    @property
    def sentence(self) -> str:
        """One sentence that says what there is to see."""
        own = _("Your own view of %(day)s", day=self.result.own.day)
        return _(
            "%(views)s: %(count)s parts, from 1 to 7.",
            views=listed([own, *self._shared()]),
            count=len(self.result.axes),
        )

    def _shared(self) -> Iterable[str]:
        for role, count in Counter(each.role for each in self.result.others if each.role).items():
            yield ngettext(
                "that of one %(who)s",
                "those of %(num)s %(people)s",
                count,
                who=str(role.label),
                people=str(role.many),
            )

    @cached_property
    def scores(self) -> list[tuple[Axis, list[tuple[Respondent, Score]]]]:
        """Each axis with everybody's mean and what it rests on."""
        return [
            (
                axis,
                [
                    (respondent, self.result.score(respondent, axis.key))
                    for respondent in self.result.charted
                ],
            )
            for axis in self.result.axes
        ]

    @property
    def has_gaps(self) -> bool:
        """True where too little was judged for some mean."""
        return any(score.mean is None for _axis, scores in self.scores for _who, score in scores)

    @property
    def spider(self) -> Spider:
        """The spider as geometry."""
        return charts.spider(self.labels, self.series)

    @cached_property
    def legend(self) -> tuple[LegendEntry, ...]:
        """Who is who in the charts."""
        return charts.legend(self.series)

    @property
    def behaviour_rows(self) -> list[tuple[Axis, list[DotRow]]]:
        """One row of dots per behaviour, under its axis."""
        return [
            (axis, [self._row(each) for each in behaviours])
            for axis, behaviours in self.result.behaviours_by_axis
        ]

    def _row(self, behaviour: Behaviour) -> DotRow:
        people = zip(self.series, self.result.charted, strict=True)
        dots = [_dot(series, each.view.values.get(behaviour.key)) for series, each in people]
        return charts.dot_row(str(behaviour.name), dots)

    @cached_property
    def insights(self) -> Insights:
        """What the result points out."""
        return Insights(self.result)

    @property
    def growth(self) -> Growth | None:
        """How the own view moved since the scan before, where there is one."""
        return growth_of(self.result)

    @property
    def words(self) -> list[AxisWords]:
        """All examples and feed-forward, by axis; axes without a word are left out.

        What the supervisor wrote before stands with what they wrote now on the same axis.
        """
        twice = axes_written_twice(self.result)
        found = [
            AxisWords(
                axis,
                self._quotes(TextKind.EXAMPLE, axis, then=axis.key in twice),
                self._quotes(TextKind.FEED_FORWARD, axis),
            )
            for axis in self.result.axes
        ]
        return [each for each in found if each.examples or each.feed_forward]

    def _quotes(self, kind: TextKind, axis: Axis, *, then: bool = False) -> list[Quote]:
        authors = self.result.with_earlier if then else self.result.respondents
        quotes = [
            Quote(respondent, axis, respondent.text(kind, axis.key)) for respondent in authors
        ]
        return [quote for quote in quotes if quote.text]

    @cached_property
    def labels(self) -> list[AxisLabel]:
        """What the axes are called around the spider."""
        return [label_of_axis(axis) for axis in self.result.axes]

    @cached_property
    def series(self) -> list[Series]:
        """A series per person, with a value per axis."""
        return [
            series_of(respondent, [scores[index][1].mean for _axis, scores in self.scores])
            for index, respondent in enumerate(self.result.charted)
        ]


def label_of_axis(axis: Axis) -> AxisLabel:
    """What this axis is called around a spider, in the language of the page."""
    return AxisLabel(str(axis.title), axis.label_long.lines, axis.label_short.lines)


def series_of(respondent: Respondent, values: Sequence[float | None]) -> Series:
    """How the charts show these values of one person."""
    return Series(
        respondent.key,
        name_of(respondent),
        look_of(respondent),
        tuple(values),
        role_name_of(respondent),
    )


def _dot(series: Series, value: float | None) -> DotValue:
    return DotValue(series.look, value, figure(value), series.name)
