"""Rules of the learning question, without a database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from zetwpo.edits import Fields

# What can be changed of it, in the order of the page.
NAMES = ("axis", "text")


@dataclass(frozen=True)
class Version:
    """A learning question as it was written at one time; numbers count from 1."""

    number: int
    axis: str
    text: str
    written_at: datetime


@dataclass(frozen=True)
class Draft:
    """A question that is being written; in what somebody saves, both are filled in."""

    axis: str = ""
    text: str = ""

    @property
    def fields(self) -> Fields:
        """The same by the names of the fields."""
        return {"axis": self.axis, "text": self.text}


def is_new(draft: Draft, versions: Sequence[Version]) -> bool:
    """True where the draft differs from the newest version: a second click adds nothing."""
    newest = versions[0] if versions else None
    return newest is None or (newest.axis, newest.text) != (draft.axis, draft.text)
