"""A questionnaire as one page shows it: parts, behaviours, and what each form asks about them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from zetwpo.library.problems import Problem
from zetwpo.questionnaires.rules import (
    Document,
    Item,
    Words,
    axes_of,
    behaviours_of,
    get_behaviour,
    statements_about,
    statements_of,
    words_of,
)

# The place of a problem that is about no item of the page.
WHOLE = "whole"
Notes = Mapping[str, Sequence[Problem]]


@dataclass(frozen=True)
class Line:
    """One statement of a form, under a behaviour that it speaks of."""

    form: str
    key: str
    text: Words
    examples: Sequence[Words]
    # The other behaviours that it speaks of.
    also: Sequence[Words]
    # False where it stands on the page before, under another behaviour.
    is_first: bool
    notes: Sequence[Problem]

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"statement-{self.form}-{self.key}"


@dataclass(frozen=True)
class Row:
    """A behaviour, with what each form asks about it."""

    key: str
    name: Words
    opening: Words
    # By the key of the form.
    cells: Mapping[str, Sequence[Line]]
    notes: Sequence[Problem]
    is_first: bool
    is_last: bool

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"behaviour-{self.key}"


@dataclass(frozen=True)
class Section:
    """An axis with its behaviours; `counts` says how many statements each form has here."""

    key: str
    title: Words
    rows: Sequence[Row]
    counts: Mapping[str, int]
    notes: Sequence[Problem]

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"part-{self.key}"


@dataclass(frozen=True)
class Outline:
    """The whole questionnaire, with what is noted about no item in particular."""

    sections: Sequence[Section]
    notes: Sequence[Problem]

    @property
    def names(self) -> Mapping[str, Words]:
        """What stands at each place of the page: a title, a name, or a whole statement."""
        found = {section.anchor: section.title for section in self.sections}
        for section in self.sections:
            for row in section.rows:
                found[row.anchor] = row.name
                for lines in row.cells.values():
                    found |= {line.anchor: line.text for line in lines}
        return found


def place_of(problem: Problem) -> str:
    """Where on the page the item stands that this is about."""
    match problem.path:
        case ("forms", form, "statements", key, *_rest):
            return f"statement-{form}-{key}"
        case ("forms", _, "parts", key, *_rest) | ("axes", "axes", key, *_rest):
            return f"part-{key}"
        case ("axes", "behaviours", key, *_rest):
            return f"behaviour-{key}"
    return WHOLE


def outline_of(document: Document, problems: Iterable[Problem] = ()) -> Outline:
    """The questionnaire in the order of its behaviours, each problem at its place."""
    notes: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        notes[place_of(problem)].append(problem)
    sections = [_section(document, axis, notes) for axis in axes_of(document)]
    shown = {WHOLE} | {place for section in sections for place in _places(section)}
    # What stands nowhere on the page is said above it.
    astray = [problem for place, some in notes.items() if place not in shown for problem in some]
    return Outline(sections, [*notes.get(WHOLE, ()), *astray])


def _section(document: Document, axis: Item, notes: Notes) -> Section:
    behaviours = behaviours_of(document, axis["key"])
    last = len(behaviours) - 1
    rows = [
        _row(document, each, notes, is_first=index == 0, is_last=index == last)
        for index, each in enumerate(behaviours)
    ]
    counts = {
        form: sum(place == axis["key"] for place, _each in statements_of(document, form))
        for form in document["forms"]
    }
    place = f"part-{axis['key']}"
    return Section(axis["key"], words_of(axis["title"]), rows, counts, notes.get(place, ()))


def _row(
    document: Document, behaviour: Item, notes: Notes, *, is_first: bool, is_last: bool
) -> Row:
    key = behaviour["key"]
    cells = {
        form: [_line(document, form, each, key, notes) for each in found]
        for form in document["forms"]
        for found in [statements_about(document, form, key)]
    }
    words = words_of(behaviour["name"]), words_of(behaviour["opening_question"])
    return Row(key, *words, cells, notes.get(f"behaviour-{key}", ()), is_first, is_last)


def _line(document: Document, form: str, statement: Item, behaviour: str, notes: Notes) -> Line:
    order = [each["key"] for each in behaviours_of(document)]
    spoken = sorted(statement["behaviours"], key=order.index)
    is_first = spoken[0] == behaviour
    return Line(
        form,
        statement["key"],
        words_of(statement["text"]),
        [words_of(each) for each in statement.get("illustrations", ())],
        [words_of(get_behaviour(document, key)["name"]) for key in spoken if key != behaviour],
        is_first,
        notes.get(f"statement-{form}-{statement['key']}", ()) if is_first else (),
    )


def _places(section: Section) -> Iterable[str]:
    yield section.anchor
    for row in section.rows:
        yield row.anchor
        yield from (line.anchor for lines in row.cells.values() for line in lines)
