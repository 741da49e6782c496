"""The page on which a group writes what it tells the team, and what becomes of it."""

import uuid
from dataclasses import dataclass

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.colleagues import Colleague
from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import APPROVE_TEAM_MESSAGE, READ_TEAM_MESSAGE, WRITE_TEAM_MESSAGE
from zetwpo.accounts.queries import find_partnership_card
from zetwpo.autosaving import Taken
from zetwpo.clock import now
from zetwpo.cycle.common_question.queries import current_questions
from zetwpo.cycle.team_message import service
from zetwpo.cycle.team_message.forms import MessageForm, ObjectionForm
from zetwpo.cycle.team_message.queries import (
    Written,
    find_released,
    find_released_by,
    prefilled,
    written_in,
)
from zetwpo.cycle.team_message.rules import Message, message_in
from zetwpo.cycle.team_message.service import NotAgreed, OnPaper, OtherWords
from zetwpo.cycle.team_message.words import TOLD, told_in_a_sentence
from zetwpo.cycle.trajectories.queries import TrajectoryCard, find_trajectory
from zetwpo.edits import Fields
from zetwpo.i18n import gettext as _
from zetwpo.web import see_other

routes = Blueprint(
    "team_message", __name__, url_prefix="/trajectories/<uuid:trajectory_id>/team-message"
)


@dataclass(frozen=True)
class Here:
    """A trajectory with what its group tells: as it is stored, or as it stands there by itself."""

    trajectory: TrajectoryCard
    written: Written
    message: Message

    def person(self, person_id: uuid.UUID) -> Colleague:
        """Who takes part by this key."""
        return next(each for each in self.trajectory.participants if each.id == person_id)


@routes.get("")
@needs(WRITE_TEAM_MESSAGE)
def show(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """What stands there, who agrees with it, and what can be done with it."""
    return _page(_here(trajectory_id))


@routes.post("")
@needs(WRITE_TEAM_MESSAGE)
def write(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Keep all of it; where somebody else changed the same part, let the sender choose."""
    here = _here(trajectory_id, to_write=True)
    form, taken = _take_in(here)
    if taken.status >= 400:
        return _page(_here(trajectory_id), form, form.show_refused(taken)), taken.status
    service.written(here.trajectory, get_actor().person_id)
    flash(_("Saved."))
    return _back(trajectory_id)


@routes.post("/autosave")
@needs(WRITE_TEAM_MESSAGE)
def autosave(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Keep the fields that changed, while somebody writes."""
    form, taken = _take_in(_here(trajectory_id, to_write=True))
    return form.outcome(taken)


@routes.post("/approve")
@needs(APPROVE_TEAM_MESSAGE)
def approve(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Say that it is right as the page showed it."""
    here = _here(trajectory_id, to_write=True)
    try:
        service.agree(here.trajectory, here.message, _seen(), get_actor().person_id)
    except OtherWords:
        return _page(here, problem=_changed()), 409
    flash(_("You agree with this text. Where a word of it changes, you are asked again."))
    return _back(trajectory_id)


@routes.post("/object")
@needs(APPROVE_TEAM_MESSAGE)
def object_to(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Say what should change first."""
    here = _here(trajectory_id, to_write=True)
    objection = ObjectionForm()
    if not objection.validate():
        return _page(here, objection=objection), 422
    words = objection.words.data or ""
    service.object_to(here.trajectory, here.message, _seen(), words, get_actor().person_id)
    flash(_("The group reads what you would like to see changed."))
    return _back(trajectory_id)


@routes.post("/silence")
@needs(APPROVE_TEAM_MESSAGE)
def say_nothing(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Take back what one said of it."""
    here = _here(trajectory_id, to_write=True)
    service.say_nothing(here.trajectory, get_actor().person_id)
    flash(_("Taken back."))
    return _back(trajectory_id)


@routes.post("/release")
@needs(WRITE_TEAM_MESSAGE)
def release(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Open it to whom the group chose."""
    here = _here(trajectory_id, to_write=True)
    try:
        service.release(here.trajectory, here.written, _seen(), get_actor().person_id)
    except OtherWords:
        return _page(here, problem=_changed()), 409
    except NotAgreed:
        return _page(here, problem=_("Not everybody who takes part agrees with this text.")), 409
    except OnPaper:
        return _page(here, problem=_("You chose to tell it yourselves: nobody finds it here.")), 409
    flash(_("Released. It is read by: %(readers)s.", readers=told_in_a_sentence(here.message.told)))
    return _back(trajectory_id)


@routes.post("/take-back")
@needs(WRITE_TEAM_MESSAGE)
def take_back(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Close it again; one of the group is enough."""
    here = _here(trajectory_id, to_write=True)
    service.take_back(here.trajectory, get_actor().person_id)
    flash(_("Taken back. Outside the group nobody finds it here any more."))
    return _back(trajectory_id)


@routes.get("/paper")
@needs(WRITE_TEAM_MESSAGE)
def paper(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """The same to print and take along."""
    here = _here(trajectory_id)
    return render_template(
        "cycle/team_message/paper.html",
        trajectory=here.trajectory,
        message=here.message,
        agreement=here.written.agreement(here.trajectory),
        printed_at=now(),
    )


@routes.get("/released")
@needs(READ_TEAM_MESSAGE)
def read(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """What a group released, for whom it chose."""
    released = authorised(find_released_by(trajectory_id))
    return render_template(
        "cycle/team_message/released.html",
        released=released,
        partnership=find_partnership_card(released.trajectory.partnership_id),
    )


def _here(trajectory_id: uuid.UUID, *, to_write: bool = False) -> Here:
    trajectory = authorised(find_trajectory(trajectory_id, to_write=to_write))
    written = written_in(trajectory_id)
    # A closed trajectory goes on telling: that is what it ends with.
    questions = [] if written.message else current_questions(trajectory_id)
    return Here(trajectory, written, prefilled(written.message, [each.text for each in questions]))


def _take_in(here: Here) -> tuple[MessageForm, Taken]:
    """Keep what came in, as far as it can be."""
    form = MessageForm()
    taken = form.take_in(here.message.fields)
    if taken.fields != here.message.fields:
        service.keep(here.trajectory, message_in(taken.fields))
    return form, taken


def _seen() -> str:
    """The version that the page showed."""
    return request.form.get("seen", "")


def _changed() -> str:
    return _(
        "Somebody changed this text after you opened the page. Below it stands as it is now: read "
        "it, and then say again what you want."
    )


def _page(
    here: Here,
    form: MessageForm | None = None,
    elsewhere: Fields | None = None,
    objection: ObjectionForm | None = None,
    problem: str = "",
) -> str:
    if form is None:
        form = MessageForm(formdata=None)
        form.show(here.message.fields)
    me = get_actor()
    found = here.written.agreement(here.trajectory)
    return render_template(
        "cycle/team_message/team_message.html",
        here=here,
        trajectory=here.trajectory,
        message=here.message,
        form=form,
        elsewhere=elsewhere or {},
        objection=objection or ObjectionForm(formdata=None),
        problem=problem,
        agreement=found,
        me=me.person_id,
        takes_part=APPROVE_TEAM_MESSAGE.opens_to(me, here.trajectory.facts),
        released=find_released(here.trajectory),
        told=TOLD,
        told_in_a_sentence=told_in_a_sentence,
    )


def _back(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    return see_other(url_for(".show", trajectory_id=trajectory_id))
