"""The page of the learning question."""

import uuid

from flask import Blueprint, current_app, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import WRITE_LEARNING_QUESTION
from zetwpo.cycle import queries, service
from zetwpo.cycle.forms import LearningQuestionForm
from zetwpo.cycle.service import Overtaken
from zetwpo.i18n import gettext as _
from zetwpo.library.learning_questions import LearningQuestionHelp
from zetwpo.scan.result.queries import Result
from zetwpo.scan.result.service import open_result
from zetwpo.scan.self_scan.queries import find_card
from zetwpo.web import see_other

routes = Blueprint("cycle", __name__, url_prefix="/scan")


@routes.get("/<uuid:scan_id>/learning-question")
@needs(WRITE_LEARNING_QUESTION)
def learning_question(scan_id: uuid.UUID) -> ResponseReturnValue:
    """The question, the help beside it, and its earlier versions."""
    result = open_result(authorised(find_card(scan_id)))
    form = LearningQuestionForm(formdata=None)
    versions = queries.versions_for(scan_id)
    if versions:
        form.axis.data, form.text.data = versions[0].axis, versions[0].text
    return _page(result, form)


@routes.post("/<uuid:scan_id>/learning-question")
@needs(WRITE_LEARNING_QUESTION)
def write(scan_id: uuid.UUID) -> ResponseReturnValue:
    """Store the question; the version before stays readable."""
    result = open_result(authorised(find_card(scan_id, to_write=True)))
    form = LearningQuestionForm()
    form.offer(result.axes)
    if not form.validate():
        return _page(result, form), 422
    try:
        service.write(scan_id, get_actor().person_id, form.draft, form.seen_number)
    except Overtaken:
        form.text.errors = [
            _("You changed your question elsewhere; see below. Save to keep this text instead.")
        ]
        return _page(result, form), 409
    flash(_("Your learning question is saved."))
    return see_other(url_for(".learning_question", scan_id=scan_id))


def _page(result: Result, form: LearningQuestionForm) -> str:
    help_beside: LearningQuestionHelp = current_app.extensions["learning_question_help"]
    versions = queries.versions_for(result.scan.id)
    form.offer(result.axes)
    form.seen.data = str(versions[0].number if versions else 0)
    return render_template(
        "cycle/learning_question.html",
        result=result,
        form=form,
        versions=versions,
        help=help_beside,
    )
