"""Methods: what a group does together in a part of a meeting, each as a card.

A version that was used never changes: another wording is another version. The product's versions
are files, each named after its method and version; those of a partnership are rows (`models.py`).
Both are documents of one shape.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from flask import current_app
from pydantic import Field

from zetwpo.errors import StartRefused
from zetwpo.i18n import LANGUAGES, writing_in
from zetwpo.i18n import lazy_gettext as _
from zetwpo.library import checking
from zetwpo.library.content_file import (
    CONTENT,
    ContentModel,
    Key,
    LocalText,
    name_of,
    read_raw,
)
from zetwpo.library.phases import Phase, Phases
from zetwpo.library.phases import load as load_phases
from zetwpo.library.problems import Problem, Unreadable
from zetwpo.library.questionnaires import Document, Place, PlacedText, Version
from zetwpo.library.rules import (
    LONGEST_METHOD_MINUTES,
    LONGEST_REASON,
    LONGEST_STEP,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_BOARDS,
    MOST_CARDS,
    MOST_MATERIAL,
    MOST_PEOPLE,
    MOST_SHEET_ROWS,
    MOST_SHEETS,
    MOST_STEPS,
    MOST_VARIANTS,
    repeated,
)

FOLDER = CONTENT / "methods"

Item = TypeVar("Item")


class Step(ContentModel):
    """One step of a method, in minutes from the least to the most that it takes."""

    # In what people make: two who work on it at once mean the same step by it.
    key: Key | None = None
    title: LocalText
    text: LocalText
    minutes: int = Field(ge=1, le=LONGEST_METHOD_MINUTES)
    # None where it always takes as long.
    most_minutes: int | None = Field(default=None, ge=1, le=LONGEST_METHOD_MINUTES)

    @property
    def longest(self) -> int:
        """The most minutes that it takes."""
        return self.most_minutes or self.minutes


class Variant(ContentModel):
    """Another way to do it."""

    title: LocalText
    text: LocalText


class GroupSize(ContentModel):
    """For how many people a method is, the facilitator not counted."""

    least: int = Field(ge=1, le=MOST_PEOPLE)
    # None where there may be any number more.
    most: int | None = Field(default=None, ge=1, le=MOST_PEOPLE)

    def fits(self, people: int) -> bool:
        """True where it can be done with so many."""
        return self.least <= people and (self.most is None or people <= self.most)


class Card(ContentModel):
    """One of a method's own cards, to cut out and lay on the table."""

    key: Key
    title: LocalText
    text: LocalText


class Ends(ContentModel):
    """What the two ends of one axis of a board mean."""

    low: LocalText
    high: LocalText


class Board(ContentModel):
    """Two axes that make four quadrants, on which cards are laid."""

    key: Key
    title: LocalText
    about: LocalText
    # From left to right, and from below to above.
    across: Ends
    up: Ends


class SheetQuestion(ContentModel):
    """Something to write on a sheet, with empty lines below it."""

    text: LocalText
    lines: int = Field(ge=1, le=MOST_SHEET_ROWS)


class SheetTable(ContentModel):
    """Columns to fill in. `rows` name what stands in the first column; `blank` rows follow."""

    columns: tuple[LocalText, ...] = Field(min_length=2, max_length=4)
    rows: tuple[LocalText, ...] = ()
    blank: int = Field(default=0, ge=0, le=MOST_SHEET_ROWS)


class Sheet(ContentModel):
    """A work sheet to print."""

    key: Key
    title: LocalText
    about: LocalText | None = None
    # True for one for each person, False for one on each table.
    is_personal: bool = True
    questions: tuple[SheetQuestion, ...] = ()
    table: SheetTable | None = None


