"""What a result points out, in words: what is strong, where views differ, what could get attention.

One tip in somebody's own words stands with it. The rules are in `pointing_out`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from zetwpo.i18n import figure, listed, ngettext
from zetwpo.i18n import gettext as _
from zetwpo.library.questionnaires import Axis, Behaviour
from zetwpo.scan.responses.rules import TextKind
from zetwpo.scan.result import charts
from zetwpo.scan.result.charts import DotRow
from zetwpo.scan.result.naming import look_of, name_of
from zetwpo.scan.result.pointing_out import Difference, PointedOut, gap, largest
from zetwpo.scan.result.queries import Respondent, Result


@dataclass(frozen=True)
class Quote:
    """What one person wrote with one axis."""

    respondent: Respondent
    axis: Axis
    text: str


@dataclass(frozen=True)
class Lane:
    """What one person gave, from 1 to 7, drawn as a row of one dot."""

    name: str
    row: DotRow


@dataclass(frozen=True)
class SeenDifferently:
    """A behaviour on which views differ, with everybody's dot and who sees more of it."""

    behaviour: Behaviour
    sentences: list[str]
    lanes: list[Lane]


@dataclass(frozen=True)
class Listed:
    """A short list of behaviours, possibly empty, with what there is to say before and after it."""

    behaviours: list[Behaviour]
    before: str
    after: str = ""


@dataclass(frozen=True)
class Insights:
    """The lists of a result, with the sentences that say what they are."""

    result: Result

    @cached_property
    def strengths(self) -> Listed:
        """What is strong."""
        found = self.result.strengths
        if not found.behaviours:
            return Listed([], self._no_strengths)
        stand_out = (
            _("Nowhere else is the lowest figure higher than here:")
            if self.result.others
            else _("In your own picture these stand out:")
        )
        return Listed(self._behaviours(found), stand_out, _next_place(found))

    @property
    def _no_strengths(self) -> str:
        count = self.result.strengths.equals
        if not self.result.has_picture:
            return _(
                "You judged fewer than half of the behaviours, so we point nothing out here. "
                "That is fine: begin with what you notice yourself."
            )
        if count == len(self._judged):
            return _("In this picture nothing stands higher than the rest, so nothing stands out.")
        return _(
            "%(count)s behaviours share the highest place, so none of them stands out.", count=count
        )

    @cached_property
    def attention(self) -> Listed:
        """What could get attention."""
        found = self.result.attention
        if not found.behaviours:
            curious = _("Choose what you are curious about yourself.")
            return Listed([], f"{self._no_attention} {curious}")
        lower = (
            _("Even the highest figure here is low, compared with what is strong:")
            if self.result.others
            else _("You rated these lower than the rest yourself:")
        )
        return Listed(self._behaviours(found), lower, _next_place(found))

    @property
    def _no_attention(self) -> str:
        count = self.result.attention.equals
        if not self.result.has_picture:
            return _("We point nothing out here either.")
        if count and self.result.differences:
            return _(
                "Apart from the differences %(count)s behaviours share the lowest place, "
                "so none of them stands out.",
                count=count,
            )
        if count:
            return _(
                "%(count)s behaviours share the lowest place, so none of them stands out.",
                count=count,
            )
        if self.result.differences:
            return _("Nothing else stands out. Look at the differences as well.")
        return _("Nothing stands out.")

    def whose(self, behaviour: Behaviour) -> str:
        """Whose view of this behaviour it is, where one could think that it is everybody's.

        Empty where the supervisor and somebody else judged it, and where nobody else is there.
        """
        own, judging = self.result.own, self._judging(behaviour.key)
        if not self.result.others:
            return ""
        if judging == [own]:
            return _("Only you judged this.")
        if len(judging) == 1:
            return _("Only %(name)s judged this.", name=name_of(judging[0]))
        if behaviour.key not in own.view.behaviours:
            return _("This is not in your self-scan.")
        return "" if own in judging else _("You did not judge this yourself.")

    @cached_property
    def differences(self) -> list[SeenDifferently]:
        """Where views differ, the largest difference first."""
        return [self._seen_differently(each) for each in self.result.differences]

    @property
    def open_differences(self) -> list[SeenDifferently]:
        """The few that the page opens with."""
        return self.differences[: self._opened]

    @property
    def more_differences(self) -> list[SeenDifferently]:
        """The others, one press away."""
        return self.differences[self._opened :]

    @cached_property
    def _opened(self) -> int:
        return len(largest(self.result.differences))

    @cached_property
    def tip(self) -> Quote | None:
        """A tip of somebody else to begin with: where that person and the supervisor differ most.

        Of equals the one that was shared last, so that something new is seen.
        """
        return max(self.tips, key=self._weight, default=None)

    @cached_property
    def tips(self) -> list[Quote]:
        """All tips that others wrote, by person."""
        return [
            Quote(respondent, axis, text)
            for respondent in self.result.others
            for axis in self.result.axes
            if (text := respondent.text(TextKind.FEED_FORWARD, axis.key))
        ]

    def _weight(self, quote: Quote) -> tuple[float, str, str]:
        own, other = self.result.own.view.values, quote.respondent.view.values
        on_axis = (
            key for key, each in self.result.behaviours.items() if each.axis == quote.axis.key
        )
        gaps = (gap(own[key], other[key]) for key in on_axis if key in own and key in other)
        shared_at = quote.respondent.shared_at
        return max(gaps, default=0), shared_at.isoformat() if shared_at else "", quote.text

    @property
    def _judged(self) -> set[str]:
        return set().union(*(each.view.values for each in self.result.respondents))

    def _judging(self, behaviour: str) -> list[Respondent]:
        return [each for each in self.result.respondents if behaviour in each.view.values]

    def _behaviours(self, found: PointedOut) -> list[Behaviour]:
        return [self.result.behaviours[key] for key in found.behaviours]

    def _seen_differently(self, difference: Difference) -> SeenDifferently:
        more = [each.view for each in difference.others if each.value > difference.own]
        less = [each.view for each in difference.others if each.value < difference.own]
        key = difference.behaviour
        return SeenDifferently(
            self.result.behaviours[key],
            [*self._more_than_you(more), *self._you_more_than(less)],
            [_lane(each, each.view.values[key]) for each in self._judging(key)],
        )

    def _more_than_you(self, views: list[str]) -> Iterable[str]:
        if views:
            yield ngettext(
                "%(names)s sees more of it than you.",
                "%(names)s see more of it than you.",
                len(views),
                names=self._names(views),
            )

    def _you_more_than(self, views: list[str]) -> Iterable[str]:
        if views:
            yield _("You see more of it than %(names)s.", names=self._names(views))

    def _names(self, views: list[str]) -> str:
        return listed([name_of(self.result.respondent(each)) for each in views])


def _lane(respondent: Respondent, value: float) -> Lane:
    return Lane(name_of(respondent), charts.lane(value, look_of(respondent), figure(value)))


def _next_place(found: PointedOut) -> str:
    # One that comes next has nothing beside it from which it could not be told apart.
    if found.equals < 2:
        return ""
    return _(
        "Then come %(count)s behaviours that stand level. "
        "None of them stands out, so we do not name them.",
        count=found.equals,
    )
