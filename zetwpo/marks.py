"""What a page showed, what it sends, and what was changed elsewhere in between.

A page with texts carries a mark for each field that showed something, and sends them back with
what somebody typed. Where a mark and what is stored differ, another page was faster.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import TypeVar
from urllib.parse import parse_qsl

Field = TypeVar("Field")
# More than the script of a page remembers.
MOST_TRIED = 100


def digest(text: str) -> str:
    """A mark for a text, in few characters; an empty one for an empty text."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8] if text else ""


def showing(marks: Mapping[Field, str]) -> dict[Field, str]:
    """These marks without the empty ones: a field that shows nothing has none."""
    return {field: mark for field, mark in marks.items() if mark}


def after(seen: Mapping[Field, str], sent: Mapping[Field, str]) -> dict[Field, str]:
    """The marks of a page after it sent some of its fields: those, and the rest as it was.

    Not of what is stored: a field that was changed elsewhere has not been shown here yet.
    """
    return showing({**seen, **sent})


def overtaken(
    seen: Mapping[Field, str],
    stored: Mapping[Field, str],
    sent: Mapping[Field, str],
    tried: Iterable[Mapping[Field, str]] = (),
) -> set[Field]:
    """The fields that were changed elsewhere after this page was shown, and differ from it.

    Nobody silently overwrites: the sender gets the choice for each of these. A field without a
    mark showed nothing, so a page that does not say what it showed overwrites nothing. What the
    page `tried` to save before, without hearing whether that was stored, is its own.
    """
    own = [seen, sent, *({**seen, **each} for each in tried)]
    return {
        field
        for field in sent
        if all(stored.get(field, "") != marks.get(field, "") for marks in own)
    }


def read_marks(seen: str) -> dict[str, str]:
    """The marks that a page sent back, by the names of its fields.

    Nothing where not all of it can be read, or a field stands in it twice.
    """
    try:
        pairs = parse_qsl(seen, strict_parsing=True)
    except ValueError:
        return {}
    marks = dict(pairs)
    return marks if len(marks) == len(pairs) else {}


def read_tried(tried: str) -> list[tuple[str, str]]:
    """Names and values that the script of a page sent without hearing what became of them."""
    return parse_qsl(tried, keep_blank_values=True)[-MOST_TRIED:]
