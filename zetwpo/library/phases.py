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
    """All phases, in the order of a meeting."""

    phases: tuple[Phase, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Phases:
    """The table of phases."""

    phases: tuple[Phase, ...]

    def __iter__(self) -> Iterator[Phase]:
        """All phases, in their order."""
        return iter(self.phases)

    def __contains__(self, key: object) -> bool:
        """True where there is a phase with this key."""
        return key in self._by_key

    def get(self, key: str) -> Phase:
        """The phase with this key. Raises KeyError where there is none."""
        return self._by_key[key]

    @cached_property
    def _by_key(self) -> dict[str, Phase]:
        return {phase.key: phase for phase in self.phases}


def load(path: Path = FILE) -> Phases:
    """Read and check the table. Raises StartRefused with all that is wrong."""
    found = read(path, PhasesFile)
    problems = [
        f"{name_of(path)}: phases > {key}: this key stands here twice"
        for key in repeated(phase.key for phase in found.phases)
    ]
    if problems:
        raise StartRefused("\n".join(problems))
    return Phases(found.phases)
