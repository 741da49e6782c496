"""The phases of a trajectory and the parts of a meeting, which methods are chosen for."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import Field

from zetwpo.errors import StartRefused
from zetwpo.library.content_file import CONTENT, ContentModel, Key, LocalText, name_of, read
from zetwpo.library.rules import repeated

FILE = CONTENT / "phases.yaml"


class Phase(ContentModel):
    """One part of a meeting, or of what happens between two."""

    key: Key
    title: LocalText
    # One line: what it is there for.
    about: LocalText


class PhasesFile(ContentModel):
    """All phases, and which of them make up a meeting, in its order."""

    phases: tuple[Phase, ...] = Field(min_length=1)
    first_meeting: tuple[Key, ...] = Field(min_length=1)
    next_meetings: tuple[Key, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Phases:
    """The table of phases. Both frames name phases of it."""

    phases: tuple[Phase, ...]
    first_meeting: tuple[Phase, ...]
    next_meetings: tuple[Phase, ...]

    def __iter__(self) -> Iterator[Phase]:
        """All phases, in their order."""
        return iter(self.phases)

    def __contains__(self, key: object) -> bool:
        """True where there is a phase with this key."""
        return key in self._by_key

    def get(self, key: str) -> Phase:
        """The phase with this key. Raises KeyError where there is none."""
        return self._by_key[key]

    def frame_of(self, number: int) -> tuple[Phase, ...]:
        """The fixed frame of the meeting with this number, which counts from 1."""
        return self.first_meeting if number == 1 else self.next_meetings

    @cached_property
    def _by_key(self) -> dict[str, Phase]:
        return {phase.key: phase for phase in self.phases}


def load(path: Path = FILE) -> Phases:
    """Read and check the table. Raises StartRefused with all that is wrong."""
    found = read(path, PhasesFile)
    if problems := [f"{name_of(path)}: {problem}" for problem in _problems(found)]:
        raise StartRefused("\n".join(problems))
    by_key = {phase.key: phase for phase in found.phases}
    return Phases(
        found.phases,
        tuple(by_key[key] for key in found.first_meeting),
        tuple(by_key[key] for key in found.next_meetings),
    )


def _problems(found: PhasesFile) -> Iterator[str]:
    keys = [phase.key for phase in found.phases]
    for key in repeated(keys):
        yield f"phases > {key}: this key stands here twice"
    for name in ("first_meeting", "next_meetings"):
        for key in getattr(found, name):
            if key not in keys:
                yield f"{name}: there is no phase {key}"
