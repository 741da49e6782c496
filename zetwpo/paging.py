"""Long lists, a page of them at a time, without a database."""

from dataclasses import dataclass
from math import ceil

# Of rows on a page.
PAGE = 50
# Digits of a number of a page that somebody may ask for.
LONGEST_NUMBER = 6


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
        """How many rows come before this page."""
        return (self.number - 1) * PAGE

    @property
    def first(self) -> int:
        """The place in the list of the first row here, 1 and up."""
        return self.skipped + 1

    @property
    def last(self) -> int:
        """The place of the last one here."""
        return min(self.total, self.skipped + PAGE)


def pages(wanted: int, total: int) -> Pages:
    """The page that somebody wants, or the nearest that there is."""
    last = Pages(1, total).count
    return Pages(min(max(1, wanted), last), total)


def page_number(text: str) -> int:
    """The page that an address asks for; the first one where that is no number."""
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return int(text) if is_number else 1
