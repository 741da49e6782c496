"""A list as it was read, before anybody knows what its columns mean."""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zetwpo.characters import is_blank

# Lines with something in them; a partnership of the largest kind has 3,000 people.
MOST_ROWS = 5000
MOST_COLUMNS = 60
# In characters. No name or address is as long; what is longer is cut and cannot be read then.
LONGEST_CELL = 500
# Blank ones included: some programs save the whole height of a sheet.
MOST_LINES = 100_000


class Trouble(enum.StrEnum):
    """Why nothing at all of a list can be read."""

    EMPTY = "empty"
    TOO_MANY_ROWS = "too many rows"
    TOO_MANY_COLUMNS = "too many columns"
    TOO_LARGE_INSIDE = "too large inside"
    PASSWORD = "password"  # noqa: S105 (no password of anybody)
    OLD_EXCEL = "old excel"
    OTHER_SHEET = "other sheet"
    DOCUMENT = "document"
    IMAGE = "image"
    WEB_PAGE = "web page"
    BROKEN = "broken"
    NO_TEXT = "no text"


class CannotRead(ValueError):
    """This is no list, or not one that we can read."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True)
class Line:
    """One line of a list; `number` is the one that a spreadsheet shows beside it, 1 and up."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int | None) -> str:
        """What stands in this column (0 and up); nothing where the line is shorter."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""


@dataclass(frozen=True)
class Table:
    """The lines of a list that have something in them, in their order."""

    lines: tuple[Line, ...]

    @property
    def width(self) -> int:
        """How many columns it has."""
        return max((len(line.cells) for line in self.lines), default=0)


def as_table(rows: Iterable[Sequence[str]]) -> Table:
    """The table of these rows, without blank rows and without what is blank at the end of each.

    Reads no further than it has to. Raises CannotRead where there is nothing, or too much.
    """
    lines = []
    for number, row in enumerate(rows, 1):
        if number > MOST_LINES:
            break
        cells = [cell[:LONGEST_CELL] for cell in row]
        while cells and is_blank(cells[-1]):
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise CannotRead(Trouble.TOO_MANY_COLUMNS)
        if cells:
            lines.append(Line(number, tuple(cells)))
        if len(lines) > MOST_ROWS:
            raise CannotRead(Trouble.TOO_MANY_ROWS)
    if not lines:
        raise CannotRead(Trouble.EMPTY)
    return Table(tuple(lines))
