"""What is different between two versions of a questionnaire, item by item, without a database."""

import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zetwpo.questionnaires.rules import (
    AXIS_WORDS,
    LABELS,
    Document,
    Item,
    Words,
    axes_of,
    behaviours_of,
    label_of,
    statements_of,
    words_of,
)


class Kind(enum.StrEnum):
    """What became of an item."""

    ADDED = "added"
    DROPPED = "dropped"
    REWORDED = "reworded"
    # Of a statement: other examples, another part, or said to be about another behaviour.
    ILLUSTRATED = "illustrated"
    MOVED = "moved"
    REMAPPED = "remapped"


@dataclass(frozen=True)
class Change:
    """One item that is different; what was added has no words before, and the other way round."""

    kind: Kind
    key: str
    axis: str
    before: Words = Words()
    after: Words = Words()


@dataclass(frozen=True)
class Differences:
    """All that is different, in the order of the version after."""

    # By the key of the form.
    statements: Mapping[str, Sequence[Change]]
    behaviours: Sequence[Change]
    # Keys of axes whose words or labels, or whose open questions, are different.
    axes: Sequence[str]
    # Keys of forms in which statements of one part changed places.
    reordered: Sequence[str]
    # True where something else is different that these do not name, such as the ends of a scale.
    more: bool

    @property
    def is_empty(self) -> bool:
        """True where the two are the same."""
        some = [*self.statements.values(), self.behaviours, self.axes, self.reordered]
        return not self.more and not any(some)


def differences(before: Document, after: Document) -> Differences:
    """What is different in the second of these two."""
    return Differences(
        {form: [*_statements(before, after, form)] for form in after["forms"]},
        [*_behaviours(before, after)],
        [*_axes(before, after)],
        [form for form in after["forms"] if _order(before, after, form)],
        more=_rest(before) != _rest(after) or _reordered(_keys(before), _keys(after)),
    )


def _statements(before: Document, after: Document, form: str) -> Iterator[Change]:
    then, now = _by_key(before, form), _by_key(after, form)
    for key, (axis, statement) in now.items():
        if key in then:
            yield from _of_statement(*then[key], axis, statement)
        else:
            yield Change(Kind.ADDED, key, axis, after=words_of(statement["text"]))
    for key, (axis, statement) in then.items():
        if key not in now:
            yield Change(Kind.DROPPED, key, axis, before=words_of(statement["text"]))


def _by_key(document: Document, form: str) -> dict[str, tuple[str, Item]]:
    if form not in document["forms"]:
        return {}
    return {each["key"]: (axis, each) for axis, each in statements_of(document, form)}


def _of_statement(axis_before: str, before: Item, axis: str, after: Item) -> Iterator[Change]:
    words = words_of(before["text"]), words_of(after["text"])
    key = after["key"]
    if words[0] != words[1]:
        yield Change(Kind.REWORDED, key, axis, *words)
    elif _examples(before) != _examples(after):
        yield Change(Kind.ILLUSTRATED, key, axis, *words)
    if axis_before != axis:
        yield Change(Kind.MOVED, key, axis, *words)
    elif set(before["behaviours"]) != set(after["behaviours"]):
        yield Change(Kind.REMAPPED, key, axis, *words)


def _examples(statement: Item) -> list[Words]:
    return [words_of(each) for each in statement.get("illustrations") or ()]


def _behaviours(before: Document, after: Document) -> Iterator[Change]:
    then = {each["key"]: each for each in behaviours_of(before)}
    now = {each["key"]: each for each in behaviours_of(after)}
    for key, each in now.items():
        name = words_of(each["name"])
        if key not in then:
            yield Change(Kind.ADDED, key, each["axis"], after=name)
            continue
        earlier = then[key]
        if _said(earlier) != _said(each):
            yield Change(Kind.REWORDED, key, each["axis"], words_of(earlier["name"]), name)
        if earlier["axis"] != each["axis"]:
            yield Change(Kind.MOVED, key, each["axis"], name, name)
    for key, each in then.items():
        if key not in now:
            yield Change(Kind.DROPPED, key, each["axis"], before=words_of(each["name"]))


def _said(behaviour: Item) -> tuple[Words, Words]:
    return words_of(behaviour["name"]), words_of(behaviour["opening_question"])


def _axes(before: Document, after: Document) -> Iterator[str]:
    then = {axis["key"]: axis for axis in axes_of(before)}
    for axis in axes_of(after):
        key = axis["key"]
        same_questions = _questions(before, key) == _questions(after, key)
        if key not in then or _of_axis(then[key]) != _of_axis(axis) or not same_questions:
            yield key


def _of_axis(axis: Item) -> list[Words]:
    return [*(words_of(axis[name]) for name in AXIS_WORDS), *(label_of(axis[x]) for x in LABELS)]


def _questions(document: Document, axis: str) -> dict[str, Words]:
    return {
        form: words_of(part["open_question"])
        for form, content in document["forms"].items()
        for part in content["parts"]
        if part["axis"] == axis
    }


def _order(before: Document, after: Document, form: str) -> bool:
    """True where what stayed in its part stands in another order."""
    return _reordered(_places(before, form), _places(after, form))


def _reordered(then: Sequence[object], now: Sequence[object]) -> bool:
    stayed = set(then) & set(now)
    return [each for each in then if each in stayed] != [each for each in now if each in stayed]


def _places(document: Document, form: str) -> list[tuple[str, str]]:
    return [(axis, key) for key, (axis, _each) in _by_key(document, form).items()]


def _keys(document: Document) -> list[str]:
    return [each["key"] for each in behaviours_of(document)]


def _rest(document: Document) -> Any:
    """What has no list of its own."""
    shared = document["axes"]
    named = {form: _named(content) for form, content in document["forms"].items()}
    return words_of(shared["title"]), shared["areas"], named


def _named(form: Item) -> list[Any]:
    return [words_of(form["title"]), form["scale"], words_of(form.get("cannot_judge"))]
