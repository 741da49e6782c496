"""How the minutes of a meeting are divided over its blocks, so that they add up."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol, TypeVar

# Minutes: people plan in fives, and one button makes a block so much longer or shorter.
STEP = 5


class Share(Protocol):
    """What takes a part of a meeting: so many minutes of one of the usual length."""

    @property
    def minutes(self) -> int:
        """Its minutes there."""
        ...

    @property
    def from_minutes(self) -> int:
        """How long a meeting has to be at least for it to be there."""
        ...


Shared = TypeVar("Shared", bound=Share)


def laid_out(shares: Sequence[Shared], minutes: int) -> list[tuple[Shared, int]]:
    """Which of these fit into a meeting of so many minutes (1 or more), each with its minutes.

    They add up exactly, and are in fives but for one of them. In a meeting that is too short for
    all, those that take most are left.
    """
    there = [each for each in shares if each.from_minutes <= minutes]
    # Of two as long, the first one stays.
    by_length = sorted(range(len(there)), key=lambda place: -there[place].minutes)
    there = [there[place] for place in sorted(by_length[: max(1, minutes // STEP)])]
    return list(zip(there, divided([each.minutes for each in there], minutes), strict=True))


def divided(weights: Sequence[int], minutes: int) -> list[int]:
    """So many minutes over blocks, as their weights are to each other.

    In fives, at least five each where that many there are; what is left of a five goes to the
    longest. They add up exactly.
    """
    if not weights:
        return []
    fives, rest = divmod(minutes, STEP)
    parts = [each * STEP for each in _shared(weights, fives)]
    longest = max(range(len(parts)), key=lambda at: (parts[at], weights[at]))
    parts[longest] += rest
    return parts


def _shared(weights: Sequence[int], units: int) -> list[int]:
    """So many units by weight, the largest remainders first, and one each where that is possible.

    Weights are 1 or more.
    """
    exact = [Fraction(units * each, sum(weights)) for each in weights]
    parts = [max(1, int(each)) for each in exact]
    while sum(parts) < units:
        parts[max(range(len(parts)), key=lambda at: exact[at] - parts[at])] += 1
    while sum(parts) > units:
        # The last one of a block only where no block has two.
        parts[
            max(range(len(parts)), key=lambda at: (min(parts[at], 2), parts[at] - exact[at]))
        ] -= 1
    return parts
