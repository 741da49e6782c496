"""The pages of school breaks."""

import uuid

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs, takes_file
from zetwpo.accounts.policy import PLAN_BREAKS
from zetwpo.accounts.queries import PartnershipCard, find_partnership_card
from zetwpo.clock import today
from zetwpo.i18n import gettext as _
from zetwpo.i18n import lazy_gettext, listed, ngettext
from zetwpo.partnerships.breaks import service
from zetwpo.partnerships.breaks.calendar_file import (
    CalendarReading,
    NotACalendar,
    Unreadable,
    read_calendar,
)
from zetwpo.partnerships.breaks.forms import (
    LARGEST_CALENDAR,
    BreakForm,
    CalendarForm,
    mark_of,
    packed_events,
    sent_events,
)
from zetwpo.partnerships.breaks.preview import left_out_of, rows_for
from zetwpo.partnerships.breaks.queries import BreakCard, find_break
from zetwpo.partnerships.breaks.rules import MOST_BREAKS, Event, overlapping
from zetwpo.partnerships.breaks.service import ThereAlready, TooMany
from zetwpo.web import see_other

routes = Blueprint("breaks", __name__, url_prefix="/partnerships/<uuid:partnership_id>/breaks")

UNREADABLE = {
    Unreadable.EMPTY: lazy_gettext("Choose a file, or paste what stands in it."),
    Unreadable.WEB_PAGE: lazy_gettext(
        "This is a web page and not a calendar. Look on that page for a link to a calendar, often "
        "called ics, iCal or subscribe, and save what it leads to."
    ),
    Unreadable.NO_CALENDAR: lazy_gettext(
        "This is not a calendar: it does not begin with BEGIN:VCALENDAR. Save the calendar as an "
        ".ics file, or fill in the breaks one by one."
    ),
    Unreadable.BROKEN: lazy_gettext(
        "This calendar cannot be read: something in it is broken or missing. Download it once "
        "more, or fill in the breaks one by one."
    ),
    Unreadable.TOO_MANY: lazy_gettext(
        "There are too many events in this calendar. Export only those of the school breaks."
    ),
}


