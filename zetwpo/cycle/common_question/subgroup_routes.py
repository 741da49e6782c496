"""The subgroups of a large group: who is in them, and the area that each keeps to."""

import uuid

from flask import Blueprint, flash, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import needs
from zetwpo.accounts.policy import LAY_QUESTIONS_TOGETHER
from zetwpo.cycle.common_question import subgroups
from zetwpo.cycle.common_question.forms import SubgroupForm
from zetwpo.cycle.common_question.queries import Subgroup
from zetwpo.cycle.common_question.showing import Shown, get_subgroup, page, shown
from zetwpo.cycle.common_question.subgroups import HasQuestion, TooMany
from zetwpo.edits import Fields, Overtaken
from zetwpo.errors import NextPage, Refusal
from zetwpo.i18n import gettext as _
from zetwpo.web import see_other

routes = Blueprint("subgroups", __name__, url_prefix="/trajectories/<uuid:trajectory_id>/subgroups")


@routes.get("")
@needs(LAY_QUESTIONS_TOGETHER)
def overview(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Which subgroups there are, and a form to make one."""
    return _list(shown(trajectory_id), SubgroupForm(formdata=None))


@routes.post("")
@needs(LAY_QUESTIONS_TOGETHER)
def split_off(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Make one."""
    here = shown(trajectory_id, to_write=True)
    form = SubgroupForm()
    form.offer(here.questions, here.questionnaire)
    if not form.validate():
        return _list(here, form), 422
    try:
        key = form.key_in(trajectory_id)
        subgroups.split_off(here.questions, key, form.sent, here.reader_id)
    except TooMany:
        form.form_errors = [_("There are as many subgroups as a group can have.")]
        return _list(here, form), 422
    flash(_("The subgroup is made."))
    return _to_list(here)


@routes.get("/<uuid:subgroup_id>")
@needs(LAY_QUESTIONS_TOGETHER)
def edit(trajectory_id: uuid.UUID, subgroup_id: uuid.UUID) -> ResponseReturnValue:
    """Who is in it, to change that."""
    here = shown(trajectory_id)
    subgroup = get_subgroup(here, subgroup_id)
    form = SubgroupForm(formdata=None)
    form.show(subgroup.fields)
    return _one(here, subgroup, form)


@routes.post("/<uuid:subgroup_id>")
@needs(LAY_QUESTIONS_TOGETHER)
def change(trajectory_id: uuid.UUID, subgroup_id: uuid.UUID) -> ResponseReturnValue:
    """Let other people be in it, or let it keep to another area."""
    here = shown(trajectory_id, to_write=True)
    subgroup = get_subgroup(here, subgroup_id)
    form = SubgroupForm()
    form.offer(here.questions, here.questionnaire)
    if not form.validate():
        return _one(here, subgroup, form), 422
    try:
        subgroups.change_subgroup(here.questions, subgroup, form.sent, here.reader_id)
    except Overtaken as clash:
        return _one(here, subgroup, form, form.let_choose(clash)), 409
    flash(_("Saved."))
    return _to_list(here)


@routes.post("/<uuid:subgroup_id>/join")
@needs(LAY_QUESTIONS_TOGETHER)
def join(trajectory_id: uuid.UUID, subgroup_id: uuid.UUID) -> ResponseReturnValue:
    """Let its people be of the whole group again."""
    here = shown(trajectory_id, to_write=True)
    subgroup = get_subgroup(here, subgroup_id)
    try:
        subgroups.join_again(here.questions, subgroup, here.reader_id)
    except HasQuestion:
        raise Refusal(
            _("This subgroup has a question of its own"),
            _(
                "So it stays. If you go on together, record a question for the whole "
                "group: it then counts for everybody."
            ),
            NextPage("subgroups.overview", _("Back"), {"trajectory_id": trajectory_id}),
        ) from None
    flash(_("These people belong to the whole group again."))
    return _to_list(here)


def _list(here: Shown, form: SubgroupForm) -> str:
    form.offer(here.questions, here.questionnaire)
    return page("subgroups", here, form=form)


def _one(
    here: Shown, subgroup: Subgroup, form: SubgroupForm, elsewhere: Fields | None = None
) -> str:
    form.offer(here.questions, here.questionnaire)
    return page(
        "subgroup",
        here,
        form=form,
        subgroup=subgroup,
        has_question=any(each.subgroup_id == subgroup.id for each in here.questions.common),
        elsewhere=elsewhere or {},
    )


def _to_list(here: Shown) -> ResponseReturnValue:
    return see_other(url_for(".overview", trajectory_id=here.questions.trajectory.id))
