"""The pages on which a facilitator writes a recap, looks at it, and sends it."""

import uuid

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from zetwpo import marks
from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import WRITE_RECAP
from zetwpo.autosaving import AutosavedForm, Taken
from zetwpo.clock import now
from zetwpo.cycle.meetings.changing import meeting_to_change
from zetwpo.cycle.meetings.queries import find_meeting
from zetwpo.cycle.recaps import rules, service
from zetwpo.cycle.recaps.forms import CorrectionForm, RecapForm
from zetwpo.cycle.recaps.queries import Recap, recap_of
from zetwpo.cycle.recaps.rules import Trouble
from zetwpo.cycle.recaps.service import CannotSend, Changed, WasSent
from zetwpo.cycle.recaps.words import TROUBLES
from zetwpo.edits import Fields
from zetwpo.errors import NextPage, Refusal
from zetwpo.i18n import gettext as _
from zetwpo.web import see_other

routes = Blueprint("recaps", __name__, url_prefix="/meetings/<uuid:meeting_id>/recap")


@routes.get("")
@needs(WRITE_RECAP)
def show(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """What it says so far; once it was sent, what was sent and room to put it right."""
    recap = recap_of(authorised(find_meeting(meeting_id)))
    form = CorrectionForm(formdata=None) if recap.is_sent else RecapForm(formdata=None)
    form.show(recap.fields)
    return _page(recap, form)


@routes.post("")
@needs(WRITE_RECAP)
def write(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Keep it, and show how it would be sent; where a colleague sent it first, what is not in it.

    Where a colleague changed the same part, the sender chooses.
    """
    recap, form = _to_write(meeting_id), RecapForm()
    if recap.is_sent:
        return _late(recap, form), 409
    return _keep(recap, form)


@routes.post("/autosave")
@needs(WRITE_RECAP)
def autosave(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Keep the parts that changed, while somebody writes."""
    recap, form = _to_write(meeting_id), RecapForm()
    if recap.is_sent:
        sent = form.sent
        return form.outcome(Taken(sent, recap.letter.texts, set(sent.fields), has_strangers=False))
    return form.outcome(_take_in(recap, form))


@routes.post("/correction")
@needs(WRITE_RECAP)
def write_correction(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """The same for what was not right in it."""
    return _keep(_sent_to_write(meeting_id), CorrectionForm())


@routes.post("/correction/autosave")
@needs(WRITE_RECAP)
def autosave_correction(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Keep it while somebody writes."""
    form = CorrectionForm()
    return form.outcome(_take_in(_sent_to_write(meeting_id), form))


@routes.get("/preview")
@needs(WRITE_RECAP)
def preview(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """What would be sent, and to whom."""
    return _preview(recap_of(authorised(find_meeting(meeting_id))))


@routes.post("/send")
@needs(WRITE_RECAP)
def send(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Send it, as it was shown; two who send it at once send one."""
    recap = recap_of(meeting_to_change(meeting_id))
    try:
        service.send(recap, request.form.get("seen", ""), get_actor().person_id)
    except CannotSend:
        return _preview(recap), 422
    except Changed:
        return _preview(recap, is_changed=True), 409
    except WasSent:
        flash(_("It was sent already. Everybody gets it once."))
    else:
        flash(_("The recap goes to everybody in the group."))
    return see_other(url_for("agenda.meeting", meeting_id=meeting_id))


@routes.post("/correct")
@needs(WRITE_RECAP)
def correct(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Send what was not right in it."""
    recap = _sent_to_write(meeting_id)
    try:
        service.correct(recap, request.form.get("seen", ""), get_actor().person_id)
    except Changed:
        return _preview(recap, is_changed=True), 409
    except WasSent:
        flash(_("It was sent already. Everybody gets it once."))
    else:
        flash(_("The correction goes to everybody in the group."))
    return see_other(url_for("agenda.meeting", meeting_id=meeting_id))


def _to_write(meeting_id: uuid.UUID) -> Recap:
    """The recap, with others kept off. Raises Refusal before its meeting."""
    meeting = meeting_to_change(meeting_id)
    if now() < meeting.starts_at:
        back = NextPage("agenda.meeting", _("To the meeting"), {"meeting_id": meeting_id})
        raise Refusal(_("This meeting is still to come"), TROUBLES[Trouble.NOT_YET], back)
    return recap_of(meeting)


def _sent_to_write(meeting_id: uuid.UUID) -> Recap:
    recap = _to_write(meeting_id)
    if not recap.is_sent:
        back = NextPage("recaps.show", _("To the recap"), {"meeting_id": meeting_id})
        raise Refusal(
            _("This recap was not sent yet"), _("As long as that is so you can change it."), back
        )
    return recap


def _keep(recap: Recap, form: AutosavedForm) -> ResponseReturnValue:
    taken = _take_in(recap, form)
    if taken.status >= 400:
        return _page(recap, form, form.show_refused(taken)), taken.status
    return see_other(url_for(".preview", meeting_id=recap.meeting.id))


def _take_in(recap: Recap, form: AutosavedForm) -> Taken:
    """Keep what came in, as far as it can be."""
    taken = form.take_in(recap.fields)
    service.keep(recap, taken.fields)
    return taken


def _page(
    recap: Recap,
    form: AutosavedForm,
    elsewhere: Fields | None = None,
    late: Fields | None = None,
) -> str:
    return render_template(
        "cycle/recaps/recap.html",
        recap=recap,
        meeting=recap.meeting,
        trajectory=recap.meeting.trajectory,
        form=form,
        elsewhere=elsewhere or {},
        late=late or {},
        is_ahead=now() < recap.meeting.starts_at,
    )


def _late(recap: Recap, sent: RecapForm) -> str:
    """What somebody wrote in a recap that was sent meanwhile: theirs to keep, in no letter."""
    form = CorrectionForm(formdata=None)
    form.show(recap.fields)
    words = {
        str(sent[name].label.text): text for name, text in sent.sent.touched.items() if text.strip()
    }
    return _page(recap, form, late=words)


def _preview(recap: Recap, *, is_changed: bool = False) -> str:
    meeting = recap.meeting
    trouble = rules.trouble_with(
        recap.letter, meeting.starts_at, len(meeting.trajectory.keys_taking_part), now()
    )
    return render_template(
        "cycle/recaps/preview.html",
        recap=recap,
        meeting=meeting,
        trajectory=meeting.trajectory,
        trouble=TROUBLES[trouble] if trouble and not recap.is_sent else "",
        seen=marks.digest(recap.correction) if recap.is_sent else recap.letter.mark,
        is_changed=is_changed,
    )
