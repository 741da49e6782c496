"""The page of a plan for those who may read it, and what they ask about it."""

import uuid

from flask import Blueprint, abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import ASK_ABOUT_PLAN, READ_OPENED, TAKE_BACK_OWN
from zetwpo.cycle.plans import service, words
from zetwpo.cycle.plans.forms import AskForm
from zetwpo.cycle.plans.queries import (
    AskedQuestion,
    PlanCard,
    find_plan,
    find_question,
    questions_about,
)
from zetwpo.i18n import gettext as _
from zetwpo.web import see_other

routes = Blueprint("plan_reading", __name__)


@routes.get("/plans/<uuid:plan_id>/read")
@needs(READ_OPENED)
def show(plan_id: uuid.UUID) -> ResponseReturnValue:
    """The plan as others see it, with a field to ask something."""
    return _read_page(authorised(find_plan(plan_id)), AskForm(formdata=None))


@routes.post("/plans/<uuid:plan_id>/questions")
@needs(ASK_ABOUT_PLAN)
def ask(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Ask something about it."""
    plan = authorised(find_plan(plan_id))
    form = AskForm()
    if not form.validate():
        return _read_page(plan, form), 422
    service.ask(plan, get_actor().person_id, form.text.data or "", form.key_in(plan.id))
    flash(_("Your question is there. Its reader thinks about it, and may answer."))
    return see_other(url_for(".show", plan_id=plan_id))


@routes.post("/plan-questions/<uuid:question_id>/delete")
@needs(TAKE_BACK_OWN)
def take_back(question_id: uuid.UUID) -> ResponseReturnValue:
    """Delete one's own question."""
    question = find_question(question_id, to_write=True)
    authorised(AskedQuestion(question) if question else None)
    if question is None:
        abort(404)
    service.take_back(question)
    flash(_("Your question is deleted."))
    if READ_OPENED.opens_to(get_actor(), question.facts):
        return see_other(url_for(".show", plan_id=question.plan.id))
    return see_other(url_for("home.start"))


def _read_page(plan: PlanCard, form: AskForm) -> str:
    me = get_actor()
    return render_template(
        "cycle/plans/read.html",
        trajectory=plan.trajectory,
        plan=plan,
        status=words.STATUS[plan.status],
        form=form,
        may_ask=ASK_ABOUT_PLAN.opens_to(me, plan.facts),
        me=me.person_id,
        questions=questions_about(plan),
    )
