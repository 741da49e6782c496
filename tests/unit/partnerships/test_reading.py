"""A list is the same, whatever program wrote it; and what is no list is refused with a reason."""

import csv
import datetime as dt
import io
import itertools
import zipfile
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from zetwpo.partnerships.importing import tables, workbook
from zetwpo.partnerships.importing.delimited import find_delimiter, read_text
from zetwpo.partnerships.importing.reading import read_file
from zetwpo.partnerships.importing.tables import (
    MOST_COLUMNS,
    MOST_ROWS,
    CannotRead,
    Table,
    Trouble,
)
from zetwpo.partnerships.importing.workbook import LARGEST_INSIDE, MOST_TAGS

HEADINGS = ["naam", "e-mail", "rol"]
Rows = list[list[str]]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]


def cells(table: Table) -> Rows:
    return [list(line.cells) for line in table.lines]


def as_csv(rows: Rows, delimiter: str = ";", end: str = "\r\n", quoting: Any = 0) -> str:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)
    return written.getvalue()


def as_xlsx(*sheets: list[list[Any]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def trouble(content: bytes) -> Trouble:
    with pytest.raises(CannotRead) as refused:
        read_file(content)
    return refused.value.trouble


# A cell that is not blank, of signs that a text file can hold.
SIGNS = st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t")
WORDS = st.text(SIGNS, max_size=20)
FILLED = WORDS.map(lambda text: f"x{text}x")
TABLES = st.lists(st.tuples(WORDS, WORDS, FILLED).map(list), max_size=8)
# With "\r" alone between rows only all quotes together tell an "\n" in a cell from the next row.
DIALECTS = st.sampled_from(
    [
        each
        for each in itertools.product(",;\t", ["\r\n", "\n", "\r"], [0, 1])
        if each[1:] != ("\r", 0)
    ]
)


@given(TABLES, DIALECTS, st.sampled_from(ENCODINGS))
def test_a_table_written_in_any_dialect_is_that_table(
    rows: Rows, dialect: tuple[str, str, int], encoding: str
) -> None:
    table = [HEADINGS, *rows]
    assert cells(read_file(as_csv(table, *dialect).encode(encoding))) == table


WINDOWS = st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), max_size=20)


@given(st.lists(st.tuples(WINDOWS, WINDOWS, WINDOWS.map(lambda text: f"x{text}é")), min_size=1))
def test_a_table_from_an_old_windows_is_that_table(rows: list[tuple[str, str, str]]) -> None:
    table = [HEADINGS, *map(list, rows)]
    content = as_csv(table).encode("cp1252")
    try:
        content.decode()
    except UnicodeDecodeError:
        assert cells(read_file(content)) == table


@given(TABLES)
def test_what_a_spreadsheet_puts_on_the_clipboard_is_that_table(rows: Rows) -> None:
    table = [HEADINGS, *rows]
    assert cells(read_text(as_csv(table, "\t", "\n"))) == table


# What XML can hold, and no formulas.
IN_XML = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"], exclude_characters="=_"), max_size=20
)


@given(st.lists(st.tuples(IN_XML, IN_XML, IN_XML.map(lambda text: f"x{text}x")), max_size=6))
def test_a_workbook_is_that_table(rows: list[tuple[str, str, str]]) -> None:
    table = [HEADINGS, *map(list, rows)]
    assert cells(read_file(as_xlsx(table))) == table


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("naam;e-mail\r\nVries, de, Jan;jan@x.nl", ";"),
        ("sep=,\r\na;b,c\r\n", ","),
        ("Jan de Vries\tjan@x.nl\nPiet, dr.\tpiet@x.nl", "\t"),
        ("Jan,jan@x.nl\nPiet,piet@x.nl", ","),
        ('"Vries, de";jan@x.nl\n"Wit, de";piet@x.nl', ";"),
    ],
)
def test_what_divides_a_list_is_found(text: str, delimiter: str) -> None:
    if text.startswith("sep="):
        assert cells(read_text(text)) == [["a;b", "c"]]
    else:
        assert find_delimiter(text) == delimiter


