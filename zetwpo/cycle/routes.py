"""The page of the learning question."""

import uuid
from collections.abc import Collection

from flask import Blueprint, current_app, flash, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import WRITE_LEARNING_QUESTION
from zetwpo.clock import now
from zetwpo.cycle import queries, service
from zetwpo.cycle.forms import DraftForm, LearningQuestionForm
from zetwpo.cycle.rules import marks_of, shown_after
from zetwpo.cycle.service import Overtaken
from zetwpo.i18n import clock_time
from zetwpo.i18n import gettext as _
from zetwpo.library.learning_questions import LearningQuestionHelp
from zetwpo.scan.result.queries import Result
from zetwpo.scan.result.service import open_result
from zetwpo.scan.self_scan.queries import find_card
from zetwpo.web import see_other, store_in_part

routes = Blueprint("cycle", __name__, url_prefix="/scan")


@routes.get("/<uuid:scan_id>/learning-question")
@needs(WRITE_LEARNING_QUESTION)
def learning_question(scan_id: uuid.UUID) -> ResponseReturnValue:
    """The question, the help beside it, and its earlier versions."""
    result = open_result(authorised(find_card(scan_id)))
    form = LearningQuestionForm(formdata=None)
    form.show(queries.get_draft(scan_id))
    return _page(result, form)


@routes.post("/<uuid:scan_id>/learning-question")
@needs(WRITE_LEARNING_QUESTION)
def write(scan_id: uuid.UUID) -> ResponseReturnValue:
    """Store the question; the version before stays readable."""
    result = open_result(authorised(find_card(scan_id, to_write=True)))
    form = LearningQuestionForm()
    form.offer(result.axes)
    owner_id = get_actor().person_id
    form.validate()
    form.refuse_strangers()
    if form.errors:
        # What is right about it is kept until the rest is.
        clashes = service.keep_draft(scan_id, owner_id, form.sent)
        store_in_part()
        return _page(result, form, clashes), 422
    try:
        service.write(scan_id, owner_id, form.draft, form.sent)
    except Overtaken as overtaken:
        service.keep_draft(scan_id, owner_id, form.sent)
        store_in_part()
        return _page(result, form, overtaken.names), 409
    flash(_("Your learning question is saved."))
    return see_other(url_for(".learning_question", scan_id=scan_id))


@routes.post("/<uuid:scan_id>/learning-question/autosave")
@needs(WRITE_LEARNING_QUESTION)
def autosave(scan_id: uuid.UUID) -> ResponseReturnValue:
    """Keep the fields that changed as a draft, while somebody writes.

    The answer says what the script of a part of a form gets to know as well.
    """
    result = open_result(authorised(find_card(scan_id)))
    form = DraftForm()
    form.offer(result.axes)
    form.validate()
    form.refuse_strangers()
    sent = form.sent
    clashes = service.keep_draft(scan_id, get_actor().person_id, sent)
    store_in_part()
    refused = clashes | set(sent.wrong)
    kept = {name: value for name, value in sent.fields.items() if name not in refused}
    form.marks = shown_after(sent.seen, kept)
    status = 409 if clashes else 422 if sent.wrong else 400 if form.errors else 200
    message = _outcome(form, clashes, kept)
    return jsonify(seen=form.seen.data, refused=[*refused], message=message), status


def _outcome(form: DraftForm, clashes: Collection[str], kept: Collection[str]) -> str:
    """What became of an autosave, in words."""
    problems = [str(problem) for problems in form.errors.values() for problem in problems]
    if clashes:
        problems.append(_("Changed on another device. Save to choose."))
    if problems and kept:
        problems.append(_("The rest is saved."))
    return " ".join(problems) or _("Kept as a draft at %(time)s", time=clock_time(now()))


def _page(result: Result, form: LearningQuestionForm, clashes: Collection[str] = ()) -> str:
    help_beside: LearningQuestionHelp = current_app.extensions["learning_question_help"]
    form.offer(result.axes)
    stored = queries.get_draft(result.scan.id)
    form.marks = marks_of(stored.fields)
    if clashes:
        form.text.errors = [
            *form.text.errors,
            _("You changed your question elsewhere; see below. Save to keep this text instead."),
        ]
    return render_template(
        "cycle/learning_question.html",
        result=result,
        form=form,
        # What stands elsewhere, for its author to choose.
        elsewhere={name: stored.fields[name] for name in clashes},
        versions=queries.versions_for(result.scan.id),
        help=help_beside,
    )
