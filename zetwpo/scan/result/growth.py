"""How the own view moved since the scan before, up and down alike."""

from dataclasses import dataclass

from zetwpo.library.questionnaires import Behaviour
from zetwpo.scan.responses.rules import TextKind
from zetwpo.scan.result.queries import Result


@dataclass(frozen=True)
class Moved:
    """A behaviour that the supervisor sees otherwise than before. Values from 1 to 7."""

    behaviour: Behaviour
    before: float
    now: float


@dataclass(frozen=True)
class Growth:
    """What changed since a scan, which `before` calls by its day.

    `same` counts the behaviours that both scans judged alike.
    """

    before: str
    moved: list[Moved]
    same: int
    # True where the supervisor wrote an example with the same axis both times.
    has_words: bool

    @property
    def is_empty(self) -> bool:
        """True where no behaviour was judged both times."""
        return not self.moved and not self.same

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
    return Growth(earlier.day, moved, same, bool(axes_written_twice(result)))


def axes_written_twice(result: Result) -> set[str]:
    """The axes with which the supervisor wrote an example then and now."""
    earlier, own = result.earlier, result.own
    if earlier is None:
        return set()
    return {
        axis.key
        for axis in result.axes
        if earlier.text(TextKind.EXAMPLE, axis.key) and own.text(TextKind.EXAMPLE, axis.key)
    }
