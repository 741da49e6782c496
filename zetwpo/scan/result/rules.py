"""What a scan and its feedback show, without a database: means, gaps, and what has changed.

Students and trainers are never averaged together, and neither are two students: views from
different roles agree little, which is normal and worth talking about (domain: the scan).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean

from zetwpo.scan.responses.rules import says_enough

Answers = Mapping[str, int | None]


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


def changes(now: View, before: View, behaviours: Sequence[str]) -> list[Change]:
    """How behaviours that both scans judged have moved, in the order of the questionnaire.

    Where the two were filled in with different versions, these are the behaviours they share.
    """
    return [
        Change(behaviour, before.values[behaviour], now.values[behaviour])
        for behaviour in behaviours
        if behaviour in before.values and behaviour in now.values
    ]
