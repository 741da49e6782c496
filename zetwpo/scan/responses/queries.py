"""Reading filled-in forms, any number of them in two statements."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from zetwpo.errors import StartRefused
from zetwpo.extensions import db
from zetwpo.library.questionnaires import Form, FormFile, Questionnaire
from zetwpo.scan.content import library
from zetwpo.scan.responses.models import Answer, OpenAnswer, Response
from zetwpo.scan.responses.rules import Filled, TextKey, TextKind, answered


@dataclass(frozen=True)
class ResponseView:
    """A form with what was filled in."""

    id: uuid.UUID
    questionnaire: Questionnaire
    form: FormFile
    filled: Filled

    @property
    def total(self) -> int:
        """How many statements the form has."""
        return len(self.form.statements)

    @property
    def answered(self) -> int:
        """How many of them have an answer."""
        return answered((each.key for each in self.form.statements), self.filled.answers)


def check_versions() -> None:
    """Raise StartRefused where something was filled in with a questionnaire that is not here."""
    used = db.session.execute(sa.select(Response.questionnaire, Response.version).distinct())
    known = library().questionnaires
    missing = [f"{key} {version}" for key, version in used if (key, version) not in known]
    if missing:
        raise StartRefused(
            f"Forms were filled in with these versions of a questionnaire, which are not in the "
            f"library: {', '.join(missing)}. Put their folders back."
        )


_IDS: sa.BindParameter[uuid.UUID] = sa.bindparam("ids", expanding=True)
_ANSWERS = sa.select(Answer.response_id, Answer.statement, Answer.value).where(
    Answer.response_id.in_(_IDS)
)
_TEXTS = sa.select(OpenAnswer.response_id, OpenAnswer.kind, OpenAnswer.axis, OpenAnswer.text).where(
    OpenAnswer.response_id.in_(_IDS)
)


def get_filled(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Filled]:
    """What each of these forms holds, by its key."""
    answers: dict[uuid.UUID, dict[str, int | None]] = {key: {} for key in ids}
    texts: dict[uuid.UUID, dict[TextKey, str]] = {key: {} for key in ids}
    for response_id, statement, value in db.session.execute(_ANSWERS, {"ids": ids}):
        answers[response_id][statement] = value
    for response_id, kind, axis, text in db.session.execute(_TEXTS, {"ids": ids}):
        texts[response_id][TextKind(kind), axis] = text
    return {key: Filled(answers[key], texts[key]) for key in ids}


def get_views(responses: Collection[Response]) -> dict[uuid.UUID, ResponseView]:
    """These forms with what they hold, by their key."""
    filled = get_filled([response.id for response in responses])
    return {response.id: _view(response, filled[response.id]) for response in responses}


def get_view(response: Response) -> ResponseView:
    """This form with what it holds."""
    return get_views([response])[response.id]


def _view(response: Response, filled: Filled) -> ResponseView:
    questionnaire = library().get(response.questionnaire, response.version)
    return ResponseView(
        response.id, questionnaire, questionnaire.forms[Form(response.form)], filled
    )
