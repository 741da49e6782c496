"""Lists as a workbook (.xlsx): only the words in its cells, and no formula is ever worked out."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from zetwpo.partnerships.importing.tables import (
    MOST_COLUMNS,
    CannotRead,
    Table,
    Trouble,
    as_table,
)

# In bytes, unpacked. A full list of 5,000 people with 20 columns has 10 MiB.
LARGEST_INSIDE = 32 * 1024 * 1024
MOST_PARTS = 500
# Signs with which something begins or ends in its parts: four for a cell, at most. Empty ones are
# packed a thousand to one, and cost as much time and memory as full ones.
MOST_TAGS = 2_000_000
_SLICE = 64 * 1024
# The others unpack in bursts, of which nobody knows the size before.
_PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_WORKBOOK = "xl/workbook.xml"


def read_workbook(content: bytes) -> Table:
    """The table on the first sheet that has something on it. Raises CannotRead.

    Before anything is unpacked, its directory says how large it will be; no part is read beyond
    what that says.
    """
    _check_parts(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        for sheet in visible or book.worksheets:
            try:
                return as_table(_rows(sheet))
            except CannotRead as refusal:
                if refusal.trouble is not Trouble.EMPTY:
                    raise
    except CannotRead:
        raise
    except Exception:
        # Whatever else is wrong with it, the library has a hundred words for that.
        raise CannotRead(Trouble.BROKEN) from None
    raise CannotRead(Trouble.EMPTY)


def _check_parts(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise CannotRead(Trouble.BROKEN) from None
    if sum(part.file_size for part in parts) > LARGEST_INSIDE or len(parts) > MOST_PARTS:
        raise CannotRead(Trouble.TOO_LARGE_INSIDE)
    if any(part.compress_type not in _PACKINGS or part.flag_bits & 1 for part in parts):
        raise CannotRead(Trouble.BROKEN)
    if _WORKBOOK not in {part.filename for part in parts}:
        # A document, a presentation, a sheet of another program, or just a parcel of files.
        raise CannotRead(Trouble.OTHER_SHEET)
    if _count_tags(content) > MOST_TAGS:
        raise CannotRead(Trouble.TOO_LARGE_INSIDE)


def _count_tags(content: bytes) -> int:
    """How many there are, about; more than what may be are not counted on."""
    found = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for part in packed.infolist():
                with packed.open(part) as opened:
                    while found <= MOST_TAGS and (piece := opened.read(_SLICE)):
                        found += piece.count(b"<")
    except Exception:
        # A damaged parcel is so in as many ways.
        raise CannotRead(Trouble.BROKEN) from None
    return found


def _rows(sheet: Any) -> Iterator[list[str]]:
    # What a sheet says of its own size need not be true.
    sheet.reset_dimensions()
    for row in sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True):
        yield [each if type(each) is str else _as_text(each) for each in row]


def _as_text(value: object) -> str:
    """What a reader sees in a cell, about; of a formula no more than that it is one.

    Others come as they are written, behind the sign "=".
    """
    if value is None:
        return ""
    if isinstance(value, ArrayFormula | DataTableFormula):
        return "="
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
