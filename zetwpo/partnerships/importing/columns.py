"""What the columns of a list hold: by their headings, or else by what stands in them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from zetwpo.addresses import NotAnAddress, clean_address
from zetwpo.characters import is_blank
from zetwpo.partnerships.importing.headings import Field, count_known, known_heading
from zetwpo.partnerships.importing.tables import Line, Table
from zetwpo.partnerships.importing.words import is_name, read_roles

# Above the headings there may be a title, a date, an explanation.
MOST_ABOVE = 20
# Of a list without headings so many lines are looked at.
SAMPLE = 200
NAME_PARTS = (Field.FIRST, Field.INFIX, Field.LAST)


@dataclass(frozen=True)
class Layout:
    """Where things stand: `heading` is the place of the headings in the lines, if there are any."""

    heading: int | None
    columns: Mapping[Field, int]

    @property
    def is_enough(self) -> bool:
        """True where people can be invited by these columns: there are names and addresses."""
        names = {Field.NAME, Field.FIRST, Field.LAST}
        return Field.EMAIL in self.columns and bool(names & self.columns.keys())

    def below(self, table: Table) -> tuple[Line, ...]:
        """The lines with people: those below the headings, or all."""
        return table.lines if self.heading is None else table.lines[self.heading + 1 :]

    def titles(self, table: Table) -> list[str]:
        """What to call each column: its heading, or nothing."""
        if self.heading is None:
            return [""] * table.width
        line = table.lines[self.heading]
        return [line.cell(column).strip() for column in range(table.width)]


def find_layout(table: Table) -> Layout:
    """The headings, if there are any, and what each column seems to hold."""
    heading = _find_heading(table.lines[:MOST_ABOVE])
    below = Layout(heading, {}).below(table)[:SAMPLE]
    columns = {} if heading is None else _by_headings(table.lines[heading], below)
    return Layout(heading, _completed(columns, table.width, below))


def _find_heading(lines: Iterable[Line]) -> int | None:
    """The first line with the most headings that we know; None where no line has any."""
    best, most = None, 0
    for place, line in enumerate(lines):
        known = count_known(line.cells)
        has_address = any(map(is_address, line.cells))
        if known > most and not has_address:
            best, most = place, known
    return best


def _by_headings(line: Line, below: Iterable[Line]) -> dict[Field, int]:
    found: dict[Field, list[int]] = {}
    for column, cell in enumerate(line.cells):
        field = known_heading(cell)
        if field:
            found.setdefault(field, []).append(column)
    columns = {field: _best(field, places, below) for field, places in found.items()}
    if Field.FIRST in columns and Field.NAME in columns:
        # Beside a first name, "name" is the last one.
        columns.setdefault(Field.LAST, columns[Field.NAME])
    if Field.LAST in columns:
        columns.pop(Field.NAME, None)
    return columns


def _best(field: Field, places: list[int], below: Iterable[Line]) -> int:
    """Of several columns with such a heading, the one with the most of it; the first of equals."""
    if field is Field.EMAIL:
        return max(places, key=lambda column: _count(below, column, is_address))
    if field is Field.ROLE:
        return max(places, key=lambda column: _count(below, column, _is_role))
    return places[0]


def _completed(columns: dict[Field, int], width: int, below: Iterable[Line]) -> Mapping[Field, int]:
    """With the columns of addresses, names and roles that no heading tells, by what is in them."""
    free = [column for column in range(width) if column not in columns.values()]
    if Field.EMAIL not in columns:
        _guess(columns, Field.EMAIL, free, below, is_address)
    if Field.ROLE not in columns:
        _guess(columns, Field.ROLE, free, below, _is_role)
    if not {Field.NAME, *NAME_PARTS} & columns.keys():
        _guess(columns, Field.NAME, free, below, is_name)
    return columns


def _guess(
    columns: dict[Field, int],
    field: Field,
    free: list[int],
    below: Iterable[Line],
    fits: Callable[[str], bool],
) -> None:
    """Give the field the first free column in which half of what there is fits, if there is one."""
    for column in free:
        filled = _count(below, column, lambda cell: not is_blank(cell))
        if filled and _count(below, column, fits) * 2 >= filled:
            columns[field] = column
            free.remove(column)
            return


def _count(below: Iterable[Line], column: int, fits: Callable[[str], bool]) -> int:
    return sum(fits(line.cell(column)) for line in below)


def is_address(cell: str) -> bool:
    """True for a cell with one mail address in it."""
    if "@" not in cell:
        return False
    try:
        clean_address(cell)
    except NotAnAddress:
        return False
    return True


def _is_role(cell: str) -> bool:
    roles, unknown = read_roles(cell)
    return bool(roles) and not unknown
