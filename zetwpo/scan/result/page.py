"""The result as the template draws it: charts, rows, lists and sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from zetwpo.i18n import day, figure, listed, ngettext
from zetwpo.i18n import gettext as _
from zetwpo.library.questionnaires import Axis, Behaviour
from zetwpo.scan.responses.rules import TextKind
from zetwpo.scan.result import charts
from zetwpo.scan.result.charts import AxisLabel, DotRow, DotValue, LegendEntry, Series, Spider
from zetwpo.scan.result.naming import look_of, name_of, role_name_of
from zetwpo.scan.result.queries import Respondent, Result
from zetwpo.scan.result.rules import Difference, Score


@dataclass(frozen=True)
class Quote:
    """What one person wrote."""

    respondent: Respondent
    text: str


@dataclass(frozen=True)
class AxisWords:
    """All texts with one axis, by their kind."""

    axis: Axis
    examples: list[Quote]
    feed_forward: list[Quote]


@dataclass(frozen=True)
class SeenDifferently:
    """A behaviour on which views differ, with the values that do."""

    behaviour: Behaviour
    values: str


@dataclass(frozen=True)
class ResultPage:
    """What the template of the result needs, around the result itself."""

    result: Result

    @property
    def sentence(self) -> str:
        """One sentence that says what there is to see."""
        submitted_at = self.result.scan.submitted_at or self.result.scan.started_at
        own = _("your own view of %(day)s", day=day(submitted_at))
        return _(
            "You see %(views)s, on %(count)s areas from 1 to 7.",
            views=listed([own, *self._shared()]),
            count=len(self.result.axes),
        )

    def _shared(self) -> Iterable[str]:
        students = sum(respondent.is_student for respondent in self.result.others)
        trainers = len(self.result.others) - students
        if students:
            yield ngettext("that of one student", "those of %(num)s students", students)
        if trainers:
            yield ngettext(
                "that of one school trainer", "those of %(num)s school trainers", trainers
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
    def spider(self) -> Spider:
        """The spider as geometry."""
        return charts.spider(self.labels, self.series)

    @cached_property
    def legend(self) -> tuple[LegendEntry, ...]:
        """Who is who in the charts."""
        return charts.legend(self.series)

    @property
    def axis_rows(self) -> list[DotRow]:
        """One row of dots per axis."""
        return [
            charts.dot_row(
                str(axis.title), [_dot(respondent, score.mean) for respondent, score in scores]
            )
            for axis, scores in self.scores
        ]

    @property
    def behaviour_rows(self) -> list[tuple[Axis, list[DotRow]]]:
        """One row of dots per behaviour, under its axis."""
        return [
            (
                axis,
                [
                    charts.dot_row(
                        str(behaviour.name),
                        [
                            _dot(respondent, respondent.view.values.get(behaviour.key))
                            for respondent in self.result.charted
                        ],
                    )
                    for behaviour in self.result.behaviours.values()
                    if behaviour.axis == axis.key
                ],
            )
            for axis in self.result.axes
        ]

    @property
    def differences(self) -> list[tuple[str, list[SeenDifferently]]]:
        """Where views differ, each way."""
        found = self.result.differences
        return [
            (
                _("Here you are more positive than somebody else"),
                self._apart([each for each in found if each.self_sees_more]),
            ),
            (
                _("Here somebody else is more positive than you"),
                self._apart([each for each in found if not each.self_sees_more]),
            ),
        ]

    def _apart(self, found: list[Difference]) -> list[SeenDifferently]:
        together = groupby(found, key=lambda each: each.behaviour)
        return [self._beside(key, list(differences)) for key, differences in together]

    def _beside(self, behaviour: str, differences: list[Difference]) -> SeenDifferently:
        own = _("you %(value)s", value=figure(differences[0].own))
        others = [
            f"{name_of(self.result.respondent(each.view))} {figure(each.other)}"
            for each in differences
        ]
        return SeenDifferently(self.result.behaviours[behaviour], ", ".join([own, *others]))

    @property
    def words(self) -> list[AxisWords]:
        """All examples and feed-forward, by axis; axes without a word are left out."""
        found = [
            AxisWords(
                axis,
                self._quotes(TextKind.EXAMPLE, axis),
                self._quotes(TextKind.FEED_FORWARD, axis),
            )
            for axis in self.result.axes
        ]
        return [each for each in found if each.examples or each.feed_forward]

    def _quotes(self, kind: TextKind, axis: Axis) -> list[Quote]:
        quotes = [
            Quote(respondent, respondent.text(kind, axis.key))
            for respondent in self.result.respondents
        ]
        return [quote for quote in quotes if quote.text]

    @cached_property
    def labels(self) -> list[AxisLabel]:
        """What the axes are called around the spider."""
        return [
            AxisLabel(str(axis.title), axis.label_long.lines, axis.label_short.lines)
            for axis in self.result.axes
        ]

    @cached_property
    def series(self) -> list[Series]:
        """A series per person, with a value per axis."""
        return [
            series_of(respondent, [scores[index][1].mean for _axis, scores in self.scores])
            for index, respondent in enumerate(self.result.charted)
        ]


def series_of(respondent: Respondent, values: Sequence[float | None]) -> Series:
    """How the charts show these values of one person."""
    return Series(
        respondent.key,
        name_of(respondent),
        look_of(respondent),
        tuple(values),
        role_name_of(respondent),
    )


def _dot(respondent: Respondent, value: float | None) -> DotValue:
    return DotValue(look_of(respondent), value, figure(value))
