"""Rules of the learning question, without a database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Version:
    """A learning question as it was written at one time; numbers count from 1."""

    number: int
    axis: str
    text: str
    written_at: datetime


@dataclass(frozen=True)
class Draft:
    """What somebody wants to store."""

    axis: str
    text: str


def is_new(draft: Draft, versions: Sequence[Version]) -> bool:
    """True where the draft differs from the newest version: a second click adds nothing."""
    newest = versions[0] if versions else None
    return newest is None or (newest.axis, newest.text) != (draft.axis, draft.text)


def is_overtaken(seen: int, draft: Draft, versions: Sequence[Version]) -> bool:
    """True where somebody with page number `seen` would overwrite a version never shown there."""
    newest = versions[0].number if versions else 0
    return seen != newest and is_new(draft, versions)
