"""What a meeting is made of: kinds of blocks with their words, and the frames made of them."""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from flask import current_app
from pydantic import Field, StringConstraints

from zetwpo.errors import StartRefused
from zetwpo.library.content_file import CONTENT, ContentModel, Key, LocalText, name_of, read
from zetwpo.library.methods import Methods

FILE = CONTENT / "meeting_frames.yaml"
# What a block is that somebody makes up, or whose kind is not here any more.
OWN = "own"
# The table of blocks has it: no longer than fits there.
KindKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,19}$")]


class BlockKind(ContentModel):
    """A kind of block, with its words where nobody wrote others."""

    key: KindKey
    title: LocalText
    work: Literal["input", "active", "pause"]
    # One line.
    good_for: LocalText
    # On the wall.
    question: LocalText | None = None
    # What is asked on the paper that everybody gets.
    sheet: tuple[LocalText, ...] = ()


class FrameBlock(ContentModel):
    """A block of a frame."""

    kind: KindKey
    # In a meeting of the usual length.
    minutes: int = Field(ge=5, le=600)
    # In a shorter meeting it is left out.
    from_minutes: int = Field(default=0, ge=0)
    method: Key | None = None


Blocks = Annotated[tuple[FrameBlock, ...], Field(min_length=1)]


class MeetingFrames(ContentModel):
    """All kinds, the frame of the first meeting, and the one of those after it."""

    kinds: tuple[BlockKind, ...] = Field(min_length=1)
    first: Blocks
    later: Blocks

    def frame(self, number: int) -> tuple[FrameBlock, ...]:
        """The frame of the meeting with this number, counted from 1."""
        return self.first if number == 1 else self.later

    def kind(self, key: str) -> BlockKind:
        """The kind with this key, or that of a block of one's own where there is none."""
        return self._by_key.get(key) or self._by_key[OWN]

    @cached_property
    def _by_key(self) -> dict[str, BlockKind]:
        return {kind.key: kind for kind in self.kinds}


def meeting_frames() -> MeetingFrames:
    """What this application was started with."""
    found: MeetingFrames = current_app.extensions["meeting_frames"]
    return found


def load(known: Methods, path: Path = FILE) -> MeetingFrames:
    """Read and check the file: no kind twice, and only kinds and methods that are there.

    Raises StartRefused with all that is wrong.
    """
    found = read(path, MeetingFrames)
    problems = [f"{name_of(path)}: {problem}" for problem in _problems(found, known)]
    if problems:
        raise StartRefused("\n".join(problems))
    return found


def _problems(found: MeetingFrames, known: Methods) -> Iterator[str]:
    kinds = Counter(kind.key for kind in found.kinds)
    for key, count in kinds.items():
        if count > 1:
            yield f"kinds > {key}: this key stands here twice"
    if OWN not in kinds:
        yield f"kinds: there is no kind {OWN}"
    for name, frame in (("first", found.first), ("later", found.later)):
        for number, block in enumerate(frame, 1):
            if block.kind not in kinds:
                yield f"{name} > item {number} > kind: there is no kind {block.kind}"
            if block.method and block.method not in known:
                yield f"{name} > item {number} > method: there is no method {block.method}"