def test_the_numbers_of_lines_are_those_of_a_spreadsheet() -> None:
    table = read_text('sep=;\nnaam;e-mail\n\n;\n"Jan\nPiet";a@x.nl\nKees;b@x.nl\n')
    assert [line.number for line in table.lines] == [2, 5, 6]
    assert [line.number for line in read_file(as_xlsx([[], ["naam"], [], ["Jan"]])).lines] == [2, 4]


@pytest.mark.parametrize("text", ['naam;e-mail\n"Jan;a@x.nl\nPiet;b@x.nl', 'naam;e-mail\n"J"an;x'])
def test_quotes_that_do_not_pair_up_swallow_no_rows(text: str) -> None:
    assert [len(row) for row in cells(read_text(text))] == [2] * (text.count("\n") + 1)


def test_cells_that_are_no_words_are_read_as_one_sees_them() -> None:
    row = [3, 2.5, 4.0, True, dt.datetime(2026, 3, 4), dt.datetime(2026, 3, 4, 5, 6), dt.time(7, 8)]  # noqa: DTZ001
    assert cells(read_file(as_xlsx([["naam", *row]])))[0] == [
        *("naam", "3", "2.5", "4", "True", "2026-03-04", "2026-03-04 05:06:00", "07:08:00")
    ]


def test_a_formula_stays_a_formula() -> None:
    book = as_xlsx([["naam", '=HYPERLINK("http://x","Jan")', "=1+1", "=cmd|' /C calc'!A0"]])
    assert [cell[0] for cell in cells(read_file(book))[0][1:]] == ["=", "=", "="]


def test_the_first_sheet_with_something_on_it_is_read() -> None:
    assert cells(read_file(as_xlsx([], [[None, " "]], [["naam"]], [["other"]]))) == [["naam"]]


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_no_list_is_too_long_or_too_wide(write: Any) -> None:
    def read(rows: Rows) -> Table:
        written = write(rows)
        return read_file(written.encode() if isinstance(written, str) else written)

    wide = ["x"] * MOST_COLUMNS
    assert read([wide, ["naam"]]).width == MOST_COLUMNS
    with pytest.raises(CannotRead, match=Trouble.TOO_MANY_COLUMNS):
        read([["naam"], [*wide, "x"]])
    assert len(read([["x"], [""]] * MOST_ROWS).lines) == MOST_ROWS
    with pytest.raises(CannotRead, match=Trouble.TOO_MANY_ROWS):
        read([["x"]] * (MOST_ROWS + 1))


def test_a_cell_is_no_longer_than_anything_we_look_for() -> None:
    [[cell, other]] = cells(read_text("x" * 100_000 + "\tb"))
    assert (len(cell), other) == (tables.LONGEST_CELL, "b")


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", Trouble.EMPTY),
        (b" \r\n;;\r\n", Trouble.EMPTY),
        (b"\xef\xbb\xbf", Trouble.EMPTY),
        (as_xlsx([]), Trouble.EMPTY),
        (OLE, Trouble.OLD_EXCEL),
        (OLE + "EncryptedPackage".encode("utf-16-le"), Trouble.PASSWORD),
        (b"%PDF-1.7\n", Trouble.DOCUMENT),
        (b"{\\rtf1 x}", Trouble.DOCUMENT),
        (b"\x89PNG\r\n\x1a\n", Trouble.IMAGE),
        (b"\xff\xd8\xff\xe0\0", Trouble.IMAGE),
        (b"\0\0\0\x20ftypheic", Trouble.IMAGE),
        (b"<html><table><tr><td>naam", Trouble.WEB_PAGE),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html>", Trouble.WEB_PAGE),
        (b"PK\x03\x04 and then nothing", Trouble.BROKEN),
        (as_xlsx([["naam"]])[:-100], Trouble.BROKEN),
        (b"a\0b\0\0c\xff\0\xd8\0\0", Trouble.NO_TEXT),
        (b"\xff\xfea", Trouble.NO_TEXT),
    ],
)
def test_what_is_no_list_is_refused_with_its_reason(content: bytes, expected: Trouble) -> None:
    assert trouble(content) is expected


