"""Tables to take along, in which nothing that somebody wrote becomes a formula or a link."""

import csv
import io
from collections.abc import Iterable, Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
# Of the first column and of the others, in characters.
TEXT_WIDTH, FIGURE_WIDTH = 48, 18
# What begins with one of these is worked out by a program that reads CSV.
_WORKED_OUT = tuple("=+-@\t\r")

Cell = str | float | None
Row = list[Cell]


def as_xlsx(sheets: Iterable[tuple[str, Sequence[Row]]]) -> bytes:
    """A workbook with these sheets, of which the first row is the head."""
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(content, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for name, rows in sheets:
            _write(book.add_worksheet(name), rows, bold, wrap)
    return content.getvalue()


def as_csv(rows: Iterable[Row], delimiter: str) -> bytes:
    """A table as text, with the mark by which spreadsheets know the encoding."""
    content = io.StringIO(newline="")
    writer = csv.writer(content, delimiter=delimiter)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return content.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> Cell:
    # The sign with which one says to a spreadsheet that a text follows.
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_WORKED_OUT) else cell


def _write(sheet: Worksheet, rows: Sequence[Row], bold: Format, wrap: Format) -> None:
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, TEXT_WIDTH, wrap)
    sheet.set_column(1, max(len(row) for row in rows), FIGURE_WIDTH, wrap)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            style = bold if number == 0 else wrap
            if isinstance(cell, str):
                sheet.write_string(number, column, cell, style)
            elif cell is not None:
                sheet.write_number(number, column, round(cell, 2), style)
