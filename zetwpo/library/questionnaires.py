"""Questionnaires: forms about the same behaviours, in five parts.

A published version never changes. Another wording is another version, and every scan keeps the
version that it was filled in with. The product's versions are files, each in a folder of its own;
those of a partnership are rows (`models.py`). Both are documents of one shape: what the file
axes.yaml holds, and under `forms` what each of the others holds.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from zetwpo.errors import StartRefused
from zetwpo.i18n import LANGUAGES, writing_in
from zetwpo.i18n import lazy_gettext as _
from zetwpo.library import checking
from zetwpo.library.content_file import (
    CONTENT,
    SUPERVISOR,
    ContentModel,
    InBothLanguages,
    Key,
    LocalLines,
    LocalText,
    TextAbout,
    read_raw,
)
from zetwpo.library.problems import Problem, Unreadable
from zetwpo.library.rules import (
    LONGEST_LINE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_ILLUSTRATIONS,
    MOST_LINES,
    MOST_STATEMENTS,
    repeated,
)

FOLDER = CONTENT / "questionnaires"
AXES_FILE = "axes.yaml"
# What a form is called; it is the name of its file, and the table of answers has it, too.
FormKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,9}$")]

# A questionnaire as plain words, lists and mappings, ready for JSON.
Document = dict[str, Any]
# The way to an item in it, by keys.
Place = tuple[str, ...]


class Area(ContentModel):
    """One of the competence areas."""

    key: Key
    title: LocalText


class Axis(ContentModel):
    """One axis of the spider: an area, seen in one role."""

    key: Key
    area: Key
    title: LocalText
    role: LocalText
    about: LocalText
    label_long: LocalLines
    label_short: LocalLines


class Behaviour(ContentModel):
    """What statements of different forms have in common, and how to begin a talk about it."""

    key: Key
    axis: Key
    name: LocalText
    opening_question: LocalText


class Source(ContentModel):
    """The statement of the booklet for workplace trainers that a statement corresponds to."""

    form: FormKey
    area: Annotated[str, StringConstraints(pattern=r"^[a-z-]{1,40}$")]
    number: int = Field(ge=1, le=1000)


class Illustration(TextAbout):
    """An example of what a statement means; it is not judged."""

    # True for an example of ours, which the booklet does not have.
    own: bool = False


class Statement(ContentModel):
    """One sentence to judge on the scale."""

    key: Key
    # None for a statement that a partnership made itself.
    source: Source | None = None
    behaviours: tuple[Key, ...] = Field(min_length=1)
    text: TextAbout
    illustrations: tuple[Illustration, ...] = ()


class Part(ContentModel):
    """The statements of one axis, with an open question."""

    axis: Key
    open_question: TextAbout
    statements: tuple[Statement, ...]


class Scale(ContentModel):
    """What the two ends of the scale mean; the points between have no name."""

    lowest: TextAbout
    highest: TextAbout


class AxesFile(ContentModel):
    """What the forms of one version share, and which forms these are."""

    questionnaire: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{1,39}$")]
    version: int = Field(ge=1, le=1_000_000)
    title: LocalText
    forms: tuple[FormKey, ...]
    areas: tuple[Area, ...]
    axes: tuple[Axis, ...]
    behaviours: tuple[Behaviour, ...]


class FormFile(ContentModel):
    """One of the forms: the supervisor's own, or one in which somebody else gives feedback."""

    form: FormKey
    is_feedback: bool
    title: LocalText
    scale: Scale
    cannot_judge: LocalText | None = None
    parts: tuple[Part, ...]

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """All statements, in the order of the form."""
        return tuple(statement for part in self.parts for statement in part.statements)


class Whole(ContentModel):
    """All files of one version: the shape of a document."""

    axes: AxesFile
    forms: dict[FormKey, FormFile]


Version = tuple[str, int]


@dataclass(frozen=True)
class Questionnaire:
    """One version: its axes, its behaviours, and its forms."""

    key: str
    version: int
    title: LocalText
    areas: tuple[Area, ...]
    axes: tuple[Axis, ...]
    behaviours: tuple[Behaviour, ...]
    forms: dict[str, FormFile]

    @cached_property
    def own_form(self) -> FormFile:
        """What the supervisor fills in: the one form that gives no feedback."""
        return next(form for form in self.forms.values() if not form.is_feedback)

    def axis(self, key: str) -> Axis:
        """The axis with this key. Raises KeyError where there is none."""
        return self._axes[key]

    def behaviour(self, key: str) -> Behaviour:
        """The behaviour with this key. Raises KeyError where there is none."""
        return self._behaviours[key]

    @cached_property
    def _axes(self) -> dict[str, Axis]:
        return {axis.key: axis for axis in self.axes}

    @cached_property
    def _behaviours(self) -> dict[str, Behaviour]:
        return {behaviour.key: behaviour for behaviour in self.behaviours}

    @cached_property
    def lacks_english(self) -> bool:
        """True where the Dutch of some text stands in for its English."""
        return any(each.text.en is None for each in all_texts(self))