def packed(parts: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", packing) as book:
        for name, part in parts.items():
            book.writestr(name, part)
    return written.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {name: book.read(name) for name in book.namelist()}


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = parts_of(as_xlsx([["naam"]]))
    bomb = packed(parts | {"xl/sharedStrings.xml": b" " * (LARGEST_INSIDE + 1)})
    many = packed(parts | {f"xl/{number}.xml": b"" for number in range(600)})
    others = [packed(parts, packing) for packing in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)]
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_args: pytest.fail("unpacked"))
    assert trouble(bomb) is Trouble.TOO_LARGE_INSIDE
    assert trouble(many) is Trouble.TOO_LARGE_INSIDE
    for other in others:
        assert trouble(other) is Trouble.BROKEN


def test_a_bomb_that_lies_about_its_size_is_read_no_further() -> None:
    name, size = "xl/worksheets/sheet1.xml", 1000
    parts = parts_of(as_xlsx([["naam"]]))
    content = bytearray(packed(parts | {name: parts[name][:-20] + b" " * (2 * LARGEST_INSIDE)}))
    at = content.rindex(name.encode()) - 46 + 24
    content[at : at + 4] = size.to_bytes(4, "little")
    assert trouble(bytes(content)) is Trouble.BROKEN


def test_words_that_stand_for_many_more_are_refused() -> None:
    """The billion laughs."""
    parts = parts_of(as_xlsx([["naam"]]))
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        assert trouble(packed(parts | {name: laughs})) is Trouble.BROKEN


def test_a_sheet_far_larger_than_what_is_on_it_costs_little() -> None:
    parts = parts_of(as_xlsx([["naam"], ["Jan"]]))
    sheet = "xl/worksheets/sheet1.xml"
    far = parts[sheet].replace(b'r="2"', b'r="1048576"').replace(b'r="A2"', b'r="A1048576"')
    wide = parts[sheet].replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"')
    assert far != parts[sheet] != wide
    assert cells(read_file(packed(parts | {sheet: far}))) == [["naam"]]
    assert cells(read_file(packed(parts | {sheet: wide}))) == [["naam"], ["Jan"]]


def test_a_parcel_of_other_things_is_no_workbook() -> None:
    assert trouble(packed({"word/document.xml": b"<x/>"})) is Trouble.OTHER_SHEET
    assert trouble(packed({"content.xml": b"<x/>"})) is Trouble.OTHER_SHEET


@given(st.binary(max_size=300))
def test_whatever_comes_in_is_read_or_refused(content: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"\xff\xfe"):
        with suppress(CannotRead):
            read_file(start + content)


# Made once: it holds the moment at which it was made.
WHOLE = as_xlsx([HEADINGS, ["Jan", "jan@x.nl", "wpb"]])


@given(st.data())
def test_a_damaged_workbook_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(WHOLE)
    for _time in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(CannotRead):
        read_file(bytes(content))


@pytest.mark.parametrize(
    ("name", "before", "piece", "after"),
    [
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData>", b"<row/>", b"</sheetData>"),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>", b"<c/>", b"</row>"),
        ("xl/styles.xml", b"<styleSheet><cellXfs>", b"<xf/>", b"</cellXfs>"),
    ],
)
def test_millions_of_empty_things_are_not_taken_apart(
    name: str, before: bytes, piece: bytes, after: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = parts_of(as_xlsx([["naam"]]))
    many = packed(parts | {name: before + piece * (MOST_TAGS + 1) + after})
    assert len(many) < 100_000
    monkeypatch.setattr(workbook, "load_workbook", lambda *_args, **_rest: pytest.fail("read"))
    assert trouble(many) is Trouble.TOO_LARGE_INSIDE
