"""Lists as text: what was pasted from a spreadsheet, and CSV of every kind that offices make."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from zetwpo.partnerships.importing.headings import count_known
from zetwpo.partnerships.importing.tables import CannotRead, Table, Trouble, as_table

DELIMITERS = "\t;,"
# Excel writes and reads a first line that says by what the others are divided.
_SAYS_DELIMITER = re.compile(r"sep=([\t;,])\r?\n?", re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# So many records tell how a list is divided.
SAMPLE = 50


def decode(content: bytes) -> str:
    """The text in these bytes, as the programs of offices write it. Raises CannotRead."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decoded(content, encoding)
    if b"\0" in content:
        return _decoded(content, _unmarked(content))
    try:
        return content.decode()
    except UnicodeDecodeError:
        # The few bytes that mean nothing there are no reason to refuse all others.
        return content.decode("cp1252", errors="replace")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise CannotRead(Trouble.NO_TEXT) from None
    if "\0" in text:
        raise CannotRead(Trouble.NO_TEXT)
    return text


def _unmarked(content: bytes) -> str:
    """UTF-16 without its mark: in our languages every second byte is empty."""
    even, odd = content[::2].count(0), content[1::2].count(0)
    return "utf-16-le" if odd > even else "utf-16-be"


def read_text(text: str) -> Table:
    """The table in a text. Raises CannotRead."""
    said = _SAYS_DELIMITER.match(text)
    if said:
        # Kept as a line, so that the numbers are those that a spreadsheet shows.
        text = "\n" + text[said.end() :]
    delimiter = said[1] if said else find_delimiter(text)
    return as_table(_records(text, delimiter))


def find_delimiter(text: str) -> str:
    """By what the records of this text are divided.

    The one with which a line of headings that we know appears; without one, the one with which
    the most records have equally many fields.
    """
    # Of equals the first one: tabs stand in no name, and commas stand in many.
    return max(DELIMITERS, key=lambda each: _fit(text, each))


def _fit(text: str, delimiter: str) -> tuple[int, int]:
    sample = []
    for record in _records(text, delimiter):
        if record:
            sample.append(record)
        if len(sample) == SAMPLE:
            break
    known = max((count_known(record) for record in sample), default=0)
    widths = Counter(len(record) for record in sample if len(record) > 1)
    return known, max(widths.values(), default=0)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    """The records of the text; where its quotes do not pair up, each line is one."""
    quote = '"' if _has_paired_quotes(text, delimiter) else None
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quotechar=quote)
    except csv.Error:
        raise CannotRead(Trouble.BROKEN) from None


def _has_paired_quotes(text: str, delimiter: str) -> bool:
    if '"' not in text:
        return True
    try:
        for _record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error:
        return False
    return True
