"""The pages of a plan for its author."""

import uuid

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import (
    READ_OWN_WORK,
    TAKE_BACK_OWN,
    TAKE_PART,
    WRITE_OWN_WORK,
)
from zetwpo.autosaving import Taken
from zetwpo.cycle.audience.words import names, read_by
from zetwpo.cycle.meetings.queries import find_meeting
from zetwpo.cycle.plans import service, words
from zetwpo.cycle.plans.forms import AnswerForm, PlanForm
from zetwpo.cycle.plans.queries import (
    PlanCard,
    QuestionCard,
    find_plan,
    find_question,
    questions_about,
)
from zetwpo.cycle.plans.rules import NEXT, Status
from zetwpo.cycle.plans.service import ChangedElsewhere, NothingWritten
from zetwpo.edits import Fields, Overtaken
from zetwpo.i18n import gettext as _
from zetwpo.web import see_other

routes = Blueprint("plans", __name__)


@routes.post("/meetings/<uuid:meeting_id>/plan")
@needs(TAKE_PART)
def begin(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Go to one's own plan after this meeting, a new one where there is none."""
    meeting = authorised(find_meeting(meeting_id))
    plan_id = service.begin(meeting, get_actor().person_id)
    return see_other(url_for(".show", plan_id=plan_id))


@routes.get("/plans/<uuid:plan_id>")
@needs(READ_OWN_WORK)
def show(plan_id: uuid.UUID) -> ResponseReturnValue:
    """One's own plan, to write while there is something to write."""
    plan = authorised(find_plan(plan_id))
    form = PlanForm(formdata=None)
    form.show(plan.plan.fields)
    return _page(plan, form)


@routes.post("/plans/<uuid:plan_id>")
@needs(WRITE_OWN_WORK)
def save(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Keep what is written."""
    plan = authorised(find_plan(plan_id, to_write=True))
    form, taken = _take_in(plan)
    if taken.status >= 400:
        return _page(plan, form, form.show_refused(taken)), taken.status
    flash(_("Saved."))
    return see_other(url_for(".show", plan_id=plan_id))


@routes.post("/plans/<uuid:plan_id>/autosave")
@needs(WRITE_OWN_WORK)
def autosave(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Keep the fields that changed, while somebody writes."""
    plan = authorised(find_plan(plan_id, to_write=True))
    form, taken = _take_in(plan)
    return form.outcome(taken)


@routes.post("/plans/<uuid:plan_id>/<any(writing,going,done,let_go):status>")
@needs(WRITE_OWN_WORK)
def become(plan_id: uuid.UUID, status: str) -> ResponseReturnValue:
    """Do something else with it; what is written on the page is kept first."""
    plan = authorised(find_plan(plan_id, to_write=True))
    form, taken = _take_in(plan)
    if taken.status >= 400:
        return _page(plan, form, form.show_refused(taken)), taken.status
    try:
        service.become(plan, Status(status), taken.fields)
    except NothingWritten:
        return _nothing_written(plan, form, taken.fields)
    except ChangedElsewhere:
        flash(_("You did something else with this plan meanwhile. Look again."), "error")
        return see_other(url_for(".show", plan_id=plan_id))
    flash(str(words.SAID[Status(status)]))
    return see_other(url_for(".show", plan_id=plan_id))


@routes.post("/plans/<uuid:plan_id>/open")
@needs(WRITE_OWN_WORK)
def open_to_group(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Let the group read it."""
    plan = authorised(find_plan(plan_id, to_write=True))
    try:
        service.open_to_group(plan)
    except NothingWritten:
        flash(_("Write down first what you will try. Then you can open it."), "error")
        return see_other(url_for(".show", plan_id=plan_id))
    flash(_("Your group can read your plan now, and ask about it."))
    return see_other(url_for(".show", plan_id=plan_id))


@routes.post("/plans/<uuid:plan_id>/close")
@needs(TAKE_BACK_OWN)
def close(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Let the group read it no more."""
    plan = authorised(find_plan(plan_id, to_write=True))
    service.close(plan)
    flash(_("Your plan is closed. The questions about it are yours to read."))
    return see_other(url_for(".show", plan_id=plan_id))


@routes.get("/plan-questions/<uuid:question_id>")
@needs(WRITE_OWN_WORK)
def look_at_question(question_id: uuid.UUID) -> ResponseReturnValue:
    """A question about one's own plan, with a field to say something to it."""
    question = authorised(find_question(question_id))
    form = AnswerForm(formdata=None)
    form.show(question.fields)
    return _question_page(question, form)


@routes.post("/plan-questions/<uuid:question_id>")
@needs(WRITE_OWN_WORK)
def answer(question_id: uuid.UUID) -> ResponseReturnValue:
    """Say something to it."""
    question = authorised(find_question(question_id, to_write=True))
    form = AnswerForm()
    if not form.validate():
        return _question_page(question, form), 422
    try:
        service.answer(question, form.sent)
    except Overtaken as clash:
        return _question_page(question, form, form.let_choose(clash)), 409
    flash(_("Saved."))
    return see_other(url_for(".show", plan_id=question.plan.id, _anchor="questions"))


def _take_in(plan: PlanCard) -> tuple[PlanForm, Taken]:
    """Keep what came in, as far as it can be."""
    form = PlanForm()
    taken = form.take_in(plan.plan.fields)
    service.keep(plan, taken.fields)
    return form, taken


def _nothing_written(plan: PlanCard, form: PlanForm, stored: Fields) -> ResponseReturnValue:
    form.show(stored)
    form.what.errors = [_("Write down first what you will try.")]
    return _page(plan, form), 422


def _page(plan: PlanCard, form: PlanForm, elsewhere: Fields | None = None) -> str:
    for name in form.edited:
        form[name].readers = read_by(plan)
    may_write = WRITE_OWN_WORK.opens_to(get_actor(), plan.facts)
    return render_template(
        "cycle/plans/plan.html",
        trajectory=plan.trajectory,
        plan=plan,
        form=form,
        elsewhere=elsewhere or {},
        may_write=may_write,
        ways={way: words.WAYS[plan.status, way] for way in NEXT[plan.status]},
        status=words.STATUS[plan.status],
        hints=[words.HINTS[hint] for hint in plan.hints],
        read_by=names(plan.readers),
        questions=questions_about(plan),
    )


def _question_page(
    question: QuestionCard, form: AnswerForm, elsewhere: Fields | None = None
) -> str:
    return render_template(
        "cycle/plans/question.html",
        trajectory=question.plan.trajectory,
        question=question,
        form=form,
        elsewhere=elsewhere or {},
    )