@dataclass(frozen=True)
class PlacedText:
    """A text with the way to it, and how many letters fit there."""

    place: Place
    text: InBothLanguages | LocalLines
    longest: int


def all_texts(content: Questionnaire) -> Iterator[PlacedText]:
    """All words of a questionnaire, in their order."""
    yield PlacedText(("axes", "title"), content.title, LONGEST_TITLE)
    for area in content.areas:
        yield PlacedText(("axes", "areas", area.key, "title"), area.title, LONGEST_TITLE)
    for axis in content.axes:
        at = ("axes", "axes", axis.key)
        yield PlacedText((*at, "title"), axis.title, LONGEST_TITLE)
        yield PlacedText((*at, "role"), axis.role, LONGEST_TITLE)
        yield PlacedText((*at, "about"), axis.about, LONGEST_TEXT)
        for name, longest in LONGEST_LINE.items():
            yield PlacedText((*at, name), getattr(axis, name), longest)
    for behaviour in content.behaviours:
        at = ("axes", "behaviours", behaviour.key)
        yield PlacedText((*at, "name"), behaviour.name, LONGEST_TITLE)
        yield PlacedText((*at, "opening_question"), behaviour.opening_question, LONGEST_TEXT)
    for form in content.forms.values():
        yield from _texts_of(form)


def _texts_of(form: FormFile) -> Iterator[PlacedText]:
    at = ("forms", form.form)
    yield PlacedText((*at, "title"), form.title, LONGEST_TITLE)
    yield PlacedText((*at, "scale", "lowest"), form.scale.lowest, LONGEST_TITLE)
    yield PlacedText((*at, "scale", "highest"), form.scale.highest, LONGEST_TITLE)
    if form.cannot_judge:
        yield PlacedText((*at, "cannot_judge"), form.cannot_judge, LONGEST_TITLE)
    for part in form.parts:
        question = (*at, "parts", part.axis, "open_question")
        yield PlacedText(question, part.open_question, LONGEST_TEXT)
        for statement in part.statements:
            of_it = (*at, "statements", statement.key)
            yield PlacedText((*of_it, "text"), statement.text, LONGEST_TEXT)
            for number, each in enumerate(statement.illustrations, 1):
                yield PlacedText((*of_it, "illustrations", f"item {number}"), each, LONGEST_TEXT)


# ------------------------------------------------------------------------- documents


def parse(document: Any, *, is_own: bool) -> Questionnaire:
    """The questionnaire that a document says. An own one of a partnership may lack English.

    Raises Unreadable with everything that does not have its shape; whether the rest holds
    together is for `problems_of` to say.
    """
    try:
        whole = checking.shaped(document, Whole, may_lack_english=is_own)
    except Unreadable as error:
        raise Unreadable(map(_at_statement, error.problems)) from None
    shared = whole.axes
    if missing := [form for form in shared.forms if form not in whole.forms]:
        raise Unreadable(Problem(("forms", form), _("This is missing.")) for form in missing)
    if unnamed := [form for form in whole.forms if form not in shared.forms]:
        not_named = _("The list of forms does not have this one.")
        raise Unreadable(Problem(("forms", form), not_named) for form in unnamed)
    return Questionnaire(
        shared.questionnaire,
        shared.version,
        shared.title,
        shared.areas,
        shared.axes,
        shared.behaviours,
        {form: whole.forms[form] for form in shared.forms},
    )


def document_of(content: Questionnaire) -> Document:
    """The same as a document: always alike, without what says nothing."""
    shared = AxesFile(
        questionnaire=content.key,
        version=content.version,
        title=content.title,
        forms=tuple(content.forms),
        areas=content.areas,
        axes=content.axes,
        behaviours=content.behaviours,
    )
    return Whole.model_construct(axes=shared, forms=content.forms).model_dump(
        mode="json", exclude_defaults=True
    )


