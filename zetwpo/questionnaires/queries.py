"""What the pages of a partnership's questionnaire show, around its draft and its versions."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from zetwpo.accounts.queries import get_people
from zetwpo.errors import NotFound
from zetwpo.i18n import lazy_gettext as _
from zetwpo.library import queries as content
from zetwpo.library.kinds import QUESTIONNAIRE, own_key
from zetwpo.library.problems import Problem, advice, to_mend
from zetwpo.library.queries import DraftView
from zetwpo.library.questionnaires import Document, Questionnaire


@dataclass(frozen=True)
class Published:
    """A version that this partnership published; no name where that person left."""

    number: int
    published_at: datetime
    published_by: str


@dataclass(frozen=True)
class Begun:
    """The draft, and who changed it last; no name where that person left."""

    view: DraftView
    changed_by: str


@dataclass(frozen=True)
class Overview:
    """What there is: the versions, the newest first, and perhaps a draft."""

    versions: list[Published]
    draft: Begun | None


def overview_of(partnership_id: uuid.UUID) -> Overview:
    """All versions of this partnership and its draft, with names, in three statements."""
    versions = content.versions(partnership_id)
    draft = content.find_draft(partnership_id)
    ids = {each.published_by_id for each in versions} | {draft.changed_by_id if draft else None}
    names = _names({each for each in ids if each})
    return Overview(
        [
            Published(each.version, each.published_at, _name(names, each.published_by_id))
            for each in versions
        ],
        Begun(draft, _name(names, draft.changed_by_id)) if draft else None,
    )


def changed_by(draft: DraftView) -> str:
    """Who changed the draft last; empty where that person left."""
    who = draft.changed_by_id
    return _name(_names({who}) if who else {}, who)


def get_version(partnership_id: uuid.UUID, number: int) -> Questionnaire:
    """A version that this partnership published; number 0 is what it began with, the product's.

    Raises NotFound.
    """
    if number == 0:
        return content.library().current
    try:
        return content.get_questionnaire(own_key(partnership_id), number)
    except KeyError:
        raise NotFound(
            _("There is no such version"),
            _("Go back to the questionnaire and choose one that was published."),
        ) from None


def document_of(found: Questionnaire) -> Document:
    """The same, in the shape of a draft."""
    return QUESTIONNAIRE.document_of(found)


@dataclass(frozen=True)
class Notes:
    """What a draft needs, and what it could do with."""

    to_mend: list[Problem]
    advice: list[Problem]


def notes_on(document: Document) -> Notes:
    """What the check says of this draft."""
    problems = content.check(document)
    return Notes(to_mend(problems), advice(problems))


def _names(ids: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    return {key: card.name for key, card in get_people(ids).items()} if ids else {}


def _name(names: dict[uuid.UUID, str], person_id: uuid.UUID | None) -> str:
    return names.get(person_id, "") if person_id else ""
