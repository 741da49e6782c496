"""The page of the learning question."""

import uuid
from collections.abc import Sequence

from flask import Blueprint, current_app, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import READ_LEARNING_QUESTION, WRITE_LEARNING_QUESTION
from zetwpo.autosaving import Taken
from zetwpo.cycle.learning_question import queries, service
from zetwpo.cycle.learning_question.forms import DraftForm, LearningQuestionForm
from zetwpo.cycle.learning_question.grounds import Ground, get_takeable, grounds_of
from zetwpo.cycle.learning_question.rules import Draft
from zetwpo.cycle.learning_question.sharing import QUESTION
from zetwpo.edits import Fields
from zetwpo.fields import StrangeButton
from zetwpo.i18n import gettext as _
from zetwpo.library.learning_questions import LearningQuestionHelp
from zetwpo.library.questionnaires import Axis
from zetwpo.scan.result.queries import Result
from zetwpo.scan.result.service import open_result, require_submitted
from zetwpo.scan.self_scan.queries import find_card, find_scan
from zetwpo.scan.subjects import service as subjects
from zetwpo.scan.subjects.queries import taken_items
from zetwpo.scan.subjects.rules import MOST_TAKEN, Item, Kind
from zetwpo.scan.subjects.service import TooManyTaken
from zetwpo.sharing.naming import names_of_readers
from zetwpo.sharing.queries import who_sees
from zetwpo.web import local_path, see_other

routes = Blueprint("learning_question", __name__, url_prefix="/scan")


@routes.get("/<uuid:scan_id>/learning-question")
@needs(READ_LEARNING_QUESTION)
def show(scan_id: uuid.UUID) -> ResponseReturnValue:
    """The question, the help beside it, and its earlier versions; to read after a role ended."""
    result = open_result(authorised(find_card(scan_id)))
    form = LearningQuestionForm(formdata=None)
    form.show(queries.get_draft(scan_id).fields)
    return _page(result, form)


@routes.post("/<uuid:scan_id>/learning-question")
@needs(WRITE_LEARNING_QUESTION)
def write(scan_id: uuid.UUID) -> ResponseReturnValue:
    """Store the question; the version before stays readable."""
    result = open_result(authorised(find_card(scan_id, to_write=True)))
    form = LearningQuestionForm()
    taken = _take_in(scan_id, form, result.axes)
    owner_id, draft = get_actor().person_id, Draft(**taken.fields)
    if taken.status >= 400:
        # What is right about it is kept until the rest is.
        service.keep_draft(scan_id, owner_id, draft)
        return _page(result, form, form.show_refused(taken)), taken.status
    service.write(scan_id, owner_id, draft)
    flash(_("Your learning question is saved."))
    return see_other(url_for(".show", scan_id=scan_id))


@routes.post("/<uuid:scan_id>/learning-question/autosave")
@needs(WRITE_LEARNING_QUESTION)
def autosave(scan_id: uuid.UUID) -> ResponseReturnValue:
    """Keep the fields that changed as a draft, while somebody writes."""
    scan = authorised(find_scan(scan_id))
    require_submitted(scan)
    form = DraftForm()
    taken = _take_in(scan_id, form, scan.response.questionnaire.axes)
    service.keep_draft(scan_id, get_actor().person_id, Draft(**taken.fields))
    return form.outcome(taken)


@routes.post("/<uuid:scan_id>/learning-question/go-on")
@needs(WRITE_LEARNING_QUESTION)
def go_on(scan_id: uuid.UUID) -> ResponseReturnValue:
    """Begin with the question until now; nothing that is written goes."""
    result = open_result(authorised(find_card(scan_id, to_write=True)))
    before = queries.question_before(result.scan)
    if before:
        known = {axis.key for axis in result.axes}
        version = before.version
        earlier = Draft(version.axis if version.axis in known else "", version.text)
        if not service.go_on_with(scan_id, get_actor().person_id, earlier):
            flash(_("You have written something here already, so it stays as it is."))
    return see_other(url_for(".show", scan_id=scan_id))


@routes.post("/<uuid:scan_id>/subjects")
@needs(WRITE_LEARNING_QUESTION)
def take(scan_id: uuid.UUID) -> ResponseReturnValue:
    """Take something along from the result; the question is about its axis, or stays as it is."""
    result = open_result(authorised(find_card(scan_id, to_write=True)))
    ground = get_takeable(result, _item_sent())
    try:
        subjects.take(scan_id, ground.item)
    except TooManyTaken:
        flash(
            _(
                "You take %(most)s things along already. A question gets clearer with fewer: "
                "leave something out first.",
                most=MOST_TAKEN,
            ),
            "error",
        )
        return see_other(url_for(".show", scan_id=scan_id))
    chosen = service.choose_axis(scan_id, get_actor().person_id, ground.axis.key)
    flash(_about_axis(result, ground, chosen))
    return see_other(url_for(".show", scan_id=scan_id))


@routes.post("/<uuid:scan_id>/subjects/out")
@needs(WRITE_LEARNING_QUESTION)
def take_out(scan_id: uuid.UUID) -> ResponseReturnValue:
    """No longer take it along; back to the page from which it was left out."""
    authorised(find_card(scan_id, to_write=True))
    subjects.take_out(scan_id, _item_sent())
    here = url_for(".show", scan_id=scan_id)
    return see_other(local_path(request.form.get("next"), here))


def _item_sent() -> Item:
    """What a button on the result, or beside the question, is about."""
    item = Item(*(request.form.get(name, "") for name in Item._fields))
    if item.kind not in set(Kind):
        raise StrangeButton(_("Go back to your result and choose again. Nothing changed."))
    return item


def _about_axis(result: Result, ground: Ground, chosen: str) -> str:
    if chosen == ground.axis.key:
        return _("Taken along to your learning question.")
    titles = {axis.key: str(axis.title) for axis in result.axes}
    return _(
        "Taken along. It belongs to %(axis)s, and your question is about %(chosen)s: that stays "
        "so. You can choose another part below.",
        axis=ground.axis.title,
        chosen=titles.get(chosen, chosen),
    )


def _take_in(scan_id: uuid.UUID, form: DraftForm, axes: Sequence[Axis]) -> Taken:
    form.offer(axes)
    return form.take_in(service.draft_to_write(scan_id, get_actor().person_id).fields)


def _page(result: Result, form: LearningQuestionForm, elsewhere: Fields | None = None) -> str:
    help_beside: LearningQuestionHelp = current_app.extensions["learning_question_help"]
    form.offer(result.axes)
    opened = who_sees(QUESTION, result.scan.id)
    read_by = names_of_readers(opened)
    if read_by:
        form.text.readers = _(
            "You read this, and once you have saved it also %(names)s.", names=read_by
        )
    versions = queries.versions_for(result.scan.id)
    return render_template(
        "cycle/learning_question/learning_question.html",
        result=result,
        form=form,
        may_write=WRITE_LEARNING_QUESTION.opens_to(get_actor(), result.scan.facts),
        before=None if versions else queries.question_before(result.scan),
        # What stands elsewhere, for its author to choose.
        elsewhere=elsewhere or {},
        versions=versions,
        grounds=grounds_of(result, taken_items(result.scan.id)),
        rested_on={
            number: grounds_of(result, items)
            for number, items in queries.items_by_version(result.scan.id).items()
        },
        help=help_beside,
        opened=opened,
        read_by=read_by,
        question_kind=QUESTION,
    )
