"""What a scan and its feedback show, without a database: means, gaps, and where views differ.

Students and trainers are never averaged together, and neither are two students: views from
different roles agree little, which is normal and worth talking about (domain: the scan).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean
from typing import NamedTuple

from zetwpo.scan.responses.rules import says_enough

# On a scale of seven, one point is a shade; two points are something to talk about.
DIFFERENCE_TO_TALK_ABOUT = 2.0
# A short list is read and remembered.
MOST_IN_A_LIST = 3

Answers = Mapping[str, int | None]


class Level(NamedTuple):
    """A value that a behaviour got, from 1 to 7, and a share of the views of it, from 0 to 1."""

    value: float
    share: float


@dataclass(frozen=True)
class PlacedStatement:
    """A statement with the axis and the behaviours that it belongs to."""

    key: str
    axis: str
    behaviours: tuple[str, ...]


@dataclass(frozen=True)
class View:
    """How one person sees the supervisor: the form's statements and the answers to them."""

    key: str
    statements: tuple[PlacedStatement, ...]
    answers: Answers

    @cached_property
    def values(self) -> Mapping[str, float]:
        """How this person sees each behaviour, from 1 to 7; none where nothing was judged.

        A form may ask about a behaviour in several statements, and one statement may speak of
        several behaviours: the value is the mean of all that were judged.
        """
        found: dict[str, list[int]] = {}
        for statement in self.statements:
            value = self.answers.get(statement.key)
            if value is not None:
                for behaviour in statement.behaviours:
                    found.setdefault(behaviour, []).append(value)
        return {behaviour: fmean(values) for behaviour, values in found.items()}

    @cached_property
    def behaviours(self) -> frozenset[str]:
        """All behaviours that the form asks about."""
        return frozenset(
            behaviour for statement in self.statements for behaviour in statement.behaviours
        )


@dataclass(frozen=True)
class Score:
    """The mean of the judged statements, and how many there are.

    `mean` lies from 1 to 7; None where too few statements were judged. `judged` and `asked`
    count statements: "4 of 5".
    """

    mean: float | None
    judged: int
    asked: int


@dataclass(frozen=True)
class Difference:
    """One behaviour that two people see at least two points apart. Values from 1 to 7."""

    behaviour: str
    view: str
    own: float
    other: float

    @property
    def self_sees_more(self) -> bool:
        """True where the supervisor's own judgement is the higher one."""
        return self.own > self.other


@dataclass(frozen=True)
class Change:
    """One behaviour in an earlier scan and in this one. Values from 1 to 7."""

    behaviour: str
    before: float
    now: float


def judged(statements: Iterable[PlacedStatement], answers: Answers) -> list[int]:
    """The values that count: "cannot judge" and unanswered are never a number."""
    values = (answers.get(statement.key) for statement in statements)
    return [value for value in values if value is not None]


def score(statements: Sequence[PlacedStatement], answers: Answers) -> Score:
    """The mean of these statements; no value where fewer than half of them were judged."""
    values = judged(statements, answers)
    enough = says_enough(len(values), len(statements))
    return Score(fmean(values) if enough else None, len(values), len(statements))


def axis_score(view: View, axis: str) -> Score:
    """How this person sees one axis."""
    return score(
        [statement for statement in view.statements if statement.axis == axis], view.answers
    )


def behaviour_score(view: View, behaviour: str) -> Score:
    """How this person sees one behaviour: a value as soon as one statement about it was judged."""
    about = [statement for statement in view.statements if behaviour in statement.behaviours]
    return Score(view.values.get(behaviour), len(judged(about, view.answers)), len(about))


def is_apart(one: float, other: float) -> bool:
    """True where two values from 1 to 7 lie two points apart or more.

    Rounded first: a mean of thirds misses two by a hair.
    """
    return round(abs(one - other), 6) >= DIFFERENCE_TO_TALK_ABOUT


def differences(own: View, others: Sequence[View], behaviours: Sequence[str]) -> list[Difference]:
    """Where the own view and somebody else's lie two points apart or more.

    In the order of the questionnaire, never of the size: it is not a contest.
    """
    return [
        Difference(behaviour, view.key, own.values[behaviour], view.values[behaviour])
        for behaviour in behaviours
        for view in others
        if behaviour in own.values and behaviour in view.values
        if is_apart(own.values[behaviour], view.values[behaviour])
    ]


def has_picture(own: View) -> bool:
    """True where the supervisor judged at least half of the behaviours that the form asks about.

    Before that nothing can stand out: a picture of four answers is no picture.
    """
    return 2 * len(own.values) >= len(own.behaviours)


def strengths(own: View, others: Sequence[View], behaviours: Sequence[str]) -> list[str]:
    """At most three behaviours on which even the least positive view is the most positive.

    Relative to the person's own picture, so that everybody who has one has strengths.
    """
    if not has_picture(own):
        return []
    seen = _seen([own, *others], behaviours)
    best_first = sorted(seen, key=lambda key: _from_below(seen[key]), reverse=True)
    return _in_order(behaviours, best_first[:MOST_IN_A_LIST])


def attention(own: View, others: Sequence[View], behaviours: Sequence[str]) -> list[str]:
    """At most three behaviours on which even the most positive view is the least positive.

    Nothing that is a strength, nothing that stands with the differences, and nothing where the
    whole picture is equally strong.
    """
    seen = _seen([own, *others], behaviours)
    strong = strengths(own, others, behaviours)
    bar = min((min(seen[key]) for key in strong), default=0.0)
    lower = [key for key in seen if key not in strong and max(seen[key]) < bar]
    differ = {each.behaviour for each in differences(own, others, lower)}
    agreed = [key for key in lower if key not in differ]
    least_first = sorted(agreed, key=lambda key: _from_above(seen[key]))
    return _in_order(behaviours, least_first[:MOST_IN_A_LIST])


def changes(now: View, before: View, behaviours: Sequence[str]) -> list[Change]:
    """How behaviours that both scans judged have moved, in the order of the questionnaire.

    Where the two were filled in with different versions, these are the behaviours they share.
    """
    return [
        Change(behaviour, before.values[behaviour], now.values[behaviour])
        for behaviour in behaviours
        if behaviour in before.values and behaviour in now.values
    ]


def _seen(views: Sequence[View], behaviours: Sequence[str]) -> dict[str, list[float]]:
    """What each behaviour was judged by everybody who did; the others are left out."""
    return {
        behaviour: values
        for behaviour in behaviours
        if (values := [view.values[behaviour] for view in views if behaviour in view.values])
    }


def _from_below(values: Sequence[float]) -> list[Level]:
    """From low to high each value, with the share of the views that are more positive than it.

    Of two behaviours the greater one is stronger: its lowest view is the higher one, or fewer see
    it so low; then the next-lowest view decides, and so on. As shares count and not heads, a
    behaviour that two people judged stands fairly beside one that four did.
    """
    return [
        Level(value, sum(each > value for each in values) / len(values))
        for value in sorted(set(values))
    ]


def _from_above(values: Sequence[float]) -> list[Level]:
    """From high to low each value, with the share of the views that are at least as positive.

    Of two behaviours the smaller one asks for attention first: its highest view is the lower one,
    or fewer see it so high; then the next-highest view decides, and so on.
    """
    return [
        Level(value, sum(each >= value for each in values) / len(values))
        for value in sorted(set(values), reverse=True)
    ]


def _in_order(behaviours: Sequence[str], chosen: Iterable[str]) -> list[str]:
    wanted = set(chosen)
    return [key for key in behaviours if key in wanted]
