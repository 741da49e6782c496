"""Rules of filling in a form, without a database or a clock."""

import enum
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

# Statement key -> 1 to 7, or None for "cannot judge". A key that is missing is unanswered:
# two different things, and neither is ever a number.
Answers = Mapping[str, int | None]


class TextKind(enum.StrEnum):
    """The open questions of a form: one of each kind with every axis."""

    EXAMPLE = "example"
    FEED_FORWARD = "feed_forward"


TextKey = tuple[TextKind, str]
Texts = Mapping[TextKey, str]


@dataclass(frozen=True)
class Filled:
    """All that a form holds, or one part of it."""

    answers: Answers = field(default_factory=dict)
    texts: Texts = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """True where nobody filled in anything."""
        return not self.answers and not any(self.texts.values())


def answered(statements: Iterable[str], answers: Answers) -> int:
    """How many of these statements have an answer; "cannot judge" is one."""
    return sum(statement in answers for statement in statements)


def says_enough(judged: int, asked: int) -> bool:
    """True where a mean may be shown: at least half of what was asked about was judged."""
    return judged > 0 and 2 * judged >= asked


def joined(before: Filled, sent: Filled) -> Filled:
    """What a form holds after this was sent, which may be a part of it."""
    return Filled({**before.answers, **sent.answers}, {**before.texts, **sent.texts})


def snapshot(statements: Iterable[str], texts: Iterable[TextKey], filled: Filled) -> str:
    """What a page showed, in few characters: it comes back when the page is saved.

    With it we see whether something changed elsewhere in the meantime.
    """
    marks = [_mark(filled.answers, statement) for statement in statements]
    marks += [_digest(filled.texts.get(key, "")) for key in texts]
    return ".".join(marks)


def shown_after(
    statements: Iterable[str], texts: Iterable[TextKey], seen: str, sent: Filled
) -> str:
    """What a page shows after it sent some of its fields: those, and the rest as it was.

    Not what is stored: a field that was changed elsewhere has not been shown here yet.
    """
    statements, texts = list(statements), list(texts)
    mine = snapshot(statements, texts, sent).split(".")
    sends = [key in sent.answers for key in statements] + [key in sent.texts for key in texts]
    shown = seen.split(".")
    if len(shown) != len(mine):
        return seen
    marks = zip(shown, mine, sends, strict=True)
    return ".".join(new if is_sent else old for old, new, is_sent in marks)


def overtaken(
    statements: Iterable[str],
    texts: Iterable[TextKey],
    seen: str,
    stored: Filled,
    sent: Filled,
    tried: Iterable[Filled] = (),
) -> set[str | TextKey]:
    """What was changed elsewhere after this page was shown, and differs from what it sends.

    Nobody silently overwrites: the sender gets the choice for each of these. What the page `tried`
    to save before, without hearing whether that was stored, is no change from elsewhere.
    """
    statements, texts = list(statements), list(texts)
    now = snapshot(statements, texts, stored).split(".")
    mine = snapshot(statements, texts, sent).split(".")
    sends = [key in sent.answers for key in statements] + [key in sent.texts for key in texts]
    if len(seen.split(".")) != len(now):
        return set()
    known = [seen, *(shown_after(statements, texts, seen, each) for each in tried)]
    own = zip(*(each.split(".") for each in known), mine, strict=True)
    keys: list[str | TextKey] = [*statements, *texts]
    return {
        key
        for key, stands, marks, is_sent in zip(keys, now, own, sends, strict=True)
        if is_sent and stands not in marks
    }


def _mark(answers: Answers, statement: str) -> str:
    if statement not in answers:
        return "-"
    value = answers[statement]
    return "x" if value is None else str(value)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8] if text else "-"