def _at_statement(problem: Problem) -> Problem:
    """A statement with a key is found by that alone, in whichever part it stands."""
    match problem.path:
        case (first, form, "parts", _part, "statements", key, *rest) if " " not in key:
            return replace(problem, path=(first, form, "statements", key, *rest))
    return problem


# -------------------------------------------------------------------------- problems


def problems_of(content: Questionnaire, like: Questionnaire | None = None) -> Iterator[Problem]:
    """What has to be mended before anybody fills it in.

    An own version of a partnership is `like` the product's: its areas and axes stay, as charts
    and groups are about them. Without `like` it is the product's own, which says where in the
    booklet each statement stands.
    """
    yield from _repetitions(content)
    yield from _own_forms(content)
    yield from _loose_ends(content)
    yield from _same_names(content)
    yield from _too_much(content)
    for form, found in content.forms.items():
        for path, message in _problems(form, found, content):
            yield Problem(("forms", form, *path), message)
    yield from _unlike(content, like) if like else _without_source(content)


Said = Iterator[tuple[Place, str]]
TWICE = _("This key stands here twice.")


def _repetitions(content: Questionnaire) -> Iterator[Problem]:
    keys = {
        "areas": [area.key for area in content.areas],
        "axes": [axis.key for axis in content.axes],
        "behaviours": [behaviour.key for behaviour in content.behaviours],
    }
    for name, found in keys.items():
        yield from (Problem(("axes", name, key), TWICE) for key in repeated(found))


def _own_forms(content: Questionnaire) -> Iterator[Problem]:
    own = [form for form, found in content.forms.items() if not found.is_feedback]
    if len(own) != 1:
        one = _("One form has to be the supervisor's own; here are %(count)s.", count=len(own))
        yield Problem(("axes", "forms"), one)
    if len(own) == len(content.forms):
        yield Problem(("axes", "forms"), _("There is no form for feedback."))


def _loose_ends(content: Questionnaire) -> Iterator[Problem]:
    areas, axes = {area.key for area in content.areas}, {axis.key for axis in content.axes}
    for axis in content.axes:
        if axis.area not in areas:
            no_area = _("There is no competence area %(key)s.", key=axis.area)
            yield Problem(("axes", "axes", axis.key, "area"), no_area)
    for behaviour in content.behaviours:
        if behaviour.axis not in axes:
            no_axis = _("There is no part %(key)s.", key=behaviour.axis)
            yield Problem(("axes", "behaviours", behaviour.key, "axis"), no_axis)


def _same_names(content: Questionnaire) -> Iterator[Problem]:
    """Where a chart or a list could not tell two items apart."""
    for name, word, found in (
        ("axes", "title", {axis.key: axis.title for axis in content.axes}),
        ("behaviours", "name", {each.key: each.name for each in content.behaviours}),
    ):
        for language in LANGUAGES:
            counts = Counter(text.in_language(language) for text in found.values())
            for key, text in found.items():
                if counts[text.in_language(language)] > 1 and getattr(text, language):
                    message = _("Something else has the same name.")
                    yield Problem(("axes", name, key, word), message, language)


def _too_much(content: Questionnaire) -> Iterator[Problem]:
    for each in all_texts(content):
        for language in LANGUAGES:
            lines = getattr(each.text, language) or ""
            if max(map(len, [lines] if isinstance(lines, str) else lines)) > each.longest:
                message = _("This has more than %(most)s letters.", most=each.longest)
                yield Problem(each.place, message, language)
            if not isinstance(lines, str) and len(lines) > MOST_LINES:
                yield Problem(each.place, _("A label has two lines at most."), language)


def _problems(form: str, content: FormFile, shared: Questionnaire) -> Said:
    if content.form != form:
        yield ("form",), _("This says %(form)s.", form=content.form)
    if (content.cannot_judge is not None) != content.is_feedback:
        yield ("cannot_judge",), _("This belongs in the feedback forms and only there.")
    if [part.axis for part in content.parts] != [axis.key for axis in shared.axes]:
        yield ("parts",), _("These have to be the same parts, in the same order.")
    for key in repeated(statement.key for statement in content.statements):
        yield ("statements", key), TWICE
    if len(content.statements) > MOST_STATEMENTS:
        yield (
            ("parts",),
            _(
                "A form has %(most)s statements at most; here are %(count)s.",
                most=MOST_STATEMENTS,
                count=len(content.statements),
            ),
        )
    if not content.is_feedback:
        named = _("%(name)s belongs in the feedback forms.", name=SUPERVISOR)
        for each in _texts_of(content):
            if isinstance(each.text, TextAbout) and each.text.has_name:
                yield each.place[2:], named
    axis_of = {behaviour.key: behaviour.axis for behaviour in shared.behaviours}
    for part in content.parts:
        if not part.statements:
            yield ("parts", part.axis, "statements"), _("This part needs a statement.")
        for statement in part.statements:
            for path, message in _statement_problems(part, statement, axis_of):
                yield ("statements", statement.key, *path), message


