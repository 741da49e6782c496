"""What is found in the library of methods, and what to loosen where nothing is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from zetwpo.characters import as_sought

# Of the words that somebody looks for.
MOST_WORDS = 6
LONGEST_SEARCH = 120


@dataclass(frozen=True)
class Findable:
    """What a search knows of a method."""

    phases: frozenset[str]
    # That it takes, all steps together.
    minutes: int
    # People in the group; `most` is None where there cannot be too many.
    fewest: int
    most: int | None
    # All its words, each as it is sought.
    words: frozenset[str]


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; what is not filled in is all the same to them."""

    text: str = ""
    phase: str = ""
    # At hand.
    minutes: int | None = None
    # In the group.
    people: int | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the text; each of them has to be found."""
        sought = map(as_sought, self.text[:LONGEST_SEARCH].split()[:MOST_WORDS])
        return tuple(filter(None, sought))

    @property
    def conditions(self) -> tuple[str, ...]:
        """What was filled in, by the names of the fields."""
        return tuple(name for name in CONDITIONS if getattr(self, name) not in {"", None})

    def without(self, condition: str) -> "Wanted":
        """The same, where this one is all the same."""
        return replace(self, **{condition: getattr(Wanted(), condition)})


# The conditions that are a number.
NUMBERS = frozenset({"minutes", "people"})


def _has_words(found: Findable, wanted: Wanted) -> bool:
    return all(any(word in each for each in found.words) for word in wanted.words)


def _fits_phase(found: Findable, wanted: Wanted) -> bool:
    return not wanted.phase or wanted.phase in found.phases


def _fits_minutes(found: Findable, wanted: Wanted) -> bool:
    return wanted.minutes is None or found.minutes <= wanted.minutes


def _fits_people(found: Findable, wanted: Wanted) -> bool:
    if wanted.people is None:
        return True
    return found.fewest <= wanted.people and (found.most is None or wanted.people <= found.most)


# In the order of the fields.
CONDITIONS: Mapping[str, Callable[[Findable, Wanted], bool]] = {
    "text": _has_words,
    "phase": _fits_phase,
    "minutes": _fits_minutes,
    "people": _fits_people,
}


def fits(found: Findable, wanted: Wanted) -> bool:
    """True where a method has all that is wanted."""
    return all(condition(found, wanted) for condition in CONDITIONS.values())


def words_in(texts: Iterable[str]) -> frozenset[str]:
    """The words of these texts, each as it is sought: 'andres' for 'Andrés,'."""
    found = {as_sought(word) for text in texts for word in text.split()}
    return frozenset(found - {""})


Key = TypeVar("Key")


@dataclass(frozen=True)
class Looser:
    """One condition that could go, and how many methods fit then."""

    condition: str
    wanted: Wanted
    count: int


def looser(findable: Sequence[Findable], wanted: Wanted) -> list[Looser]:
    """Which single condition could go, where nothing fits: what brings most stands first."""
    ways = (wanted.without(each) for each in wanted.conditions)
    found = [
        Looser(name, way, sum(fits(each, way) for each in findable))
        for name, way in zip(wanted.conditions, ways, strict=True)
    ]
    return sorted((each for each in found if each.count), key=lambda each: -each.count)
