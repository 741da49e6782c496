"""The page of what a meeting leaves behind."""

import uuid

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import LAY_QUESTIONS_TOGETHER, READ_TRAJECTORY, WRITE_AGREEMENTS
from zetwpo.autosaving import Taken
from zetwpo.cycle.agreements import service
from zetwpo.cycle.agreements.forms import AgreementsForm
from zetwpo.cycle.agreements.queries import agreements_of
from zetwpo.cycle.agreements.rules import Agreements, agreements_in
from zetwpo.cycle.agreements.words import in_words
from zetwpo.cycle.meetings.changing import meeting_to_change
from zetwpo.cycle.meetings.queries import MeetingCard, find_meeting
from zetwpo.cycle.meetings.rules import NextStep
from zetwpo.edits import Fields
from zetwpo.i18n import gettext as _
from zetwpo.web import see_other

routes = Blueprint("agreements", __name__, url_prefix="/meetings/<uuid:meeting_id>/agreements")


@routes.get("")
@needs(READ_TRAJECTORY)
def show(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """What stands there: a form for whoever leads the group, words for whoever takes part."""
    meeting = authorised(find_meeting(meeting_id))
    if not WRITE_AGREEMENTS.opens_to(get_actor(), meeting.facts):
        return _page(meeting)
    form = AgreementsForm(formdata=None)
    form.offer(meeting.trajectory.participants)
    form.show(_of_group(meeting).fields)
    return _page(meeting, form)


@routes.post("")
@needs(WRITE_AGREEMENTS)
def write(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Keep all of it; where a colleague changed the same part, let the sender choose."""
    meeting = meeting_to_change(meeting_id)
    form, taken = _take_in(meeting)
    if taken.status >= 400:
        return _page(meeting, form, form.show_refused(taken)), taken.status
    service.save(meeting, get_actor().person_id)
    step = NextStep(taken.fields["next_step"])
    flash(_("Saved."))
    if not step.asks_question or not LAY_QUESTIONS_TOGETHER.opens_to(get_actor(), meeting.facts):
        return see_other(url_for("agenda.meeting", meeting_id=meeting_id))
    # There the words of the question are recorded that the group goes on with.
    return see_other(url_for("common_question.next_question", meeting_id=meeting_id, agreed="yes"))


@routes.post("/autosave")
@needs(WRITE_AGREEMENTS)
def autosave(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Keep the fields that changed, while somebody writes."""
    meeting = meeting_to_change(meeting_id)
    form, taken = _take_in(meeting)
    return form.outcome(taken)


def _take_in(meeting: MeetingCard) -> tuple[AgreementsForm, Taken]:
    """Keep what came in, as far as it can be."""
    form = AgreementsForm()
    form.offer(meeting.trajectory.participants)
    taken = form.take_in(_of_group(meeting).fields)
    service.keep(meeting, agreements_in(taken.fields, meeting.facts.members))
    return form, taken


def _of_group(meeting: MeetingCard) -> Agreements:
    """What is stored, without who left the group."""
    stored = agreements_of(meeting.id)
    return agreements_in(stored.fields, meeting.facts.members)


def _page(
    meeting: MeetingCard, form: AgreementsForm | None = None, elsewhere: Fields | None = None
) -> str:
    return render_template(
        "cycle/agreements/agreements.html",
        meeting=meeting,
        trajectory=meeting.trajectory,
        agreed=in_words(meeting, agreements_of(meeting.id)),
        form=form,
        elsewhere=elsewhere or {},
    )
