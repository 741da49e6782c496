"""What everybody in a group reads of its questions, and what each brings in themselves."""

import uuid

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import (
    BRING_IN_QUESTION,
    READ_QUESTIONS,
    TAKE_BACK_QUESTION,
    TAKE_PART,
)
from zetwpo.cycle.common_question import service
from zetwpo.cycle.common_question.forms import BringInForm
from zetwpo.cycle.common_question.queries import find_brought
from zetwpo.cycle.common_question.rules import brought_fields
from zetwpo.cycle.common_question.service import PartOfIt
from zetwpo.cycle.common_question.showing import Shown, page, shown
from zetwpo.cycle.learning_question.queries import SavedQuestion, saved_questions
from zetwpo.cycle.trajectories.queries import find_trajectory
from zetwpo.edits import Fields, Overtaken
from zetwpo.errors import NextPage, Refusal
from zetwpo.i18n import gettext as _
from zetwpo.web import see_other

routes = Blueprint("questions", __name__)


@routes.get("/trajectories/<uuid:trajectory_id>/questions")
@needs(READ_QUESTIONS)
def line(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """The common question and how it came to be; one's own; and those of all, once opened."""
    return page("line", shown(trajectory_id))


@routes.get("/trajectories/<uuid:trajectory_id>/questions/bring-in")
@needs(BRING_IN_QUESTION)
def ask_bring_in(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """The words that somebody brings in, and who reads them.

    Filled in with the learning question as it was saved last; nothing of what it rests on.
    """
    here = shown(trajectory_id)
    if here.mine_is_decided:
        raise _part_of_it(here)
    form = BringInForm(formdata=None)
    form.show(brought_fields(here.mine))
    saved = _saved(here)
    if here.closed and "saved" not in request.args:
        before = brought_fields(here.closed)
        form.text.data, form.axis.data = before["text"], before["axis"]
    elif saved and (here.mine is None or "saved" in request.args):
        form.text.data = saved.version.text
    return _bring_in_page(here, form, saved)


@routes.post("/trajectories/<uuid:trajectory_id>/questions/bring-in")
@needs(BRING_IN_QUESTION)
def bring_in(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Bring these words in."""
    here = shown(trajectory_id, to_write=True)
    form = BringInForm()
    form.offer(here.questionnaire)
    if not form.validate():
        return _bring_in_page(here, form, _saved(here)), 422
    try:
        service.bring_in(here.questions, here.reader_id, form.sent)
    except Overtaken as clash:
        return _bring_in_page(here, form, _saved(here), form.let_choose(clash)), 409
    except PartOfIt:
        raise _part_of_it(here) from None
    flash(_("Your question is brought in."))
    return see_other(url_for(".line", trajectory_id=trajectory_id))


@routes.get("/brought-questions/<uuid:brought_id>/take-back")
@needs(TAKE_BACK_QUESTION)
def ask_take_back(brought_id: uuid.UUID) -> ResponseReturnValue:
    """Say what becomes of it, and ask once more."""
    brought = authorised(find_brought(brought_id))
    trajectory = find_trajectory(brought.trajectory_id)
    takes_part = trajectory is not None and TAKE_PART.opens_to(get_actor(), trajectory.facts)
    return render_template(
        "cycle/common_question/take_back.html", brought=brought, takes_part=takes_part
    )


@routes.post("/brought-questions/<uuid:brought_id>/take-back")
@needs(TAKE_BACK_QUESTION)
def take_back(brought_id: uuid.UUID) -> ResponseReturnValue:
    """Take it back."""
    brought = authorised(find_brought(brought_id))
    # Whoever puts questions together at this moment is first, or comes after.
    trajectory = find_trajectory(brought.trajectory_id, to_write=True)
    service.take_back(authorised(find_brought(brought_id)))
    flash(_("You took your question back. Nobody else reads it any more."))
    if trajectory and TAKE_PART.opens_to(get_actor(), trajectory.facts):
        return see_other(url_for(".line", trajectory_id=trajectory.id))
    return see_other(url_for("home.start"))


def _bring_in_page(
    here: Shown, form: BringInForm, saved: SavedQuestion | None, elsewhere: Fields | None = None
) -> str:
    form.offer(here.questionnaire)
    form.text.readers = (
        _("The group and the facilitators read this, with your name.")
        if here.questions.is_open
        else _(
            "Only you and the facilitators read this. Once the questions are opened "
            "in the meeting, the group reads it too, with your name."
        )
    )
    return page("bring_in", here, form=form, saved=saved, elsewhere=elsewhere or {})


def _part_of_it(here: Shown) -> Refusal:
    return Refusal(
        _("Your question is part of the common question now"),
        _(
            "So its words stay as they are. You can still take them back, and bring in others "
            "when the group looks for a new question."
        ),
        NextPage(
            "questions.line", _("Look at it"), {"trajectory_id": here.questions.trajectory.id}
        ),
    )


def _saved(here: Shown) -> SavedQuestion | None:
    """The learning question that the reader saved last, in this partnership."""
    place = here.questions.trajectory.partnership_id
    found = saved_questions(here.reader_id)
    return next((each for each in found if each.scan.partnership_id == place), None)
