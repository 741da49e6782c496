"""The page of what a meeting leaves behind."""

import uuid
from collections.abc import Mapping

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import READ_TRAJECTORY, WRITE_AGREEMENTS
from zetwpo.autosaving import Taken
from zetwpo.cycle.agreements import service
from zetwpo.cycle.agreements.forms import STEPS, AgreementsForm
from zetwpo.cycle.agreements.queries import agreements_of
from zetwpo.cycle.agreements.rules import Agreements, agreements_in
from zetwpo.cycle.meetings.queries import MeetingCard, find_meeting
from zetwpo.edits import Fields
from zetwpo.i18n import gettext as _
from zetwpo.i18n import listed
from zetwpo.web import local_path, see_other

routes = Blueprint("agreements", __name__, url_prefix="/meetings/<uuid:meeting_id>/agreements")


@routes.get("")
@needs(READ_TRAJECTORY)
def show(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """What stands there: a form for whoever leads the group, words for whoever takes part."""
    meeting = authorised(find_meeting(meeting_id))
    return _page(meeting, shown(meeting))


@routes.post("")
@needs(WRITE_AGREEMENTS)
def write(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Keep all of it; where a colleague changed the same part, let the sender choose."""
    meeting = authorised(find_meeting(meeting_id, to_write=True))
    form, taken = _take_in(meeting)
    if taken.status >= 400:
        elsewhere = form.show_refused(taken)
        return _page(meeting, shown(meeting, form, elsewhere)), taken.status
    service.save(meeting, get_actor().person_id)
    flash(_("Saved."))
    here = url_for(".show", meeting_id=meeting_id)
    return see_other(local_path(request.form.get("next"), here))


@routes.post("/autosave")
@needs(WRITE_AGREEMENTS)
def autosave(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Keep the fields that changed, while somebody writes."""
    meeting = authorised(find_meeting(meeting_id, to_write=True))
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


def shown(
    meeting: MeetingCard, form: AgreementsForm | None = None, elsewhere: Fields | None = None
) -> Mapping[str, object]:
    """What the part of a page about agreements is filled in with, for whoever is signed in."""
    agreements, people = _of_group(meeting), meeting.trajectory.participants
    may_write = WRITE_AGREEMENTS.opens_to(get_actor(), meeting.facts)
    if may_write and form is None:
        form = AgreementsForm(formdata=None)
        form.offer(people)
        form.show(agreements.fields)
    return {
        "agreements": agreements,
        "bringers": listed([each.name for each in people if each.id in agreements.bringers]),
        "step": STEPS[agreements.next_step],
        "form": form,
        "elsewhere": elsewhere or {},
    }


def _page(meeting: MeetingCard, values: Mapping[str, object]) -> str:
    return render_template(
        "cycle/agreements/agreements.html",
        meeting=meeting,
        trajectory=meeting.trajectory,
        here=url_for(".show", meeting_id=meeting.id),
        **values,
    )
