"""The questions side by side, for whoever leads the group: put together, reworded, ranked."""

import uuid
from collections.abc import Sequence

from flask import Blueprint, flash, request, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import needs
from zetwpo.accounts.policy import LAY_QUESTIONS_TOGETHER
from zetwpo.cycle.common_question import service
from zetwpo.cycle.common_question.forms import (
    MergeForm,
    RankingForm,
    RewordForm,
    chosen_questions,
    points_fields,
    points_in,
    ranking_form,
)
from zetwpo.cycle.common_question.rules import Proposal, holding, mark_of, points_together, ranked
from zetwpo.cycle.common_question.service import Changed
from zetwpo.cycle.common_question.showing import (
    Shown,
    changed_meanwhile,
    get_proposal,
    page,
    shown,
)
from zetwpo.edits import Fields, Overtaken, merged
from zetwpo.i18n import gettext as _
from zetwpo.web import see_other

routes = Blueprint(
    "question_board", __name__, url_prefix="/trajectories/<uuid:trajectory_id>/questions"
)


@routes.get("/board")
@needs(LAY_QUESTIONS_TOGETHER)
def board(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """All questions that were brought in this time, and what there is to do with them."""
    here = shown(trajectory_id)
    brought = {each.author_id for each in here.questions.brought}
    return page(
        "board",
        here,
        missing=[name for key, name in here.questions.names.items() if key not in brought],
        ranked=ranked(here.questions.open_proposals),
    )


@routes.post("/open")
@needs(LAY_QUESTIONS_TOGETHER)
def open_round(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """From now on everybody in the group reads them."""
    here = shown(trajectory_id, to_write=True)
    service.open_round(here.questions, here.reader_id)
    flash(_("The questions are open: everybody in the group can read them now."))
    return _to_board(here)


@routes.post("/anew")
@needs(LAY_QUESTIONS_TOGETHER)
def begin_anew(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Let everybody bring in a question once more."""
    here = shown(trajectory_id, to_write=True)
    seen = request.form.get("seen", 0, type=int)
    service.begin_anew(here.questions, seen, here.reader_id)
    flash(_("Everybody can bring in a question again. They stay closed until you open them."))
    return _to_board(here)


# ------------------------------------------------------------------------ putting together


@routes.get("/together")
@needs(LAY_QUESTIONS_TOGETHER)
def ask_together(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """The questions that were chosen, and a place for how they read together."""
    here = shown(trajectory_id)
    chosen = holding(here.questions.open_proposals, chosen_questions())
    if len(chosen) < 2:
        flash(_("Choose two questions or more. Then you can put them together."), "error")
        return _to_board(here)
    form = MergeForm(formdata=None)
    worded = [each for each in chosen if each.wording]
    if len(worded) == 1:
        # One more joins what the group worded already.
        form.wording.data = worded[0].wording
    return _together_page(here, form, chosen)


@routes.post("/together")
@needs(LAY_QUESTIONS_TOGETHER)
def put_together(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Put them together; where somebody else was faster, show them as they are now."""
    here = shown(trajectory_id, to_write=True)
    form, brought = MergeForm(), chosen_questions()
    chosen = holding(here.questions.open_proposals, brought)
    if not chosen:
        raise changed_meanwhile(trajectory_id)
    if not form.validate():
        return _together_page(here, form, chosen), 422
    wording, seen = form.wording.data or "", form.seen.data or ""
    try:
        service.put_together(here.questions, brought, wording, seen, here.reader_id)
    except Changed:
        form.wording.errors = [
            _(
                "Somebody else changed these questions in the meantime. Above you see them as "
                "they are now. Your words are kept: send them once more, or adapt them first."
            )
        ]
        return _together_page(here, form, chosen), 409
    flash(_("Put together. Whose words they were stays with it."))
    return _to_board(here)


@routes.get("/proposals/<uuid:proposal_id>")
@needs(LAY_QUESTIONS_TOGETHER)
def proposal(trajectory_id: uuid.UUID, proposal_id: uuid.UUID) -> ResponseReturnValue:
    """One of the questions on the table, to reword it or take it apart."""
    here = shown(trajectory_id)
    found = get_proposal(here, proposal_id)
    form = RewordForm(formdata=None)
    form.show({"wording": found.text})
    return _proposal_page(here, found, form)


@routes.post("/proposals/<uuid:proposal_id>")
@needs(LAY_QUESTIONS_TOGETHER)
def reword(trajectory_id: uuid.UUID, proposal_id: uuid.UUID) -> ResponseReturnValue:
    """Give it other words."""
    here = shown(trajectory_id, to_write=True)
    found = get_proposal(here, proposal_id)
    form = RewordForm()
    if not form.validate():
        return _proposal_page(here, found, form), 422
    try:
        service.reword(found, form.sent, here.reader_id)
    except Overtaken as clash:
        return _proposal_page(here, found, form, form.let_choose(clash)), 409
    flash(_("The wording is saved. The words it was brought in with stay below it."))
    return _to_board(here)


@routes.post("/proposals/<uuid:proposal_id>/apart")
@needs(LAY_QUESTIONS_TOGETHER)
def take_apart(trajectory_id: uuid.UUID, proposal_id: uuid.UUID) -> ResponseReturnValue:
    """Give each question in it its own place again."""
    here = shown(trajectory_id, to_write=True)
    found = get_proposal(here, proposal_id)
    try:
        service.take_apart(here.questions, found, request.form.get("seen", ""), here.reader_id)
    except Changed:
        raise changed_meanwhile(trajectory_id) from None
    if found.is_reworded:
        flash(_("Taken apart. Together they read: “%(words)s”", words=found.wording))
    else:
        flash(_("Taken apart."))
    return _to_board(here)


# ---------------------------------------------------------------------------------- ranking


@routes.get("/ranking")
@needs(LAY_QUESTIONS_TOGETHER)
def ranking(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """A place for the points that the group gave in the room."""
    here = shown(trajectory_id)
    proposals = here.questions.open_proposals
    form = ranking_form(proposals)(formdata=None)
    form.show(points_fields(proposals))
    return _ranking_page(here, form)


@routes.post("/ranking")
@needs(LAY_QUESTIONS_TOGETHER)
def rank(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Keep them; empty where the group gave none."""
    here = shown(trajectory_id, to_write=True)
    proposals = here.questions.open_proposals
    form = ranking_form(proposals)()
    if not form.validate():
        return _ranking_page(here, form), 422
    if form.left_over:
        form.form_errors = [
            _(
                "Somebody else changed the questions in the meantime, and some of yours are on "
                "the table no more. The points that you typed there: %(points)s. Look whether the "
                "others still fit, and save once more.",
                points=", ".join(form.left_over),
            )
        ]
        return _ranking_page(here, form), 409
    try:
        fields = merged(form.sent, points_fields(proposals))
    except Overtaken as clash:
        return _ranking_page(here, form, form.let_choose(clash)), 409
    service.rank(here.questions, points_in(fields), here.reader_id)
    flash(_("The points are kept."))
    return _to_board(here)


def _together_page(here: Shown, form: MergeForm, chosen: Sequence[Proposal]) -> str:
    form.seen.data = mark_of(chosen)
    return page("together", here, form=form, chosen=chosen)


def _proposal_page(
    here: Shown, proposal: Proposal, form: RewordForm, elsewhere: Fields | None = None
) -> str:
    return page(
        "proposal",
        here,
        form=form,
        proposal=proposal,
        mark=mark_of([proposal]),
        elsewhere=elsewhere or {},
    )


def _ranking_page(here: Shown, form: RankingForm, elsewhere: Fields | None = None) -> str:
    people, proposals = len(here.questions.names), len(here.questions.open_proposals)
    return page(
        "ranking",
        here,
        form=form,
        points=points_together(people, proposals),
        elsewhere=elsewhere or {},
    )


def _to_board(here: Shown) -> ResponseReturnValue:
    return see_other(url_for(".board", trajectory_id=here.questions.trajectory.id))
