"""What holds for the schools of a partnership, without a database."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from zetwpo import marks
from zetwpo.characters import as_read

# More than the largest partnership has with all its locations; they stand on one page.
MOST_SCHOOLS = 250
# What stands in the fields of the page, by their names.
Fields = Mapping[str, str]
NAMES = ("name", "kind")


@dataclass(frozen=True)
class Sent:
    """What came in from a page, with the marks of what it showed before."""

    fields: Fields
    seen: Mapping[str, str] = field(default_factory=dict)


def has_letters(name: str) -> bool:
    """True where two such names can be told apart when they are read."""
    return bool(as_read(name))


def marks_of(fields: Fields) -> Mapping[str, str]:
    """What a page shows, for it to send back."""
    return {name: marks.digest(value) for name, value in fields.items()}


def overtaken(sent: Sent, stored: Fields) -> set[str]:
    """The fields that somebody else changed after this page was shown, and differ from it."""
    return marks.overtaken(sent.seen, marks_of(stored), marks_of(sent.fields))
