"""Reading filled-in forms, any number of them in one statement."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from zetwpo.database.keys import among
from zetwpo.errors import StartRefused
from zetwpo.extensions import read
from zetwpo.library.content_file import LocalText
from zetwpo.library.queries import get_questionnaire, missing_versions
from zetwpo.library.questionnaires import FormFile, Part, Questionnaire, Version
from zetwpo.scan.responses.models import Answer, OpenAnswer, Response
from zetwpo.scan.responses.rules import (
    Filled,
    Place,
    TextKey,
    TextKind,
    answered,
    is_gone_through,
    place_to_go_on,
    says_enough,
)


@dataclass(frozen=True)
class OpenPart:
    """A part in which statements have no answer."""

    role: LocalText
    # How many they are, and where the first of them is.
    count: int
    first: Place
    # False where so few were answered that the result shows no value.
    says_enough: bool


@dataclass(frozen=True)
class ResponseView:
    """A form with what was filled in."""

    id: uuid.UUID
    questionnaire: Questionnaire
    form: FormFile
    filled: Filled
    # The name of whom it is about; empty where that is who fills it in.
    supervisor: str = ""

    @property
    def version(self) -> Version:
        """What it was opened in, by key and number."""
        return self.questionnaire.key, self.questionnaire.version

    @property
    def total(self) -> int:
        """How many statements the form has."""
        return len(self.form.statements)

    @property
    def answered(self) -> int:
        """How many of them have an answer."""
        return answered((each.key for each in self.form.statements), self.filled.answers)

    @property
    def go_on_at(self) -> Place | None:
        """Where its author goes on; None where every statement has an answer."""
        return place_to_go_on(self._asked, self.filled)

    @property
    def is_gone_through(self) -> bool:
        """True where its author has come to the end, and checking is the next step."""
        return is_gone_through(self._asked, self.filled.answers)

    @property
    def open_parts(self) -> list[OpenPart]:
        """The parts in which statements have no answer, in the order of the form."""
        parts = enumerate(self.form.parts, 1)
        return [found for number, part in parts if (found := self._open_part(number, part))]

    def _open_part(self, number: int, part: Part) -> OpenPart | None:
        asked = [statement.key for statement in part.statements]
        unanswered = [key for key in asked if key not in self.filled.answers]
        if not unanswered:
            return None
        return OpenPart(
            self.questionnaire.axis(part.axis).role,
            len(unanswered),
            Place(number, unanswered[0]),
            says_enough(len(asked) - len(unanswered), len(asked)),
        )

    @property
    def _asked(self) -> list[list[str]]:
        return [[statement.key for statement in part.statements] for part in self.form.parts]


def check_versions() -> None:
    """Raise StartRefused where something was filled in with a questionnaire that is not here."""
    used = read(sa.select(Response.questionnaire, Response.version).distinct())
    if missing := missing_versions((key, version) for key, version in used):
        names = ", ".join(f"{key} {version}" for key, version in missing)
        raise StartRefused(
            f"Forms were filled in with these versions of a questionnaire, which are neither in "
            f"the library nor in the database: {names}. Put them back."
        )


# A row for each thing that a form holds, all of one shape; the first kind is the form itself.
_FORM, _ANSWER = "form", "answer"
_HELD: sa.CompoundSelect[uuid.UUID, str, str, Any, str] = sa.union_all(
    sa.select(
        Response.id,
        sa.literal(_FORM),
        Response.questionnaire,
        Response.version,
        Response.form,
    ).where(among(Response.id)),
    sa.select(
        Answer.response_id, sa.literal(_ANSWER), Answer.statement, Answer.value, sa.literal("")
    ).where(among(Answer.response_id)),
    sa.select(
        OpenAnswer.response_id, OpenAnswer.kind, OpenAnswer.axis, sa.literal(0), OpenAnswer.text
    ).where(among(OpenAnswer.response_id)),
)


def get_views(supervisors: Mapping[uuid.UUID, str]) -> dict[uuid.UUID, ResponseView]:
    """These forms with what they hold, by their key; what does not exist is not among them.

    `supervisors` says by the key of each form whom it is about, with nothing for an own one.
    """
    forms: dict[uuid.UUID, tuple[Version, str]] = {}
    answers: dict[uuid.UUID, dict[str, int | None]] = defaultdict(dict)
    texts: dict[uuid.UUID, dict[TextKey, str]] = defaultdict(dict)
    for key, kind, name, number, words in read(_HELD, ids=supervisors).all():
        if kind == _FORM:
            forms[key] = (name, number), words
        elif kind == _ANSWER:
            answers[key][name] = number
        else:
            texts[key][TextKind(kind), name] = words
    return {
        key: _view(key, version, form, Filled(answers[key], texts[key]), supervisors[key])
        for key, (version, form) in forms.items()
    }


_VERSIONS = sa.select(Response.id, Response.questionnaire, Response.version).where(
    among(Response.id)
)


def questionnaires_of(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Questionnaire]:
    """In which version each of these forms was opened, in one statement."""
    rows = read(_VERSIONS, ids=ids)
    return {key: get_questionnaire(name, version) for key, name, version in rows}


def find_own_view(response_id: uuid.UUID) -> ResponseView | None:
    """The form with this key, about who fills it in, with what it holds."""
    return get_views({response_id: ""}).get(response_id)


def _view(
    key: uuid.UUID, version: Version, form: str, filled: Filled, supervisor: str
) -> ResponseView:
    questionnaire = get_questionnaire(*version)
    return ResponseView(key, questionnaire, questionnaire.forms[form], filled, supervisor)