class Method(ContentModel):
    """One version of a method."""

    key: Key
    version: int = Field(ge=1, le=1_000_000)
    title: LocalText
    # One line, for an agenda: what it is good for.
    good_for: LocalText
    what: LocalText
    why: LocalText | None = None
    phases: tuple[Key, ...] = Field(min_length=1)
    # False where people mostly listen or read, and the facilitator or a text gives.
    is_active: bool = True
    people: GroupSize
    material: tuple[LocalText, ...] = ()
    steps: tuple[Step, ...] = Field(min_length=1)
    pitfall: LocalText | None = None
    variants: tuple[Variant, ...] = ()
    cards: tuple[Card, ...] = ()
    boards: tuple[Board, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    # True for one that a partnership took out of its library: the last version, after which no
    # new block begins with it. Blocks that were made with an earlier one keep that.
    is_withdrawn: bool = False

    @property
    def minutes(self) -> int:
        """The least that all its steps take."""
        return sum(step.minutes for step in self.steps)

    @property
    def most_minutes(self) -> int:
        """The most that all its steps take."""
        return sum(step.longest for step in self.steps)

    @cached_property
    def lacks_english(self) -> bool:
        """True where the Dutch of some text stands in for its English."""
        return any(each.text.en is None for each in all_texts(self))


# ------------------------------------------------------------------------- documents


def parse(document: Any, *, is_own: bool) -> Method:
    """The method that a document says. An own one of a partnership may lack English.

    Raises Unreadable with everything that does not have its shape; whether the rest holds
    together is for `problems_of` to say.
    """
    return checking.shaped(document, Method, may_lack_english=is_own)


def document_of(method: Method) -> Document:
    """The same as a document: always alike, without what says nothing."""
    return method.model_dump(mode="json", exclude_defaults=True)


def all_texts(method: Method) -> Iterator[PlacedText]:
    """All words of a method, in their order."""
    yield PlacedText(("title",), method.title, LONGEST_TITLE)
    yield PlacedText(("good_for",), method.good_for, LONGEST_REASON)
    yield PlacedText(("what",), method.what, LONGEST_TEXT)
    if method.why:
        yield PlacedText(("why",), method.why, LONGEST_STEP)
    for place, each in _numbered("material", method.material):
        yield PlacedText(place, each, LONGEST_REASON)
    for place, step in _numbered("steps", method.steps):
        yield PlacedText((*place, "title"), step.title, LONGEST_TITLE)
        yield PlacedText((*place, "text"), step.text, LONGEST_STEP)
    if method.pitfall:
        yield PlacedText(("pitfall",), method.pitfall, LONGEST_STEP)
    for place, variant in _numbered("variants", method.variants):
        yield PlacedText((*place, "title"), variant.title, LONGEST_TITLE)
        yield PlacedText((*place, "text"), variant.text, LONGEST_STEP)
    for card in method.cards:
        yield PlacedText(("cards", card.key, "title"), card.title, LONGEST_TITLE)
        yield PlacedText(("cards", card.key, "text"), card.text, LONGEST_TEXT)
    for board in method.boards:
        yield from _texts_of_board(board)
    for sheet in method.sheets:
        yield from _texts_of_sheet(sheet)


def _texts_of_board(board: Board) -> Iterator[PlacedText]:
    at = ("boards", board.key)
    yield PlacedText((*at, "title"), board.title, LONGEST_TITLE)
    yield PlacedText((*at, "about"), board.about, LONGEST_TEXT)
    for name, ends in (("across", board.across), ("up", board.up)):
        yield PlacedText((*at, name, "low"), ends.low, LONGEST_TITLE)
        yield PlacedText((*at, name, "high"), ends.high, LONGEST_TITLE)


def _texts_of_sheet(sheet: Sheet) -> Iterator[PlacedText]:
    at = ("sheets", sheet.key)
    yield PlacedText((*at, "title"), sheet.title, LONGEST_TITLE)
    if sheet.about:
        yield PlacedText((*at, "about"), sheet.about, LONGEST_TEXT)
    for place, question in _numbered("questions", sheet.questions):
        yield PlacedText((*at, *place, "text"), question.text, LONGEST_TEXT)
    if sheet.table:
        for name, words in (("columns", sheet.table.columns), ("rows", sheet.table.rows)):
            for place, each in _numbered(name, words):
                yield PlacedText((*at, "table", *place), each, LONGEST_TITLE)


def _numbered(name: str, items: Iterable[Item]) -> Iterator[tuple[Place, Item]]:
    """Each of these items with the way to it, as `checking` names what has no key."""
    for number, item in enumerate(items, 1):
        yield (name, f"item {number}"), item


# -------------------------------------------------------------------------- problems


def problems_of(method: Method, phases: Phases) -> Iterator[Problem]:
    """What has to be mended before anybody works with it."""
    yield from _unknown_phases(method, phases)
    yield from _impossible_times(method)
    yield from _repetitions(method)
    yield from _too_many(method)
    yield from _empty_sheets(method)
    for each in all_texts(method):
        for language in LANGUAGES:
            if len(getattr(each.text, language) or "") > each.longest:
                message = _("This has more than %(most)s letters.", most=each.longest)
                yield Problem(each.place, message, language)


def _unknown_phases(method: Method, phases: Phases) -> Iterator[Problem]:
    for key in method.phases:
        if key not in phases:
            yield Problem(("phases",), _("There is no phase %(key)s.", key=key))
    for key in repeated(method.phases):
        yield Problem(("phases",), _("%(key)s stands here twice.", key=key))


def _impossible_times(method: Method) -> Iterator[Problem]:
    for place, step in _numbered("steps", method.steps):
        if step.longest < step.minutes:
            less = _("This is less than the least number of minutes.")
            yield Problem((*place, "most_minutes"), less)
    if method.most_minutes > LONGEST_METHOD_MINUTES:
        message = _(
            "All steps together take %(minutes)s minutes; a meeting has %(most)s.",
            minutes=method.most_minutes,
            most=LONGEST_METHOD_MINUTES,
        )
        yield Problem(("steps",), message)
    if method.people.most is not None and method.people.most < method.people.least:
        yield Problem(("people", "most"), _("This is less than the least number of people."))


def _repetitions(method: Method) -> Iterator[Problem]:
    for name in ("cards", "boards", "sheets"):
        for key in repeated(each.key for each in getattr(method, name)):
            yield Problem((name, key), _("This key stands here twice."))


MOST = {
    "steps": MOST_STEPS,
    "material": MOST_MATERIAL,
    "variants": MOST_VARIANTS,
    "cards": MOST_CARDS,
    "boards": MOST_BOARDS,
    "sheets": MOST_SHEETS,
}


def _too_many(method: Method) -> Iterator[Problem]:
    for name, most in MOST.items():
        if len(getattr(method, name)) > most:
            yield Problem((name,), _("There can be %(most)s of these at most.", most=most))


def _empty_sheets(method: Method) -> Iterator[Problem]:
    for sheet in method.sheets:
        table = sheet.table
        if table and not table.rows and not table.blank:
            yield Problem(("sheets", sheet.key, "table"), _("This table has no rows."))
        if not table and not sheet.questions:
            yield Problem(("sheets", sheet.key), _("There is nothing to fill in here."))


# ----------------------------------------------------------------------------- files


@dataclass(frozen=True)
class Methods:
    """All versions of all methods that the product has, and the phases that they are for."""

    versions: dict[Version, Method]
    phases: Phases

    def __iter__(self) -> Iterator[Method]:
        """The newest version of each, in the order of the files."""
        return iter(self._newest.values())

    def __contains__(self, key: object) -> bool:
        """True where the product has a method with this key."""
        return key in self._newest

    def get(self, key: str) -> Method:
        """The newest version of the method with this key. Raises KeyError where there is none."""
        return self._newest[key]

    def for_phase(self, phase: str) -> list[Method]:
        """The methods that this phase can be done with."""
        return [method for method in self if phase in method.phases]

    @cached_property
    def _newest(self) -> dict[str, Method]:
        return {key: self.versions[key, version] for key, version in sorted(self.versions)}


def methods() -> Methods:
    """The methods of the product that this application was started with."""
    found: Methods = current_app.extensions["methods"]
    return found


def phases() -> tuple[Phase, ...]:
    """What a trajectory goes through, in the order of a meeting."""
    return methods().phases.phases


def load(folder: Path = FOLDER) -> Methods:
    """Read and check every method and the phases. Raises StartRefused with all that is wrong."""
    known = load_phases()
    found: dict[Version, Method] = {}
    refused = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            method = _load_file(path, known)
        except StartRefused as error:
            refused.append(str(error))
        else:
            found[method.key, method.version] = method
    if refused:
        raise StartRefused("\n".join(refused))
    if not found:
        raise StartRefused(f"{folder.name}: there is no method")
    return Methods(found, known)


def _load_file(path: Path, known: Phases) -> Method:
    raw = read_raw(path)
    try:
        method = parse(raw, is_own=False)
        problems = [
            *problems_of(method, known),
            *_left_out(method),
            *_other_name(method, path),
        ]
    except Unreadable as error:
        problems = error.problems
    if problems:
        with writing_in("en"):
            raise StartRefused("\n".join(f"{name_of(path)}: {each}" for each in problems))
    return method


def _left_out(method: Method) -> Iterator[Problem]:
    """What a partnership may leave out, and the product says of each of its methods."""
    for name in ("why", "material", "pitfall", "variants"):
        if not getattr(method, name):
            yield Problem((name,), _("This is missing."))


def _other_name(method: Method, path: Path) -> Iterator[Problem]:
    """A file is found by its method and version, so no two can be the same."""
    name = f"{method.key}-{method.version}"
    if path.stem != name:
        yield Problem(("key",), _("A file with this method is called %(name)s.", name=name))
