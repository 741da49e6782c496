"""What holds for the people of a partnership, without a database or a clock."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from zetwpo import marks
from zetwpo.characters import MOST_WORDS, as_sought

# Of the words that somebody looks for.
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


def mark_of(held: Iterable[uuid.UUID]) -> str:
    """Stands for the roles that a page shows; another one where a role was given or ended."""
    return marks.digest(" ".join(sorted(map(str, held)))) or "none"
