"""What to call people, or scans, so that a reader can tell each from every other. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Protocol

from zetwpo.characters import as_read, set_apart


class Nameable(Protocol):
    """What has a name, a longer one that says more, and with that a number."""

    @property
    def plain(self) -> str:
        """For where no other is called the same."""

    @property
    def precise(self) -> str:
        """For where another is called the same."""

    def numbered(self, number: int) -> str:
        """For where even that tells them not apart. Another number is another name."""


@dataclass(frozen=True)
class Person:
    """Somebody with a name and a role, as a page writes them."""

    name: str
    role: str

    @property
    def plain(self) -> str:
        """For example 'Noor'."""
        return set_apart(self.name)

    @property
    def precise(self) -> str:
        """For example 'Noor (student)'."""
        return f"{self.plain} ({self.role})"

    def numbered(self, number: int) -> str:
        """For example 'Noor (student 2)'."""
        return f"{self.plain} ({self.role} {number})"


@dataclass(frozen=True)
class Moment:
    """A moment in words, and its day alone; `number` is how it gets one."""

    day: str
    moment: str
    number: str = "\u00a0({})"

    @property
    def plain(self) -> str:
        """For example '3 mei 2026'."""
        return self.day

    @property
    def precise(self) -> str:
        """For example '3 mei 2026, 14:05'."""
        return self.moment

    def numbered(self, number: int) -> str:
        """For example '3 mei 2026, 14:05 (2)'."""
        return self.moment + self.number.format(number)


def told_apart(things: Sequence[Nameable], taken: Iterable[str] = ()) -> list[str]:
    """What to call each, in the order given: no two read alike, and none like what is taken.

    The only one of a name keeps just that, and numbers follow the order given.
    """
    used = {as_read(each) for each in taken}
    labels = _only_ones({at: thing.plain for at, thing in enumerate(things)}, used)
    others = {at: thing for at, thing in enumerate(things) if at not in labels}
    labels |= _only_ones({at: thing.precise for at, thing in others.items()}, used)
    for at, thing in others.items():
        if at not in labels:
            labels[at] = _numbered(thing, used)
            used.add(as_read(labels[at]))
    return [labels[at] for at in range(len(things))]


def _only_ones(words: Mapping[int, str], used: set[str]) -> dict[int, str]:
    """Those that read like no other and like nothing in use; they are in use from here on."""
    alike = Counter(as_read(each) for each in words.values())
    found = {
        at: each
        for at, each in words.items()
        if alike[as_read(each)] == 1 and as_read(each) not in used
    }
    used |= {as_read(each) for each in found.values()}
    return found


def _numbered(thing: Nameable, used: Collection[str]) -> str:
    return next(
        label for number in count(1) if as_read(label := thing.numbered(number)) not in used
    )
