"""The pages of a practice note."""

import uuid

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import READ_OWN_WORK, TAKE_BACK_OWN, TAKE_PART, WRITE_OWN_WORK
from zetwpo.cycle.audience.forms import ReadersForm
from zetwpo.cycle.audience.words import names, read_by
from zetwpo.cycle.meetings.queries import find_meeting
from zetwpo.cycle.practice import service
from zetwpo.cycle.practice.forms import NoteForm
from zetwpo.cycle.practice.queries import NoteCard, find_note
from zetwpo.edits import Fields
from zetwpo.i18n import gettext as _
from zetwpo.web import see_other

routes = Blueprint("practice", __name__)


@routes.post("/meetings/<uuid:meeting_id>/practice-notes")
@needs(TAKE_PART)
def begin(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Go to an empty note."""
    meeting = authorised(find_meeting(meeting_id))
    note_id = service.begin(meeting, get_actor().person_id)
    return see_other(url_for(".show", note_id=note_id))


@routes.get("/practice-notes/<uuid:note_id>")
@needs(READ_OWN_WORK)
def show(note_id: uuid.UUID) -> ResponseReturnValue:
    """One's own note, to write."""
    note = authorised(find_note(note_id))
    form = NoteForm(formdata=None)
    form.show(note.fields)
    return _page(note, form)


@routes.post("/practice-notes/<uuid:note_id>")
@needs(WRITE_OWN_WORK)
def save(note_id: uuid.UUID) -> ResponseReturnValue:
    """Keep what is written."""
    note = authorised(find_note(note_id, to_write=True))
    form = NoteForm()
    taken = form.take_in(note.fields)
    service.keep(note, taken.fields)
    if taken.status >= 400:
        return _page(note, form, form.show_refused(taken)), taken.status
    flash(_("Your note is saved."))
    return see_other(url_for("mine.show", trajectory_id=note.trajectory.id))


@routes.post("/practice-notes/<uuid:note_id>/autosave")
@needs(WRITE_OWN_WORK)
def autosave(note_id: uuid.UUID) -> ResponseReturnValue:
    """Keep the fields that changed, while somebody writes."""
    note = authorised(find_note(note_id, to_write=True))
    form = NoteForm()
    taken = form.take_in(note.fields)
    service.keep(note, taken.fields)
    return form.outcome(taken)


@routes.get("/practice-notes/<uuid:note_id>/readers")
@needs(TAKE_BACK_OWN)
def readers(note_id: uuid.UUID) -> ResponseReturnValue:
    """Who reads it, and who else could."""
    note = authorised(find_note(note_id))
    form = ReadersForm(formdata=None, audience=note.audience)
    form.offer(note)
    return _readers_page(note, form)


@routes.post("/practice-notes/<uuid:note_id>/readers")
@needs(TAKE_BACK_OWN)
def choose_readers(note_id: uuid.UUID) -> ResponseReturnValue:
    """Let others read it, or nobody any more."""
    note = authorised(find_note(note_id, to_write=True))
    form = ReadersForm()
    form.offer(note)
    if not form.validate():
        return _readers_page(note, form), 422
    service.let_read(note, form.chosen)
    flash(_("Saved. It holds from now on."))
    return see_other(url_for(".show", note_id=note_id))


@routes.post("/practice-notes/<uuid:note_id>/delete")
@needs(TAKE_BACK_OWN)
def delete(note_id: uuid.UUID) -> ResponseReturnValue:
    """Delete it for good."""
    note = authorised(find_note(note_id, to_write=True))
    service.delete(note)
    flash(_("Your note is deleted."))
    return see_other(url_for("mine.show", trajectory_id=note.trajectory.id))


@routes.get("/practice-notes/<uuid:note_id>/delete")
@needs(TAKE_BACK_OWN)
def ask_delete(note_id: uuid.UUID) -> ResponseReturnValue:
    """Ask once more."""
    note = authorised(find_note(note_id))
    return render_template("cycle/practice/delete.html", trajectory=note.trajectory, note=note)


def _page(note: NoteCard, form: NoteForm, elsewhere: Fields | None = None) -> str:
    for name in form.edited:
        form[name].readers = read_by(note)
    return render_template(
        "cycle/practice/note.html",
        trajectory=note.trajectory,
        note=note,
        form=form,
        elsewhere=elsewhere or {},
        may_write=WRITE_OWN_WORK.opens_to(get_actor(), note.facts),
        read_by=names(note.readers),
    )


def _readers_page(note: NoteCard, form: ReadersForm) -> str:
    return render_template(
        "cycle/practice/readers.html",
        trajectory=note.trajectory,
        note=note,
        form=form,
        read_by=read_by(note),
    )
