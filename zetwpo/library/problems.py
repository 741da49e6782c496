"""What is wrong with content, or could be better, said at its place."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from zetwpo.i18n import Language, gettext


@dataclass(frozen=True)
class Problem:
    """Something to mend before content is used; an advice is never in the way.

    `path` leads to the item by keys: forms, student, statements, listens, text. The message is
    written in the language of the page; a file reports in English.
    """

    path: tuple[str, ...]
    message: str
    # Where it is about a text: which of the two.
    language: Language | None = None
    is_advice: bool = False
    # Counted from 1, where it was read from one file.
    line: int | None = None
    # The same way by places instead of keys, where somebody has to find the line.
    steps: tuple[int | str, ...] = field(default=(), repr=False, compare=False)

    @property
    def item(self) -> str:
        """The way to the item, for people."""
        return " > ".join(self.path) or gettext("the whole file")

    def __str__(self) -> str:
        """The place and the message on one line."""
        place = f"{self.item} > {self.language}" if self.language else self.item
        return f"{place}: {self.message}"


class Unreadable(Exception):
    """The content does not have the shape that it needs; `problems` say where."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(*map(str, self.problems))


def to_mend(problems: Iterable[Problem]) -> list[Problem]:
    """What has to be mended before the content is used."""
    return [each for each in problems if not each.is_advice]


def advice(problems: Iterable[Problem]) -> list[Problem]:
    """What could be better, and is in nobody's way."""
    return [each for each in problems if each.is_advice]