@routes.get("")
@needs(PLAN_BREAKS)
def overview(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """The breaks, with a form to add one."""
    partnership = authorised(find_partnership_card(partnership_id))
    return _list(partnership, BreakForm(formdata=None))


@routes.post("")
@needs(PLAN_BREAKS)
def add(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """Write down one."""
    partnership = authorised(find_partnership_card(partnership_id))
    form = BreakForm()
    if not form.validate():
        return _list(partnership, form), 422
    try:
        is_new = service.add(partnership_id, form.event, get_actor().person_id)
    except TooMany:
        form.name.errors = [_no_room()]
        return _list(partnership, form), 422
    if is_new:
        flash(_("%(name)s is added.", name=form.event.name))
        _tell_of_overlap(partnership_id, form.event)
    else:
        flash(_("%(name)s is in the list already, on the same days.", name=form.event.name))
    return see_other(url_for(".overview", partnership_id=partnership_id))


@routes.get("/<uuid:break_id>")
@needs(PLAN_BREAKS)
def edit(partnership_id: uuid.UUID, break_id: uuid.UUID) -> ResponseReturnValue:
    """Its name and days, to change or delete it."""
    partnership, found = _open(partnership_id, break_id)
    form = BreakForm(formdata=None)
    form.show(found.event)
    return _one(partnership, found, form)


@routes.post("/<uuid:break_id>")
@needs(PLAN_BREAKS)
def change(partnership_id: uuid.UUID, break_id: uuid.UUID) -> ResponseReturnValue:
    """Change it; where somebody else was faster, let the sender choose."""
    partnership, found = _open(partnership_id, break_id, to_write=True)
    form = BreakForm()
    if not form.validate():
        return _one(partnership, found, form), 422
    if mark_of(found.event) not in {form.seen.data, mark_of(form.event)}:
        form.show_mark(found.event)
        form.name.errors = [_("Somebody else changed this; see below. Save to keep yours.")]
        return _one(partnership, found, form, is_overtaken=True), 409
    try:
        service.change(found, form.event, get_actor().person_id)
    except ThereAlready:
        form.name.errors = [_("Another break has this name and these days.")]
        return _one(partnership, found, form), 422
    flash(_("Saved."))
    _tell_of_overlap(partnership_id, form.event, but=found.id)
    return see_other(url_for(".overview", partnership_id=partnership_id))


@routes.post("/<uuid:break_id>/delete")
@needs(PLAN_BREAKS)
def delete(partnership_id: uuid.UUID, break_id: uuid.UUID) -> ResponseReturnValue:
    """Delete it, as its page showed it."""
    partnership, found = _open(partnership_id, break_id, to_write=True)
    if request.form.get("seen") != mark_of(found.event):
        form = BreakForm(formdata=None)
        form.show(found.event)
        form.form_errors = [_("Somebody else changed this. Look at it again, and then delete it.")]
        return _one(partnership, found, form), 409
    service.delete(found, get_actor().person_id)
    flash(_("%(name)s is deleted.", name=found.name))
    return see_other(url_for(".overview", partnership_id=partnership_id))


@routes.get("/import")
@needs(PLAN_BREAKS)
def bring_in(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """Ask for a calendar."""
    partnership = authorised(find_partnership_card(partnership_id))
    return _calendar_page(partnership, CalendarForm(formdata=None))


@routes.post("/import")
@takes_file(LARGEST_CALENDAR)
@needs(PLAN_BREAKS)
def preview(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """Show what is in the calendar, to choose from. Nothing is stored."""
    partnership = authorised(find_partnership_card(partnership_id))
    form = CalendarForm()
    if not form.validate():
        return _calendar_page(partnership, form), 422
    try:
        reading = read_calendar(form.content, today())
    except NotACalendar as refusal:
        form.file.errors = [str(UNREADABLE[refusal.why])]
        return _calendar_page(partnership, form), 422
    if not reading.events:
        form.file.errors = [_nothing_ahead(reading)]
        return _calendar_page(partnership, form), 422
    return _preview_page(partnership, reading)


@routes.post("/import/choose")
@needs(PLAN_BREAKS)
def take_over(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """Write down what was chosen."""
    partnership = authorised(find_partnership_card(partnership_id))
    events, taken = sent_events()
    reading = CalendarReading(tuple(events))
    if not taken:
        problem = _("Tick at least one. Is there no school break among these? Then go back.")
        return _preview_page(partnership, reading, taken, problem), 422
    chosen = [events[place] for place in sorted(taken)]
    try:
        done = service.take_over(partnership_id, chosen, get_actor().person_id)
    except TooMany:
        return _preview_page(partnership, reading, taken, _no_room()), 422
    added = ngettext("%(num)s break is added.", "%(num)s breaks are added.", done.added)
    changed = ngettext("%(num)s break is changed.", "%(num)s breaks are changed.", done.changed)
    parts = [added] * bool(done.added) + [changed] * bool(done.changed)
    flash(" ".join(parts) or _("Everything that you ticked is in the list already."))
    return see_other(url_for(".overview", partnership_id=partnership_id))


def _open(
    partnership_id: uuid.UUID, break_id: uuid.UUID, *, to_write: bool = False
) -> tuple[PartnershipCard, BreakCard]:
    partnership = authorised(find_partnership_card(partnership_id))
    found = find_break(break_id, to_write=to_write)
    # Of another partnership of the same person: here there is no such break.
    is_here = found is not None and found.partnership_id == partnership_id
    return partnership, authorised(found if is_here else None)


def _tell_of_overlap(
    partnership_id: uuid.UUID, event: Event, *, but: uuid.UUID | None = None
) -> None:
    """Schools of one partnership can have breaks at different times: it is told, not refused."""
    others = [
        each
        for each in overlapping(event, service.all_breaks(partnership_id))
        if each.id != but and each.event != event
    ]
    if others:
        names = listed([each.name for each in others])
        flash(_("It shares days with %(names)s. That may be right: check it.", names=names))


def _no_room() -> str:
    return _("There is room for %(most)s breaks. Delete some that are over.", most=MOST_BREAKS)


def _nothing_ahead(reading: CalendarReading) -> str:
    left_out = left_out_of(reading)
    if not left_out:
        return _("There is no event in this calendar.")
    return " ".join([_("There is nothing to choose from in this calendar."), *left_out])


def _list(partnership: PartnershipCard, form: BreakForm) -> str:
    breaks = service.all_breaks(partnership.id)
    return render_template(
        "partnerships/breaks/overview.html",
        partnership=partnership,
        form=form,
        ahead=[each for each in breaks if each.last_day >= today()],
        over=[each for each in breaks if each.last_day < today()],
    )


def _one(
    partnership: PartnershipCard, found: BreakCard, form: BreakForm, *, is_overtaken: bool = False
) -> str:
    return render_template(
        "partnerships/breaks/break.html",
        partnership=partnership,
        found=found,
        shown=mark_of(found.event),
        form=form,
        is_overtaken=is_overtaken,
    )


def _calendar_page(partnership: PartnershipCard, form: CalendarForm) -> str:
    return render_template("partnerships/breaks/calendar.html", partnership=partnership, form=form)


def _preview_page(
    partnership: PartnershipCard,
    reading: CalendarReading,
    taken: set[int] | None = None,
    problem: str = "",
) -> str:
    stored = [each.event for each in service.all_breaks(partnership.id)]
    return render_template(
        "partnerships/breaks/preview.html",
        partnership=partnership,
        rows=rows_for(reading.events, stored, taken),
        packed=packed_events(reading.events),
        left_out=left_out_of(reading),
        problem=problem,
    )