def _statement_problems(part: Part, statement: Statement, axis_of: dict[str, str]) -> Said:
    for key in repeated(statement.behaviours):
        yield ("behaviours",), _("%(key)s stands here twice.", key=key)
    for key in statement.behaviours:
        if axis_of.get(key) != part.axis:
            yield (
                ("behaviours",),
                _("There is no behaviour %(key)s in the part %(part)s.", key=key, part=part.axis),
            )
    if len(statement.illustrations) > MOST_ILLUSTRATIONS:
        most = _("A statement has %(most)s examples at most.", most=MOST_ILLUSTRATIONS)
        yield ("illustrations",), most


def _unlike(content: Questionnaire, like: Questionnaire) -> Iterator[Problem]:
    """Where a partnership leaves the areas, axes and forms that all share."""
    if _feedback_forms(content) != _feedback_forms(like):
        message = _("The forms stay as they are; only what they ask can change.")
        yield Problem(("axes", "forms"), message)
    for name, found, needed in (
        ("areas", [area.key for area in content.areas], [area.key for area in like.areas]),
        (
            "axes",
            [(axis.key, axis.area) for axis in content.axes],
            [(axis.key, axis.area) for axis in like.axes],
        ),
    ):
        if found != needed:
            message = _(
                "Parts stay as they are, and their competence areas. "
                "Only what they are called can change."
            )
            yield Problem(("axes", name), message)


def _feedback_forms(content: Questionnaire) -> list[tuple[str, bool]]:
    return [(key, form.is_feedback) for key, form in content.forms.items()]


def _without_source(content: Questionnaire) -> Iterator[Problem]:
    for form, found in content.forms.items():
        for statement in found.statements:
            at = ("forms", form, "statements", statement.key, "source")
            if statement.source is None:
                yield Problem(at, _("This is missing."))
            elif statement.source.form != form:
                yield Problem((*at, "form"), _("This is the form %(form)s.", form=form))


# ----------------------------------------------------------------------------- files


@dataclass(frozen=True)
class Library:
    """All versions of all questionnaires that the product has, by files."""

    questionnaires: dict[Version, Questionnaire]

    @property
    def current(self) -> Questionnaire:
        """What a new scan is filled in with where a partnership has no own: the newest version."""
        return max(self.questionnaires.values(), key=lambda found: found.version)


def load(folder: Path = FOLDER) -> Library:
    """Read and check every questionnaire. Raises StartRefused with all that is wrong."""
    found: dict[Version, Questionnaire] = {}
    folder_of: dict[Version, str] = {}
    for path in sorted(folder.glob(f"*/{AXES_FILE}")):
        each = _load_version(path.parent)
        version = each.key, each.version
        if version in found:
            raise StartRefused(
                f"{path.parent.name}: this is {each.key}, version {each.version}, "
                f"and so is {folder_of[version]}; give one of them another version"
            )
        found[version], folder_of[version] = each, path.parent.name
    if not found:
        raise StartRefused(f"{folder.name}: there is no questionnaire")
    return Library(found)


def _load_version(folder: Path) -> Questionnaire:
    shared = read_raw(folder / AXES_FILE)
    forms = {form: read_raw(folder / f"{form}.yaml") for form in _named_forms(shared)}
    document = {"axes": shared, "forms": forms}
    try:
        found = parse(document, is_own=False)
        problems = list(problems_of(found))
    except Unreadable as error:
        problems = error.problems
    if problems:
        with writing_in("en"):
            raise StartRefused("\n".join(f"{folder.name}/{_in_file(each)}" for each in problems))
    return found


def _named_forms(shared: Any) -> list[str]:
    """The names of the files with forms; none where that is said wrong, which `parse` reports."""
    try:
        return TypeAdapter(list[FormKey]).validate_python(shared["forms"])
    except (KeyError, TypeError, ValidationError):
        return []


def _in_file(problem: Problem) -> str:
    """The problem with the file that it is in."""
    first, *rest = problem.path
    name = rest.pop(0) if first == "forms" else first
    return f"{name}.yaml: {replace(problem, path=tuple(rest))}"
