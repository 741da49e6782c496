"""Rules of the learning question, without a database."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from zetwpo import marks
from zetwpo.edits import Fields, Marks, digests


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


@dataclass(frozen=True)
class Sent:
    """What came in from a page, with what it showed before.

    The page `tried` to save some fields without hearing whether they were stored. What is in
    `wrong` cannot be kept.
    """

    fields: Fields
    seen: Marks = field(default_factory=dict)
    tried: Sequence[Fields] = ()
    wrong: Collection[str] = ()


def is_new(draft: Draft, versions: Sequence[Version]) -> bool:
    """True where the draft differs from the newest version: a second click adds nothing."""
    newest = versions[0] if versions else None
    return newest is None or (newest.axis, newest.text) != (draft.axis, draft.text)


def shown_after(seen: Marks, sent: Fields) -> Marks:
    """What a page shows after it sent some of its fields: those, and the rest as it was."""
    return marks.after(seen, digests(sent))


def overtaken(seen: Marks, stored: Draft, sent: Fields, tried: Iterable[Fields] = ()) -> set[str]:
    """The fields that were changed elsewhere after this page was shown, and differ from it."""
    return marks.overtaken(seen, digests(stored.fields), digests(sent), map(digests, tried))
