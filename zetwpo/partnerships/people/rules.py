"""What holds for the people of a partnership, without a database or a clock."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from zetwpo import marks
from zetwpo.characters import as_sought

# Of people on a page of a list.
PAGE = 50
# Of the words that somebody looks for.
MOST_WORDS = 6
LONGEST_SEARCH = 120
# What can be mended of an invitation, by the names of the fields.
INVITED = ("name", "email")


@dataclass(frozen=True)
class Word:
    """One word that somebody looks for: in names, and as it stands in addresses."""

    in_name: str
    in_email: str


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a search; each of them has to be found."""
    words = text[:LONGEST_SEARCH].split()[:MOST_WORDS]
    return tuple(Word(as_sought(word), word.lower()) for word in words)


@dataclass(frozen=True)
class Wanted:
    """Whom somebody looks for in a list of people."""

    text: str = ""
    # The key of a role.
    role: str | None = None
    school_id: uuid.UUID | None = None
    # Those who had roles, and have none any more, in the place of those who have.
    without_role: bool = False
    page: int = 1

    @property
    def is_everybody(self) -> bool:
        """True where nobody is left out but those without a role."""
        return not (self.text or self.role or self.school_id or self.without_role)


@dataclass(frozen=True)
class Pages:
    """The pages of a list, and which of them this is; the first one is page 1."""

    number: int
    total: int

    @property
    def count(self) -> int:
        """How many there are; an empty list has one."""
        return max(1, ceil(self.total / PAGE))

    @property
    def skipped(self) -> int:
        """How many come before this page."""
        return (self.number - 1) * PAGE

    @property
    def first(self) -> int:
        """The place in the list of the first one here, 1 and up."""
        return self.skipped + 1

    @property
    def last(self) -> int:
        """The place of the last one here."""
        return min(self.total, self.skipped + PAGE)


def pages(wanted: int, total: int) -> Pages:
    """The page that somebody wants, or the nearest that there is."""
    last = Pages(1, total).count
    return Pages(min(max(1, wanted), last), total)


def mark_of(held: Iterable[uuid.UUID]) -> str:
    """Stands for the roles that a page shows; another one where a role was given or ended."""
    return marks.digest(" ".join(sorted(map(str, held)))) or "none"
