"""Rules of filling in a form, without a database or a clock."""

import enum
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from zetwpo import marks

# Statement key -> 1 to 7, or None for "cannot judge". A key that is missing is unanswered:
# two different things, and neither is ever a number.
Answers = Mapping[str, int | None]


class TextKind(enum.StrEnum):
    """The open questions of a form: one of each kind with every axis."""

    EXAMPLE = "example"
    FEED_FORWARD = "feed_forward"


TextKey = tuple[TextKind, str]
Texts = Mapping[TextKey, str]
# One field of a form: a statement or a text. A mark stands for what it shows.
Key = str | TextKey
Marks = Mapping[Key, str]


@dataclass(frozen=True)
class Filled:
    """All that a form holds, or one part of it."""

    answers: Answers = field(default_factory=dict)
    texts: Texts = field(default_factory=dict)
    # Only in what a page sends: the statements that are left open after all. What a form holds has
    # no answer there.
    cleared: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        """True where nobody filled in anything."""
        return not self.answers and not any(self.texts.values())

    @property
    def keys(self) -> set[Key]:
        """The fields that are among it, also one that was emptied."""
        return {*self.answers, *self.texts, *self.cleared}

    def without(self, keys: Collection[Key]) -> "Filled":
        """The rest, apart from these fields."""
        return Filled(
            {key: value for key, value in self.answers.items() if key not in keys},
            {key: text for key, text in self.texts.items() if key not in keys},
            self.cleared.difference(keys),
        )


def answered(statements: Iterable[str], answers: Answers) -> int:
    """How many of these statements have an answer; "cannot judge" is one."""
    return sum(statement in answers for statement in statements)


@dataclass(frozen=True)
class Place:
    """Where somebody goes on: at a statement, or on top of a part where they begin."""

    # Counted from 1.
    part: int
    statement: str | None = None

    @property
    def anchor(self) -> str | None:
        """The place on the page of that part; None for its top."""
        return f"at-{self.statement}" if self.statement else None


def place_to_go_on(parts: Sequence[Sequence[str]], filled: Filled) -> Place | None:
    """The first statement without an answer, in whichever part; None where all have one.

    A part that is half done is not passed by. Who has filled in nothing begins on top, with what
    the first part is about.
    """
    if filled.is_empty:
        return Place(1)
    return next(
        (
            Place(number, statement)
            for number, statements in enumerate(parts, 1)
            for statement in statements
            if statement not in filled.answers
        ),
        None,
    )


def is_gone_through(parts: Sequence[Sequence[str]], answers: Answers) -> bool:
    """True where the last statement has an answer: its author has come to the end.

    What is open then was left open in passing, perhaps on purpose, so the next step is to check
    all answers, and the way to what is open stands beside it. Until then the next step is what is
    open. Read from the answers, so that it is the same on every device and needs no storing. Who
    leaves the last statement open as well keeps both ways, the other way around.
    """
    return parts[-1][-1] in answers


def says_enough(judged: int, asked: int) -> bool:
    """True where a mean may be shown: at least half of what was asked about was judged."""
    return judged > 0 and 2 * judged >= asked


def joined(before: Filled, sent: Filled) -> Filled:
    """What a form holds after this was sent, which may be a part of it."""
    answers = {**before.answers, **sent.answers}
    kept = {key: value for key, value in answers.items() if key not in sent.cleared}
    return Filled(kept, {**before.texts, **sent.texts})


def marks_of(filled: Filled) -> Marks:
    """What a page shows, in few characters a field; a field that shows nothing has no mark.

    The marks come back when the page is saved, and tell whether something changed elsewhere in
    the meantime.
    """
    return marks.showing(_marks(filled))


def shown_after(seen: Marks, sent: Filled) -> Marks:
    """What a page shows after it sent some of its fields: those, and the rest as it was."""
    return marks.after(seen, _marks(sent))


def overtaken(seen: Marks, stored: Filled, sent: Filled, tried: Iterable[Filled] = ()) -> set[Key]:
    """What was changed elsewhere after this page was shown, and differs from what it sends."""
    return marks.overtaken(seen, _marks(stored), _marks(sent), map(_marks, tried))


def _marks(filled: Filled) -> dict[Key, str]:
    """A mark for each field that is among it, an empty one for what was emptied."""
    answers: dict[Key, str] = {
        statement: "x" if value is None else str(value)
        for statement, value in filled.answers.items()
    }
    texts = {key: marks.digest(text) for key, text in filled.texts.items()}
    return answers | texts | dict.fromkeys(filled.cleared, "")
