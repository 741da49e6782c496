"""What a result points out, without a database: what is strong, where views differ, what is low.

It says no more than the answers do: what nothing sets apart is named together or not at all, so
the order of a questionnaire never decides which behaviours somebody talks about.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from zetwpo.scan.result.rules import View

# On a scale of seven, one point is a shade; two points are something to talk about.
DIFFERENCE_TO_TALK_ABOUT = 2.0
# A short list is read and remembered; what nothing sets apart may make it a little longer.
MOST_IN_A_LIST, MOST_WITH_EQUALS = 3, 5


class Level(NamedTuple):
    """A value that a behaviour got, from 1 to 7, and a share of the views of it, from 0 to 1."""

    value: float
    share: float


class Seen(NamedTuple):
    """A value from 1 to 7, with the key of the view that it comes from."""

    view: str
    value: float


@dataclass(frozen=True)
class Difference:
    """One behaviour that others see at least two points apart from the own view.

    `own` lies from 1 to 7; `others` are those who see it so, in the order of the page.
    """

    behaviour: str
    own: float
    others: tuple[Seen, ...]

    @cached_property
    def gaps(self) -> tuple[float, ...]:
        """How far apart, from 2 to 6, the farthest first."""
        return tuple(sorted((gap(self.own, each.value) for each in self.others), reverse=True))


@dataclass(frozen=True)
class PointedOut:
    """Behaviours that stand out in a picture, in the order of the questionnaire.

    `equals` counts those that would come next and are not named, as nothing sets them apart.
    """

    behaviours: tuple[str, ...] = ()
    equals: int = 0


def gap(one: float, other: float) -> float:
    """How far two values from 1 to 7 lie apart, from 0 to 6.

    Rounded: where means are of thirds, equal gaps differ by a hair.
    """
    return round(abs(one - other), 6)


def is_apart(one: float, other: float) -> bool:
    """True where two values from 1 to 7 lie two points apart or more."""
    return gap(one, other) >= DIFFERENCE_TO_TALK_ABOUT


def differences(own: View, others: Sequence[View], behaviours: Sequence[str]) -> list[Difference]:
    """Where the own view and somebody else's lie two points apart or more, the largest first.

    It is the sizes of one person's behaviours that are put in order, never people; what lies
    equally far apart keeps the order of the questionnaire.
    """
    found = [
        Difference(key, own.values[key], _apart(own.values[key], key, others))
        for key in behaviours
        if key in own.values
    ]
    return sorted((each for each in found if each.others), key=lambda each: each.gaps, reverse=True)


def largest(found: Sequence[Difference]) -> list[Difference]:
    """At most three differences to begin with: of those that lie equally far apart all or none."""
    chosen: list[Difference] = []
    for _gaps, alike in groupby(found, key=lambda each: each.gaps):
        equal = list(alike)
        if len(chosen) + len(equal) > MOST_IN_A_LIST:
            break
        chosen += equal
    return chosen


def has_picture(own: View) -> bool:
    """True where the supervisor judged at least half of the behaviours that the form asks about.

    Before that nothing can stand out: a picture of four answers is no picture.
    """
    return 2 * len(own.values) >= len(own.behaviours)


def strengths(own: View, others: Sequence[View], behaviours: Sequence[str]) -> PointedOut:
    """The few behaviours on which even the least positive view is the most positive.

    Relative to the person's own picture. Where the whole picture is equally strong, nothing is.
    """
    if not has_picture(own):
        return PointedOut()
    return _strongest(_best_first(_seen([own, *others], behaviours)), behaviours)


def attention(own: View, others: Sequence[View], behaviours: Sequence[str]) -> PointedOut:
    """The few behaviours on which even the most positive view is the least positive.

    Nothing that stands with the differences, and nothing that is seen as high as a strength.
    """
    if not has_picture(own):
        return PointedOut()
    seen = _seen([own, *others], behaviours)
    best_first = _best_first(seen)
    strong = _strongest(best_first, behaviours).behaviours or best_first[0]
    bar = min(min(seen[key]) for key in strong)
    differ = {each.behaviour for each in differences(own, others, behaviours)}
    lower = {key: values for key, values in seen.items() if max(values) < bar and key not in differ}
    return _point_out(_alike(lower, _from_above), behaviours)


def _apart(mine: float, behaviour: str, others: Sequence[View]) -> tuple[Seen, ...]:
    values = ((view.key, view.values.get(behaviour)) for view in others)
    return tuple(
        Seen(key, value) for key, value in values if value is not None and is_apart(mine, value)
    )


def _best_first(seen: Mapping[str, list[float]]) -> list[list[str]]:
    return _alike(seen, _from_below, reverse=True)


def _strongest(best_first: Sequence[list[str]], behaviours: Sequence[str]) -> PointedOut:
    return _point_out(best_first[:-1], behaviours, rest=best_first[-1:])


def _alike(
    seen: Mapping[str, list[float]],
    level: Callable[[Sequence[float]], list[Level]],
    *,
    reverse: bool = False,
) -> list[list[str]]:
    """The behaviours in the order of their levels; those that nothing sets apart together."""
    levels = {key: level(values) for key, values in seen.items()}
    found = sorted(levels, key=levels.__getitem__, reverse=reverse)
    return [list(group) for _level, group in groupby(found, key=levels.__getitem__)]


def _point_out(
    groups: Sequence[list[str]], behaviours: Sequence[str], rest: Sequence[list[str]] = ()
) -> PointedOut:
    """About three behaviours, in the order of the questionnaire.

    Those that nothing sets apart are named together or not at all; with them it may be five.
    `rest` is never named: without anything below it nothing stands out.
    """
    named: list[str] = []
    for group in groups:
        if len(named) >= MOST_IN_A_LIST:
            return PointedOut(_in_order(behaviours, named))
        if len(named) + len(group) > MOST_WITH_EQUALS:
            return PointedOut(_in_order(behaviours, named), len(group))
        named += group
    equals = 0 if len(named) >= MOST_IN_A_LIST else sum(len(group) for group in rest)
    return PointedOut(_in_order(behaviours, named), equals)


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


def _in_order(behaviours: Sequence[str], chosen: Iterable[str]) -> tuple[str, ...]:
    wanted = set(chosen)
    return tuple(key for key in behaviours if key in wanted)
