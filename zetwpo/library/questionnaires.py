"""Questionnaires: three forms about the same behaviours, in five parts.

A published version never changes. Another wording is another version in a folder of its own,
and every scan keeps the version that it was filled in with.
"""

import enum
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import Field

from zetwpo.errors import StartRefused
from zetwpo.library.content_file import CONTENT, ContentModel, Key, LocalLines, LocalText, read

FOLDER = CONTENT / "questionnaires"
AXES_FILE = "axes.yaml"
LOWEST, HIGHEST = 1, 7


class Form(enum.StrEnum):
    """Who judges: the supervisor, a student, or a school trainer."""

    SELF = "self"
    STUDENT = "student"
    TRAINER = "trainer"


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
    """What statements of different forms have in common."""

    key: Key
    axis: Key
    name: LocalText


class Source(ContentModel):
    """The statement of the booklet for workplace trainers that a statement corresponds to."""

    form: Form
    area: str
    number: int = Field(ge=1)


class Statement(ContentModel):
    """One sentence to judge on the scale."""

    key: Key
    source: Source
    behaviours: tuple[Key, ...] = Field(min_length=1)
    text: LocalText
    illustrations: tuple[LocalText, ...] = ()


class Part(ContentModel):
    """The statements of one axis, with an open question."""

    axis: Key
    open_question: LocalText
    statements: tuple[Statement, ...] = Field(min_length=1)


class Scale(ContentModel):
    """What the two ends of the scale mean; the points between have no name."""

    lowest: LocalText
    highest: LocalText


class AxesFile(ContentModel):
    """What the three forms of one version share."""

    questionnaire: str
    version: int = Field(ge=1)
    title: LocalText
    areas: tuple[Area, ...]
    axes: tuple[Axis, ...]
    behaviours: tuple[Behaviour, ...]


class FormFile(ContentModel):
    """One of the three forms."""

    form: Form
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
    """One version: its axes, its behaviours, and its three forms."""

    key: str
    version: int
    title: LocalText
    areas: tuple[Area, ...]
    axes: tuple[Axis, ...]
    behaviours: tuple[Behaviour, ...]
    forms: dict[Form, FormFile]

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
    found = [_load_version(path.parent) for path in sorted(folder.glob(f"*/{AXES_FILE}"))]
    if not found:
        raise StartRefused(f"{folder.name}: there is no questionnaire")
    return Library({(each.key, each.version): each for each in found})


def _load_version(folder: Path) -> Questionnaire:
    shared = read(folder / AXES_FILE, AxesFile)
    forms = {form: read(folder / f"{form}.yaml", FormFile) for form in Form}
    problems = [
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


def _problems(form: Form, content: FormFile, shared: AxesFile) -> Iterable[str]:
    if content.form is not form:
        yield f"form: this says {content.form}"
    if (content.cannot_judge is None) != (form is Form.SELF):
        yield "cannot_judge: belongs in the two feedback forms and only there"
    if [part.axis for part in content.parts] != [axis.key for axis in shared.axes]:
        yield f"parts: must be the axes of {AXES_FILE}, in the same order"
    counts = Counter(statement.key for statement in content.statements)
    for key, count in counts.items():
        if count > 1:
            yield f"statements > {key}: this key stands here {count} times"
    axis_of = {behaviour.key: behaviour.axis for behaviour in shared.behaviours}
    for part in content.parts:
        for statement in part.statements:
            for key in statement.behaviours:
                if axis_of.get(key) != part.axis:
                    yield f"statements > {statement.key} > behaviours: no {key} in {part.axis}"
