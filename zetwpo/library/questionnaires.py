"""Questionnaires: forms about the same behaviours, in five parts.

A published version never changes. Another wording is another version in a folder of its own,
and every scan keeps the version that it was filled in with.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from zetwpo.errors import StartRefused
from zetwpo.library.content_file import (
    CONTENT,
    SUPERVISOR,
    ContentModel,
    Key,
    LocalLines,
    LocalText,
    TextAbout,
    read,
)

FOLDER = CONTENT / "questionnaires"
AXES_FILE = "axes.yaml"
# What a form is called; it is the name of its file, and the table of answers has it, too.
FormKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,9}$")]


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
    area: str
    number: int = Field(ge=1)


class Illustration(TextAbout):
    """An example of what a statement means; it is not judged."""

    # True for an example of ours, which the booklet does not have.
    own: bool = False


class Statement(ContentModel):
    """One sentence to judge on the scale."""

    key: Key
    source: Source
    behaviours: tuple[Key, ...] = Field(min_length=1)
    text: TextAbout
    illustrations: tuple[Illustration, ...] = ()


class Part(ContentModel):
    """The statements of one axis, with an open question."""

    axis: Key
    open_question: TextAbout
    statements: tuple[Statement, ...] = Field(min_length=1)


class Scale(ContentModel):
    """What the two ends of the scale mean; the points between have no name."""

    lowest: TextAbout
    highest: TextAbout


class AxesFile(ContentModel):
    """What the forms of one version share, and which forms these are."""

    questionnaire: str
    version: int = Field(ge=1)
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

    @cached_property
    def _axes(self) -> dict[str, Axis]:
        return {axis.key: axis for axis in self.axes}


Version = tuple[str, int]


@dataclass(frozen=True)
class Library:
    """All versions of all questionnaires."""

    questionnaires: dict[Version, Questionnaire]

    def get(self, key: str, version: int) -> Questionnaire:
        """The version that something was filled in with. Raises KeyError where it is gone."""
        return self.questionnaires[key, version]

    @property
    def current(self) -> Questionnaire:
        """What a new scan is filled in with: the newest version."""
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
    shared = read(folder / AXES_FILE, AxesFile)
    forms = {form: read(folder / f"{form}.yaml", FormFile) for form in shared.forms}
    problems = [
        f"{folder.name}/{AXES_FILE}: {problem}"
        for problem in [*_shared_problems(shared), *_forms_problems(shared, forms)]
    ]
    problems += [
        f"{folder.name}/{form}.yaml: {problem}"
        for form, content in forms.items()
        for problem in _problems(form, content, shared)
    ]
    if problems:
        raise StartRefused("\n".join(problems))
    return Questionnaire(
        shared.questionnaire,
        shared.version,
        shared.title,
        shared.areas,
        shared.axes,
        shared.behaviours,
        forms,
    )


def _shared_problems(shared: AxesFile) -> Iterator[str]:
    areas, axes = {area.key for area in shared.areas}, {axis.key for axis in shared.axes}
    keys = {
        "areas": [area.key for area in shared.areas],
        "axes": [axis.key for axis in shared.axes],
        "behaviours": [behaviour.key for behaviour in shared.behaviours],
    }
    for name, found in keys.items():
        yield from (f"{name} > {key}: this key stands here twice" for key in _repeated(found))
    for axis in shared.axes:
        if axis.area not in areas:
            yield f"axes > {axis.key} > area: there is no area {axis.area}"
    for behaviour in shared.behaviours:
        if behaviour.axis not in axes:
            yield f"behaviours > {behaviour.key} > axis: there is no axis {behaviour.axis}"


def _forms_problems(shared: AxesFile, forms: dict[str, FormFile]) -> Iterator[str]:
    for key in _repeated(shared.forms):
        yield f"forms > {key}: this key stands here twice"
    own = [form for form, content in forms.items() if not content.is_feedback]
    if len(own) != 1:
        said = ", ".join(own) or "none"
        yield f"forms: one form gives no feedback, the supervisor's own; here that is {said}"
    if len(own) == len(forms):
        yield "forms: there is no form for feedback"


def _problems(form: str, content: FormFile, shared: AxesFile) -> Iterator[str]:
    if content.form != form:
        yield f"form: this says {content.form}"
    if (content.cannot_judge is not None) != content.is_feedback:
        yield "cannot_judge: belongs in the feedback forms and only there"
    if [part.axis for part in content.parts] != [axis.key for axis in shared.axes]:
        yield f"parts: must be the axes of {AXES_FILE}, in the same order"
    for key in _repeated(statement.key for statement in content.statements):
        yield f"statements > {key}: this key stands here twice"
    if not content.is_feedback:
        yield from (
            f"{place}: {SUPERVISOR} belongs in the feedback forms" for place in _named(content)
        )
    axis_of = {behaviour.key: behaviour.axis for behaviour in shared.behaviours}
    for part in content.parts:
        for statement in part.statements:
            for problem in _statement_problems(form, part, statement, axis_of):
                yield f"statements > {statement.key} > {problem}"


def _statement_problems(
    form: str, part: Part, statement: Statement, axis_of: dict[str, str]
) -> Iterator[str]:
    if statement.source.form != form:
        yield f"source > form: this is the form {form}"
    for key in _repeated(statement.behaviours):
        yield f"behaviours: {key} stands here twice"
    for key in statement.behaviours:
        if axis_of.get(key) != part.axis:
            yield f"behaviours: no {key} in {part.axis}"


def _named(content: FormFile) -> Iterator[str]:
    """Where the name of the supervisor is filled in."""
    places = {"scale > lowest": content.scale.lowest, "scale > highest": content.scale.highest}
    for part in content.parts:
        places[f"parts > {part.axis} > open_question"] = part.open_question
        for statement in part.statements:
            places[f"statements > {statement.key} > text"] = statement.text
            for number, each in enumerate(statement.illustrations, 1):
                places[f"statements > {statement.key} > illustrations > item {number}"] = each
    yield from (place for place, text in places.items() if text.has_name)


def _repeated(keys: Iterable[str]) -> list[str]:
    return [key for key, count in Counter(keys).items() if count > 1]
