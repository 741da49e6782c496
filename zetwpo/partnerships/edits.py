"""A form that two people may have open at once: who changed what, and what becomes of it.

What somebody did not touch is as the other one left it; what both changed is a choice, as in
decision 17.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from zetwpo import marks

# What stands in the fields of a page, by their names.
Fields = Mapping[str, str]


class Overtaken(Exception):
    """These fields were changed by somebody else after this page was shown, and by its sender."""

    def __init__(self, names: set[str]) -> None:
        super().__init__()
        self.names = names


@dataclass(frozen=True)
class Sent:
    """What came in from a page, with the marks of what it showed before."""

    fields: Fields
    seen: Mapping[str, str] = field(default_factory=dict)

    @property
    def touched(self) -> Fields:
        """What its sender changed."""
        return {
            name: value
            for name, value in self.fields.items()
            if marks.digest(value) != self.seen.get(name, "")
        }


def to_choose(sent: Sent, stored: Fields) -> dict[str, str]:
    """What the page shows where somebody has to choose: in what they changed, their own words.

    With the marks of what is stored: sent once more, these count.
    """
    return {**sent.fields, **stored, **sent.touched}


def merged(sent: Sent, stored: Fields) -> dict[str, str]:
    """What there is after this edit. Raises Overtaken where somebody has to choose."""
    clashes = marks.overtaken(sent.seen, _marks(stored), _marks(sent.touched))
    if clashes:
        raise Overtaken(clashes)
    return to_choose(sent, stored)


def seen_in(fields: Fields) -> str:
    """What a page shows in these fields, for it to send back."""
    return urlencode(marks.showing(_marks(fields)))


def read_sent(fields: Fields, seen: str) -> Sent:
    """What came in, with what the page says that it showed."""
    return Sent(fields, marks.read_marks(seen))


def _marks(fields: Fields) -> dict[str, str]:
    return {name: marks.digest(value) for name, value in fields.items()}
