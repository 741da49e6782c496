"""A form that two people may have open at once, or one person twice: what becomes of both.

What somebody did not touch is as the other one left it; what both changed is a choice (decision
17).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from zetwpo import marks

# What stands in the fields of a page, by their names.
Fields = Mapping[str, str]
# A mark stands for what the page showed in a field; an empty one has none.
Marks = Mapping[str, str]


@dataclass(frozen=True)
class Sent:
    """What came in from a page, with the marks of what it showed; `wrong` cannot be kept.

    A page that saves by itself `tried` to save some fields without hearing whether they were.
    """

    fields: Fields
    seen: Marks = field(default_factory=dict)
    wrong: Collection[str] = ()
    tried: Sequence[Fields] = ()

    @property
    def touched(self) -> Fields:
        """What its sender changed, also where they changed it back after it may have been kept."""
        tried = {name for each in self.tried for name in each}
        return {
            name: value
            for name, value in self.fields.items()
            if name in tried or marks.digest(value) != self.seen.get(name, "")
        }


class Overtaken(Exception):
    """These fields were changed elsewhere after the page was shown, and by its sender.

    `stored` is what stands in all fields by now.
    """

    def __init__(self, names: Collection[str], stored: Fields) -> None:
        super().__init__()
        self.names = names
        self.stored = stored


def overtaken(sent: Sent, stored: Fields) -> set[str]:
    """The fields of which the sender has to choose: both changed them, each in another way."""
    return marks.overtaken(
        sent.seen, digests(stored), digests(sent.touched), map(digests, sent.tried)
    )


def after(sent: Sent, stored: Fields) -> dict[str, str]:
    """What there is after this edit: what is wrong or waits for a choice stays as it is stored."""
    left_out = overtaken(sent, stored) | set(sent.wrong)
    kept = {name: value for name, value in sent.touched.items() if name not in left_out}
    return {**stored, **kept}


def merged(sent: Sent, stored: Fields) -> dict[str, str]:
    """What there is after this edit. Raises Overtaken where somebody has to choose."""
    if names := overtaken(sent, stored):
        raise Overtaken(names, stored)
    return after(sent, stored)


def to_choose(sent: Sent, stored: Fields) -> dict[str, str]:
    """What the page shows where somebody has to choose: in what they changed, their own words.

    With the marks of what is stored: sent once more, these count.
    """
    return {**stored, **sent.touched}


def marks_of(fields: Fields) -> Marks:
    """What a page shows in these fields."""
    return marks.showing(digests(fields))


def seen_in(fields: Fields) -> str:
    """The same, for the page to send back."""
    return urlencode(marks_of(fields))


def digests(fields: Fields) -> dict[str, str]:
    """A mark for each of these fields, an empty one for an empty field."""
    return {name: marks.digest(value) for name, value in fields.items()}
