"""Two people who change the same item: what one did not touch is no conflict."""

from collections.abc import Mapping
from dataclasses import dataclass

from zetwpo import marks

# What stands in the fields of a page, by their names.
Fields = Mapping[str, str]
Marks = Mapping[str, str]


@dataclass(frozen=True)
class Merged:
    """What to store, and the fields that both changed, each in another way."""

    fields: Fields
    clashes: frozenset[str]


def marks_of(fields: Fields) -> Marks:
    """What a page shows, for it to send back."""
    return marks.showing(_marks(fields))


def merged(seen: Marks, stored: Fields, sent: Fields) -> Merged:
    """What stands there now, with what the sender changed of what the page showed."""
    touched = {
        name: value for name, value in sent.items() if marks.digest(value) != seen.get(name, "")
    }
    clashes = marks.overtaken(seen, _marks(stored), _marks(touched))
    return Merged({**stored, **touched}, frozenset(clashes))


def _marks(fields: Fields) -> dict[str, str]:
    return {name: marks.digest(value) for name, value in fields.items()}
