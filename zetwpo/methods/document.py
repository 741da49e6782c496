"""The draft of an own method, as the fields of a page and back: pure, from document to document."""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import count, islice
from typing import Any

from zetwpo.edits import Fields
from zetwpo.library.questionnaires import Document
from zetwpo.library.rules import MOST_STEPS, MOST_VARIANTS

# Words of a method that are one text each.
TEXTS = ("title", "good_for", "what", "why", "pitfall")
STEP = ("title", "text", "minutes", "most")
VARIANT = ("title", "text")
# What people do most of the time.
ACTIVE, LISTENING = "active", "listening"
# What the group is like, where its maker does not say so.
LEAST = 3
UP, DOWN = -1, 1
_STEP = re.compile(r"step_([a-z][a-z0-9_]{1,39})_(?:title|text|minutes|most)")


@dataclass(frozen=True)
class Row:
    """A step on the page; one that is not stored yet is empty at first."""

    key: str
    is_stored: bool = False

    def names(self) -> Mapping[str, str]:
        """The fields of this row, by what they hold."""
        return {each: f"step_{self.key}_{each}" for each in STEP}


def fields_of(document: Document) -> Fields:
    """What stands in the draft, by the names of the fields of its page."""
    people = document.get("people", {})
    found = {name: _words(document.get(name)) for name in TEXTS}
    found |= {
        "phases": " ".join(document.get("phases", ())),
        "doing": ACTIVE if document.get("is_active", True) else LISTENING,
        "least": _figure(people.get("least", LEAST)),
        "most": _figure(people.get("most")),
        "material": "\n".join(map(_words, document.get("material", ()))),
    }
    for step in document.get("steps", ()):
        found |= {
            f"step_{step['key']}_title": _words(step.get("title")),
            f"step_{step['key']}_text": _words(step.get("text")),
            f"step_{step['key']}_minutes": _figure(step.get("minutes")),
            f"step_{step['key']}_most": _figure(step.get("most_minutes")),
        }
    for number, variant in enumerate(document.get("variants", ())):
        found |= {f"variant_{number}_{name}": _words(variant.get(name)) for name in VARIANT}
    return found


def write(document: Document, fields: Fields) -> Document:
    """The document with these fields. What they do not speak of, such as cards, stays.

    A step, a variant or a line without a word is left out. English stays with the Dutch that it
    was written for.
    """
    new = deepcopy(document)
    for name in TEXTS:
        _put(new, name, _text(document.get(name), fields.get(name, "")))
    _put(new, "phases", fields.get("phases", "").split())
    _put(new, "is_active", None if fields.get("doing", ACTIVE) == ACTIVE else False)
    people = {"least": _number(fields.get("least", "")) or LEAST}
    new["people"] = people | _optional("most", _number(fields.get("most", "")))
    _put(new, "material", list(_material(document, fields.get("material", ""))))
    _put(new, "steps", list(_steps(document, fields)))
    _put(new, "variants", list(_variants(document, fields)))
    return new


def _steps(document: Document, fields: Fields) -> Iterator[Document]:
    stored = {step["key"]: step for step in document.get("steps", ())}
    for key in dict.fromkeys([*stored, *step_keys(fields)]):
        title, text, minutes, most = (fields.get(f"step_{key}_{name}", "") for name in STEP)
        if not any((title, text, minutes, most)):
            continue
        old = stored.get(key, {})
        yield {
            "key": key,
            "title": _text(old.get("title"), title),
            "text": _text(old.get("text"), text),
            "minutes": _number(minutes) or 1,
        } | _optional("most_minutes", _number(most))


def _variants(document: Document, fields: Fields) -> Iterator[Document]:
    stored = document.get("variants", [])
    for number in range(MOST_VARIANTS):
        title, text = (fields.get(f"variant_{number}_{name}", "") for name in VARIANT)
        if title or text:
            old = stored[number] if number < len(stored) else {}
            yield {"title": _text(old.get("title"), title), "text": _text(old.get("text"), text)}


def _material(document: Document, lines: str) -> Iterator[Document]:
    old = {_words(each): each for each in document.get("material", ())}
    for line in filter(None, (" ".join(each.split()) for each in lines.split("\n"))):
        yield old.get(line) or {"nl": line}


def step_keys(names: Iterable[str]) -> list[str]:
    """The steps that these names of fields speak of, in their order."""
    found = (_STEP.fullmatch(name) for name in names)
    return list(dict.fromkeys(each[1] for each in found if each))


def move_step(document: Document, key: str, places: int) -> Document:
    """One place up (-1) or down (1); one that is gone, or at the end already, stays where it is."""
    steps = list(document["steps"])
    here = _place(steps, key)
    there = None if here is None else here + places
    if here is not None and there is not None and 0 <= there < len(steps):
        steps[here], steps[there] = steps[there], steps[here]
    return document | {"steps": steps}


def drop_step(document: Document, key: str) -> Document:
    """Without this step. The only one stays: a method has one at least."""
    left = [step for step in document["steps"] if step["key"] != key]
    return document | {"steps": left or document["steps"]}


def _place(steps: Sequence[Document], key: str) -> int | None:
    return next((place for place, step in enumerate(steps) if step["key"] == key), None)


def new_keys(maker: str, taken: Collection[str]) -> list[str]:
    """What the steps are called that this person may add, as many as there is room for.

    The same each time that the page is shown, so that what was typed finds its place again and
    two clicks add one step; another one for everybody, so that two who add both keep theirs.
    """
    names = (f"s{hashlib.sha256(f'{maker} {n}'.encode()).hexdigest()[:10]}" for n in count())
    free = (name for name in names if name not in taken)
    return list(islice(free, max(MOST_STEPS - len(taken), 1)))


def begun_with(document: Document) -> Document:
    """A document to make an own one from: in Dutch alone, as its page asks, each step with a key.

    What the page does not ask (cards, boards and sheets) keeps both languages.
    """
    new = deepcopy(document)
    new.pop("is_withdrawn", None)
    for name in TEXTS:
        _put(new, name, _dutch(new.get(name)))
    _put(new, "material", [_dutch(each) for each in new.get("material", ())])
    for name in ("steps", "variants"):
        _put(new, name, [_dutch_alone(each) for each in new.get(name, ())])
    for number, step in enumerate(new.get("steps", ()), 1):
        step.setdefault("key", f"step_{number}")
    return new


def _dutch_alone(item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _dutch(value) if isinstance(value, dict) else value for name, value in item.items()
    }


def _dutch(words: Mapping[str, str] | None) -> dict[str, str] | None:
    return {"nl": words["nl"]} if words else None


def _words(words: Mapping[str, str] | None) -> str:
    return words["nl"] if words else ""


def _text(old: Mapping[str, str] | None, words: str) -> Mapping[str, str] | None:
    if not words:
        return None
    return old if old and old["nl"] == words else {"nl": words}


def _figure(number: int | None) -> str:
    return "" if number is None else str(number)


def _number(figures: str) -> int | None:
    return int(figures) if figures.isascii() and figures.isdigit() and len(figures) < 10 else None


def _put(document: Document, name: str, value: Any) -> None:
    """Store this, or nothing where it says nothing."""
    if value is None or value == []:
        document.pop(name, None)
    else:
        document[name] = value


def _optional(name: str, value: Any) -> dict[str, Any]:
    return {} if value is None else {name: value}
