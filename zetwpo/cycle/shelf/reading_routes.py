"""The page on which whoever leads a group chooses what is to be read for a meeting."""

import uuid
from collections.abc import Iterable

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import LEAD_TRAJECTORY
from zetwpo.cycle.meetings.changing import meeting_to_change
from zetwpo.cycle.meetings.queries import MeetingCard, find_meeting
from zetwpo.cycle.shelf import service
from zetwpo.cycle.shelf.forms import ReadingForm
from zetwpo.cycle.shelf.queries import ItemCard, Shelf, items_on, reading_for, shelf_of
from zetwpo.edits import Fields, Overtaken
from zetwpo.i18n import gettext as _
from zetwpo.i18n import ngettext
from zetwpo.web import see_other

routes = Blueprint("reading", __name__, url_prefix="/meetings/<uuid:meeting_id>/reading")


@routes.get("")
@needs(LEAD_TRAJECTORY)
def choose(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """All that lies on both shelves, to tick."""
    meeting = authorised(find_meeting(meeting_id))
    form, stored = _form(meeting, ReadingForm(formdata=None))
    form.show(stored)
    return _page(meeting, form)


@routes.post("")
@needs(LEAD_TRAJECTORY)
def keep(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Let what is ticked be read, and nothing else."""
    meeting = meeting_to_change(meeting_id)
    form, stored = _form(meeting, ReadingForm())
    form.validate()
    try:
        chosen = service.read_for(meeting_id, stored, form.sent, get_actor().person_id)
    except Overtaken as clash:
        return _page(meeting, form, form.let_choose(clash)), 409
    flash(
        ngettext(
            "One thing is to be read for this meeting.",
            "%(num)s things are to be read for this meeting.",
            len(chosen),
        )
        if chosen
        else _("Nothing is to be read for this meeting.")
    )
    return see_other(url_for("agenda.meeting", meeting_id=meeting_id))


def _form(meeting: MeetingCard, form: ReadingForm) -> tuple[ReadingForm, Fields]:
    """The form with what lies on both shelves, and what of it is to be read by now."""
    shelf = shelf_of(meeting.trajectory)
    here = items_on(shelf) if shelf else []
    there = items_on(Shelf(shelf.partnership, None)) if shelf else []
    form.offer(here, there)
    chosen = {each.id for each in reading_for([meeting.id])[meeting.id]}
    return form, {"here": _ticked(here, chosen), "there": _ticked(there, chosen)}


def _ticked(items: Iterable[ItemCard], chosen: set[uuid.UUID]) -> str:
    """Those of them, as the field has them."""
    return " ".join(sorted(str(each.id) for each in items if each.id in chosen))


def _page(meeting: MeetingCard, form: ReadingForm, elsewhere: Fields | None = None) -> str:
    return render_template(
        "cycle/shelf/reading.html",
        trajectory=meeting.trajectory,
        meeting=meeting,
        form=form,
        elsewhere=elsewhere or {},
    )
