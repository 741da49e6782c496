"""What can be done with a questionnaire that is being written.

Each function takes a document, in the shape of the files of a version, and gives a new one; what
it was given stays as it was. None makes a document that is well-formed into one that is not: keys
stay unique, each form keeps the parts of the axes, and a statement speaks of behaviours of its own
part alone. Whether the words are right is not asked here; that is for the check.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

# {"axes": what the forms share, "forms": {key of a form: that form}}, as in the files.
Document = dict[str, Any]
# One item of it: an axis, a behaviour, a part, a statement, or words in both languages.
Item = dict[str, Any]
Edit = Callable[[Document], Document]

UP, DOWN = -1, 1
# What an axis says of itself, beside its labels.
AXIS_WORDS = ("title", "role", "about")
LABELS = ("label_long", "label_short")


class NotThere(LookupError):
    """The document has no such item; perhaps somebody else dropped it."""


class SpeaksOfMore(Exception):
    """A behaviour cannot leave its part: this statement speaks of another one there as well."""

    def __init__(self, form: str, statement: Item) -> None:
        super().__init__()
        self.form = form
        self.statement = statement


@dataclass(frozen=True)
class Words:
    """The same in both languages; what is empty in English is shown in Dutch."""

    nl: str = ""
    en: str = ""

    def as_item(self) -> Item:
        """As a document holds them: without the English where there is none."""
        return {"nl": self.nl, "en": self.en} if self.en else {"nl": self.nl}


def words_of(item: Mapping[str, Any] | None) -> Words:
    """The words of an item of a document."""
    return Words(str((item or {}).get("nl") or ""), str((item or {}).get("en") or ""))


# ------------------------------------------------------------------------------ finding


def axes_of(document: Document) -> list[Item]:
    """The axes, in their order."""
    return list(document["axes"]["axes"])


def behaviours_of(document: Document, axis: str | None = None) -> list[Item]:
    """All behaviours, or those of one axis, in their order."""
    found = document["axes"]["behaviours"]
    return [each for each in found if axis is None or each["axis"] == axis]


def get_axis(document: Document, key: str) -> Item:
    """The axis with this key. Raises NotThere."""
    return _get(document["axes"]["axes"], key)


def get_behaviour(document: Document, key: str) -> Item:
    """The behaviour with this key. Raises NotThere."""
    return _get(document["axes"]["behaviours"], key)


def get_part(document: Document, form: str, axis: str) -> Item:
    """What a form asks with this axis. Raises NotThere."""
    return _get(_parts(document, form), axis, "axis")


def get_statement(document: Document, form: str, key: str) -> Item:
    """The statement with this key in this form. Raises NotThere."""
    return _get([each for _axis, each in statements_of(document, form)], key)


def axis_of_statement(document: Document, form: str, key: str) -> str:
    """The axis in whose part this statement stands. Raises NotThere."""
    for axis, statement in statements_of(document, form):
        if statement["key"] == key:
            return axis
    raise NotThere(key)


def statements_of(document: Document, form: str) -> Iterator[tuple[str, Item]]:
    """The statements of a form in its order, each with the axis of its part. Raises NotThere."""
    for part in _parts(document, form):
        yield from ((part["axis"], statement) for statement in part["statements"])


def statements_about(document: Document, form: str, behaviour: str) -> list[Item]:
    """The statements of a form that speak of this behaviour, in the order of the form."""
    return [each for _axis, each in statements_of(document, form) if behaviour in _spoken(each)]


def _get(items: Iterable[Item], key: str, name: str = "key") -> Item:
    for each in items:
        if each[name] == key:
            return each
    raise NotThere(key)


def _parts(document: Document, form: str) -> list[Item]:
    if form not in document["forms"]:
        raise NotThere(form)
    return list(document["forms"][form]["parts"])


def _spoken(statement: Item) -> list[str]:
    return list(statement["behaviours"])


# --------------------------------------------------------------------------- statements


def reword_statement(document: Document, form: str, key: str, text: Words) -> Document:
    """Say a statement in other words; it keeps its key and what it speaks of."""
    new = deepcopy(document)
    get_statement(new, form, key)["text"] = text.as_item()
    return new


def illustrate(document: Document, form: str, key: str, examples: Sequence[Words]) -> Document:
    """Give a statement these examples; empty ones are left out.

    One that is new or said otherwise is the partnership's own.
    """
    new = deepcopy(document)
    statement = get_statement(new, form, key)
    before = {each["nl"]: each for each in statement.pop("illustrations", ())}
    if said := [_example(each, before) for each in examples if each.nl]:
        statement["illustrations"] = said
    return new


def _example(words: Words, before: Mapping[str, Item]) -> Item:
    own = before[words.nl].get("own") if words.nl in before else True
    return words.as_item() | ({"own": own} if own else {})


def add_statement(document: Document, form: str, key: str, behaviour: str, text: Words) -> Document:
    """Ask about a behaviour in a form, after what that form asks about it already.

    The key must be new in this form. Raises NotThere.
    """
    new = deepcopy(document)
    axis = get_behaviour(new, behaviour)["axis"]
    statement = {"key": key, "behaviours": [behaviour], "text": text.as_item()}
    _put(new, form, axis, statement)
    return new


def drop_statement(document: Document, form: str, key: str) -> Document:
    """No longer ask this. The behaviour stays, also where nothing asks about it any more."""
    new = deepcopy(document)
    _take(new, form, key)
    return new


def move_statement(document: Document, form: str, key: str, step: int) -> Document:
    """One place `UP` or `DOWN` within its part; at the end it stays where it is."""
    new = deepcopy(document)
    part = get_part(new, form, axis_of_statement(new, form, key))
    _swap(part["statements"], key, step, part["statements"])
    return new


def set_behaviours(document: Document, form: str, key: str, behaviours: Sequence[str]) -> Document:
    """Say of which behaviours a statement speaks: one or more, all of one axis.

    It goes to the part of that axis. Raises NotThere for a behaviour that does not exist, and
    ValueError for none, or for behaviours of several axes.
    """
    new = deepcopy(document)
    axes = {get_behaviour(new, each)["axis"] for each in behaviours}
    if len(axes) != 1:
        raise ValueError("a statement speaks of behaviours of one axis")
    wanted = list(dict.fromkeys(behaviours))
    statement, [axis] = get_statement(new, form, key), axes
    if axis != axis_of_statement(new, form, key):
        _take(new, form, key)
        statement["behaviours"] = wanted
        _put(new, form, axis, statement)
    statement["behaviours"] = wanted
    return new


def _put(document: Document, form: str, axis: str, statement: Item) -> None:
    """Put it after the last statement that speaks of the same, or else where its row stands."""
    statements: list[Item] = get_part(document, form, axis)["statements"]
    order = [each["key"] for each in behaviours_of(document, axis)]
    places = [order.index(each) for each in _spoken(statement)]
    before = [
        index
        for index, each in enumerate(statements)
        if min(order.index(key) for key in _spoken(each)) <= min(places)
    ]
    statements.insert(before[-1] + 1 if before else 0, statement)


def _take(document: Document, form: str, key: str) -> Item:
    part = get_part(document, form, axis_of_statement(document, form, key))
    statement = _get(part["statements"], key)
    part["statements"].remove(statement)
    return statement


def _swap(items: list[Item], key: str, step: int, among: Sequence[Item]) -> None:
    """Let it change places with its neighbour among these."""
    keys = [each["key"] for each in among]
    here = keys.index(key)
    there = here + step
    if not 0 <= there < len(keys):
        return
    every = [each["key"] for each in items]
    one, other = every.index(keys[here]), every.index(keys[there])
    items[one], items[other] = items[other], items[one]


# --------------------------------------------------------------------------- behaviours


def reword_behaviour(document: Document, key: str, name: Words, opening: Words) -> Document:
    """Call a behaviour otherwise, and begin the talk about it otherwise."""
    new = deepcopy(document)
    get_behaviour(new, key).update(name=name.as_item(), opening_question=opening.as_item())
    return new


def add_behaviour(document: Document, key: str, axis: str, name: Words, opening: Words) -> Document:
    """A behaviour that no form asks about yet, the last of its axis. The key must be new."""
    new = deepcopy(document)
    get_axis(new, axis)
    new["axes"]["behaviours"].append(
        {
            "key": key,
            "axis": axis,
            "name": name.as_item(),
            "opening_question": opening.as_item(),
        }
    )
    return new


def drop_behaviour(document: Document, key: str) -> Document:
    """Without a behaviour, and without the statements that speak of nothing else."""
    new = deepcopy(document)
    new["axes"]["behaviours"].remove(get_behaviour(new, key))
    for form in new["forms"]:
        for part in _parts(new, form):
            for statement in part["statements"]:
                statement["behaviours"] = [each for each in _spoken(statement) if each != key]
            part["statements"] = [each for each in part["statements"] if each["behaviours"]]
    return new


def move_behaviour(document: Document, key: str, step: int) -> Document:
    """One place `UP` or `DOWN` within its axis; the statements follow in each form."""
    new = deepcopy(document)
    axis = get_behaviour(new, key)["axis"]
    before = [each["key"] for each in behaviours_of(new, axis)]
    _swap(new["axes"]["behaviours"], key, step, behaviours_of(new, axis))
    after = [each["key"] for each in behaviours_of(new, axis)]
    moved = {one for one, other in zip(before, after, strict=True) if one != other}
    for form in new["forms"]:
        _follow(get_part(new, form, axis)["statements"], moved, after)
    return new


def _follow(statements: list[Item], moved: set[str], order: list[str]) -> None:
    """Let those that speak of what moved stand in its order; all others keep their place."""
    places = [index for index, each in enumerate(statements) if moved.intersection(_spoken(each))]
    among = sorted(
        (statements[index] for index in places),
        key=lambda each: min(order.index(key) for key in _spoken(each)),
    )
    for index, each in zip(places, among, strict=True):
        statements[index] = each


def move_behaviour_to(document: Document, key: str, axis: str) -> Document:
    """Under another axis, as the last one there; its statements go along in each form.

    Raises SpeaksOfMore where one of them speaks of another behaviour as well.
    """
    new = deepcopy(document)
    behaviour = get_behaviour(new, key)
    get_axis(new, axis)
    if behaviour["axis"] == axis:
        return new
    gone = {form: _leave(new, form, key) for form in new["forms"]}
    new["axes"]["behaviours"].remove(behaviour)
    new["axes"]["behaviours"].append(behaviour | {"axis": axis})
    for form, statements in gone.items():
        get_part(new, form, axis)["statements"].extend(statements)
    return new


def _leave(document: Document, form: str, behaviour: str) -> list[Item]:
    """Take out what speaks of this behaviour."""
    found = statements_about(document, form, behaviour)
    for each in found:
        if len(_spoken(each)) > 1:
            raise SpeaksOfMore(form, each)
    return [_take(document, form, each["key"]) for each in found]


# ------------------------------------------------------------------------ axes and parts


def reword_axis(
    document: Document, key: str, texts: Mapping[str, Words], labels: Mapping[str, Words]
) -> Document:
    """Other words for an axis (`AXIS_WORDS`) and for the spider (`LABELS`).

    A label has its line breaks in it.
    """
    new = deepcopy(document)
    axis = get_axis(new, key)
    axis |= {name: words.as_item() for name, words in texts.items()}
    for name, words in labels.items():
        axis[name] = {code: lines.split("\n") for code, lines in words.as_item().items()}
    return new


def label_of(item: Mapping[str, Any] | None) -> Words:
    """A label of an axis, with its line breaks in it."""
    found = item or {}
    return Words("\n".join(found.get("nl") or ()), "\n".join(found.get("en") or ()))


def ask_openly(document: Document, form: str, axis: str, question: Words) -> Document:
    """Another open question at the end of a part."""
    new = deepcopy(document)
    get_part(new, form, axis)["open_question"] = question.as_item()
    return new


# -------------------------------------------------------------------------------- keys


def is_new_key(document: Document, key: str) -> bool:
    """True where nothing that can be added has this key."""
    used = {each["key"] for each in behaviours_of(document)}
    for form in document["forms"]:
        used |= {statement["key"] for _axis, statement in statements_of(document, form)}
    return key not in used


def is_well_formed(document: Document) -> bool:
    """True where a document holds together, so that everything here can be done with it."""
    axes = [axis["key"] for axis in axes_of(document)]
    axis_of = {each["key"]: each["axis"] for each in behaviours_of(document)}
    return (
        len(axis_of) == len(behaviours_of(document))
        and set(axis_of.values()) <= set(axes)
        and all(_holds(document, form, axes, axis_of) for form in document["forms"])
    )


def _holds(document: Document, form: str, axes: list[str], axis_of: Mapping[str, str]) -> bool:
    found = list(statements_of(document, form))
    keys = {statement["key"] for _axis, statement in found}
    return (
        [part["axis"] for part in _parts(document, form)] == axes
        and len(keys) == len(found)
        and all(
            {axis_of.get(each) for each in _spoken(statement)} == {axis}
            and len(set(_spoken(statement))) == len(_spoken(statement))
            for axis, statement in found
        )
    )
