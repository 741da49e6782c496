"""How the own view moved since the scan before: up and down alike, in figures and in own words."""

from dataclasses import dataclass
from datetime import datetime

from zetwpo.library.questionnaires import Axis, Behaviour
from zetwpo.scan.responses.rules import TextKind
from zetwpo.scan.result.queries import Respondent, Result


@dataclass(frozen=True)
class Moved:
    """A behaviour that the supervisor sees otherwise than before. Values from 1 to 7."""

    behaviour: Behaviour
    before: float
    now: float


@dataclass(frozen=True)
class ThenAndNow:
    """What the supervisor wrote with one axis, both times."""

    axis: Axis
    before: str
    now: str


@dataclass(frozen=True)
class Growth:
    """What changed since a scan that was finished at `before`.

    `same` counts the behaviours that both scans judged alike.
    """

    before: datetime | None
    moved: list[Moved]
    same: int
    words: list[ThenAndNow]

    @property
    def has_fallen(self) -> bool:
        """True where the supervisor is stricter on some behaviour than before."""
        return any(each.now < each.before for each in self.moved)


def growth_of(result: Result) -> Growth | None:
    """What changed since the scan before; None where this is the first one."""
    earlier = result.earlier
    if earlier is None:
        return None
    moved = [
        Moved(result.behaviours[each.behaviour], each.before, each.now)
        for each in result.changes
        if each.before != each.now
    ]
    same = len(result.changes) - len(moved)
    return Growth(earlier.submitted_at, moved, same, _words(result, earlier))


def _words(result: Result, earlier: Respondent) -> list[ThenAndNow]:
    found = [
        ThenAndNow(
            axis,
            earlier.text(TextKind.EXAMPLE, axis.key),
            result.own.text(TextKind.EXAMPLE, axis.key),
        )
        for axis in result.axes
    ]
    return [each for each in found if each.before and each.now]
