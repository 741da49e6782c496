"""Rules of a portfolio, without a database or a clock."""

import enum
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from zetwpo.edits import Fields

# A key, a point, and the key of a question.
LONGEST_KEY = 80
# Of one and the same scan: how it was then, and how it is now.
MOST_SCANS = 2
INTRODUCTION = "introduction"


class Section(enum.StrEnum):
    """What a portfolio is made of, in its usual order."""

    SCAN = "scan"
    QUESTION = "question"
    COMMON = "common"
    PLANS = "plans"
    NOTES = "notes"
    REFLECTIONS = "reflections"
    HOURS = "hours"


# The words of a group are nobody's own.
OF_OTHERS = frozenset({Section.COMMON})
NAMES = (INTRODUCTION, *Section)
# What can go in, or does, by its section.
Keys = Mapping[Section, Collection[str]]


class Way(enum.StrEnum):
    """Where a section goes: one place."""

    UP = "up"
    DOWN = "down"


def read_order(text: str) -> tuple[Section, ...]:
    """All sections, as they were put in order; one that was not there then comes last."""
    known = [Section(word) for word in text.split() if word in set(Section)]
    return tuple(dict.fromkeys((*known, *Section)))


def moved(
    order: Sequence[Section], section: Section, way: Way, shown: Collection[Section]
) -> tuple[Section, ...]:
    """The order after this section passed its neighbour, among those that show something.

    Where there is no neighbour on that side, nothing changes.
    """
    seen = [each for each in order if each in shown]
    if section not in seen:
        return tuple(order)
    place = seen.index(section) + (1 if way == Way.DOWN else -1)
    if not 0 <= place < len(seen):
        return tuple(order)
    swapped = {section: seen[place], seen[place]: section}
    return tuple(swapped.get(each, each) for each in order)


@dataclass(frozen=True)
class Choice:
    """What somebody lets go in, in which order, and how they introduce it."""

    introduction: str = ""
    order: tuple[Section, ...] = tuple(Section)
    chosen: Mapping[Section, frozenset[str]] = field(default_factory=dict)

    def keys(self, section: Section) -> frozenset[str]:
        """What goes into this section."""
        return self.chosen.get(section, frozenset())

    @property
    def is_empty(self) -> bool:
        """True where nothing is chosen or written."""
        return not (self.introduction or any(self.chosen.values()))

    @property
    def fields(self) -> Fields:
        """The same by the names of the fields; the order is moved with buttons of its own."""
        ticked = {section.value: " ".join(sorted(self.keys(section))) for section in Section}
        return {INTRODUCTION: self.introduction, **ticked}

    def among(self, offered: Keys) -> "Choice":
        """Without what is there no more."""
        left = {each: self.keys(each) & set(offered.get(each, ())) for each in Section}
        return replace(self, chosen=left)

    def with_own(self, offered: Keys) -> "Choice":
        """With all that is one's own and can go in; of scans the first and the last."""
        added = {each: _all_of(each, offered) for each in Section if each not in OF_OTHERS}
        chosen = {each: added.get(each, self.keys(each)) for each in Section}
        return replace(self, chosen=chosen)


def _all_of(section: Section, offered: Keys) -> frozenset[str]:
    keys = list(offered.get(section, ()))
    if section == Section.SCAN:
        keys = [*keys[:1], *keys[-1:]]
    return frozenset(keys)


def choice_of(fields: Fields, order: tuple[Section, ...]) -> Choice:
    """What these fields say, in this order."""
    chosen = {each: frozenset(fields[each].split()) for each in Section}
    return Choice(fields[INTRODUCTION], order, chosen)
