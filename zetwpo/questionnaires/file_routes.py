"""A questionnaire as a file: out, and in again as a draft."""

import uuid
from collections.abc import Sequence

from flask import Blueprint, Response, flash, render_template
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import get_actor, gives_file, needs, takes_file
from zetwpo.accounts.policy import EDIT_QUESTIONNAIRE
from zetwpo.fields import MEBIBYTE
from zetwpo.i18n import gettext as _
from zetwpo.i18n import lazy_gettext
from zetwpo.library.problems import Problem, Unreadable
from zetwpo.library.queries import find_draft
from zetwpo.library.questionnaires import Document
from zetwpo.library.service import NotReady, Overtaken
from zetwpo.library.yaml_text import from_yaml, to_yaml
from zetwpo.questionnaires import queries, service
from zetwpo.questionnaires.forms import FileForm
from zetwpo.questionnaires.places import place, seen_revision, where
from zetwpo.web import download, see_other

routes = Blueprint("files", __name__)

PAGE = "questionnaires.overview"


@routes.get("/draft/file")
@gives_file(on=PAGE)
@needs(EDIT_QUESTIONNAIRE)
def draft(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """The draft as it stands."""
    place(partnership_id)
    return _file(service.get_draft(partnership_id).document, _("questionnaire-draft"))


@routes.get("/versions/<int:number>/file")
@gives_file(on="questionnaires.version")
@needs(EDIT_QUESTIONNAIRE)
def version(partnership_id: uuid.UUID, number: int) -> ResponseReturnValue:
    """A version that was published; number 0 is the product's."""
    place(partnership_id)
    found = queries.document_of(queries.get_version(partnership_id, number))
    return _file(found, _("questionnaire-version-%(number)s", number=number))


@routes.get("/file")
@needs(EDIT_QUESTIONNAIRE)
def bring_in(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """Where a file can be brought in."""
    return _page(partnership_id, FileForm(formdata=None))


@routes.post("/file")
@takes_file(MEBIBYTE)
@needs(EDIT_QUESTIONNAIRE)
def take_in(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """Make a file the draft, or nothing of it where something is wrong."""
    place(partnership_id)
    form = FileForm()
    if not form.validate():
        return _page(partnership_id, form), 422
    try:
        document = from_yaml(form.content)
    except Unreadable as error:
        return _page(partnership_id, form, error.problems), 422
    try:
        found = service.take_in(partnership_id, get_actor().person_id, document, seen_revision())
    except NotReady as unready:
        return _page(partnership_id, form, unready.problems), unready.status
    except Overtaken as overtaken:
        form.text.errors = [_OVERTAKEN]
        return _page(partnership_id, form), overtaken.status
    flash(_("The file is brought in. Look at it here, and publish it when it is right."))
    return see_other(where(found))


def _page(partnership_id: uuid.UUID, form: FileForm, problems: Sequence[Problem] = ()) -> str:
    return render_template(
        "questionnaires/file.html",
        partnership=place(partnership_id),
        draft=find_draft(partnership_id),
        form=form,
        problems=problems,
    )


def _file(document: Document, name: str) -> Response:
    return download(to_yaml(document), f"{name}.yaml", "application/yaml; charset=utf-8")


_OVERTAKEN = lazy_gettext(
    "Somebody changed the draft, or began one, after you opened this page. Download it first if "
    "you want to keep it; send this once more to put your file in its place."
)
