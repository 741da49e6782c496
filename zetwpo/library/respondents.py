"""Who can be asked for feedback: one table, which everything that differs by role walks."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated

from flask import current_app
from pydantic import Field, StringConstraints

from zetwpo.errors import StartRefused
from zetwpo.i18n import LANGUAGE_NAMES, listed
from zetwpo.library.content_file import CONTENT, ContentModel, Key, LocalText, TextAbout, read
from zetwpo.library.questionnaires import FormKey, Library, Questionnaire

FILE = CONTENT / "respondents.yaml"
# The table of requests has it: no longer than fits there.
RoleKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,19}$")]


class AskedRole(ContentModel):
    """A role in which people are asked for feedback, with the words of all places that name it."""

    key: RoleKey
    form: FormKey
    # The family of looks that charts draw these people with.
    looks: Key
    # True where the supervisor helps to assess this person.
    is_assessed: bool
    # About how long the form takes.
    minutes: int = Field(ge=1, le=120)
    label: LocalText
    one: LocalText
    many: LocalText
    yours: LocalText
    choice: LocalText
    request: TextAbout
    mail: TextAbout


class RespondentsFile(ContentModel):
    """The whole table, in the order of lists and charts."""

    respondents: tuple[AskedRole, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Respondents:
    """The table of everybody who can be asked."""

    roles: tuple[AskedRole, ...]

    def __iter__(self) -> Iterator[AskedRole]:
        """All roles, in the order of lists and charts."""
        return iter(self.roles)

    def __contains__(self, key: object) -> bool:
        """True where people in the role with this key can be asked."""
        return key in self._by_key

    def get(self, key: str) -> AskedRole:
        """The role with this key. Raises KeyError where there is none."""
        return self._by_key[key]

    def place(self, key: str) -> int:
        """Where the role with this key comes, from 0. Raises KeyError where there is none."""
        return self.roles.index(self.get(key))

    @cached_property
    def _by_key(self) -> dict[str, AskedRole]:
        return {role.key: role for role in self.roles}


def respondents() -> Respondents:
    """The table that this application was started with."""
    found: Respondents = current_app.extensions["respondents"]
    return found


def asked_people() -> str:
    """Everybody who can be asked, in one breath: for example 'students and school trainers'."""
    return listed([str(role.many) for role in respondents()])


def load(library: Library, looks: Collection[str], path: Path = FILE) -> Respondents:
    """Read and check the table: each form is in all these questionnaires, each look is drawn.

    Raises StartRefused with all that is wrong.
    """
    found = read(path, RespondentsFile)
    problems = [
        f"{path.parent.name}/{path.name}: respondents > {problem}"
        for problem in _problems(found.respondents, library, looks)
    ]
    if problems:
        raise StartRefused("\n".join(problems))
    return Respondents(found.respondents)


def _problems(
    roles: tuple[AskedRole, ...], library: Library, looks: Collection[str]
) -> Iterator[str]:
    for key, count in Counter(role.key for role in roles).items():
        if count > 1:
            yield f"{key}: this key stands here twice"
    for role in roles:
        if role.looks not in looks:
            yield f"{role.key} > looks: there is no family {role.looks}"
        for questionnaire in library.questionnaires.values():
            if problem := _form_problem(role, questionnaire):
                yield f"{role.key} > form: {problem}"
    # People of one name are told apart by it.
    for language in LANGUAGE_NAMES:
        for label, count in Counter(role.label.in_language(language) for role in roles).items():
            if count > 1:
                yield f"label > {language}: {label} stands here twice"


def _form_problem(role: AskedRole, questionnaire: Questionnaire) -> str | None:
    where = f"{questionnaire.key}, version {questionnaire.version}"
    form = questionnaire.forms.get(role.form)
    if form is None:
        return f"there is no form {role.form} in {where}"
    return None if form.is_feedback else f"{role.form} of {where} gives no feedback"
