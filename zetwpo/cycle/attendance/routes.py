"""The page on which is noted who was there; each participant finds their own line on it."""

import uuid

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import READ_TRAJECTORY, RECORD_ATTENDANCE
from zetwpo.clock import now
from zetwpo.cycle.attendance import service
from zetwpo.cycle.attendance.queries import lines_of, own_presence
from zetwpo.cycle.attendance.rules import (
    DOORS_OPEN,
    NotedElsewhere,
    Presence,
    Tap,
    TooEarly,
    open_presences,
    read_tap,
)
from zetwpo.cycle.attendance.service import NotExpected
from zetwpo.cycle.attendance.words import BUTTONS, OWN_WORDS, WORDS
from zetwpo.cycle.meetings.changing import meeting_to_change
from zetwpo.cycle.meetings.queries import MeetingCard, find_meeting
from zetwpo.fields import StrangeButton
from zetwpo.i18n import clock_time, duration, ngettext, weekday
from zetwpo.i18n import gettext as _
from zetwpo.web import see_other

routes = Blueprint("attendance", __name__, url_prefix="/meetings/<uuid:meeting_id>/attendance")


@routes.get("")
@needs(READ_TRAJECTORY)
def overview(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Everybody with what is noted, for whoever leads it; the own line for whoever takes part."""
    return _page(authorised(find_meeting(meeting_id)))


@routes.post("")
@needs(RECORD_ATTENDANCE)
def note(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Note one person, by one tap; where a colleague was faster, show that first."""
    meeting = meeting_to_change(meeting_id)
    tap = _tap_sent()
    try:
        service.note(meeting, tap.person_id, tap.wanted, tap.seen, get_actor().person_id)
    except TooEarly:
        return _page(meeting, tap, _too_early(meeting)), 422
    except NotedElsewhere as faster:
        return _page(meeting, tap, _noted_elsewhere(faster.noted)), 409
    except NotExpected:
        return _page(meeting, None, _("This person is not in the group at this meeting.")), 422
    return _back(meeting, f"p-{tap.person_id}")


@routes.post("/others")
@needs(RECORD_ATTENDANCE)
def note_others(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Note as present everybody who is not noted yet."""
    meeting = meeting_to_change(meeting_id)
    try:
        count = service.note_others_present(meeting, get_actor().person_id)
    except TooEarly:
        return _page(meeting, None, _too_early(meeting)), 422
    flash(
        ngettext("One person is noted as present.", "%(num)s people are noted as present.", count)
        if count
        else _("Everybody was noted already.")
    )
    return _back(meeting, "attendance")


def _tap_sent() -> Tap:
    try:
        return read_tap(request.form.get("tap", ""))
    except ValueError:
        raise StrangeButton(
            _("Go back to the meeting and choose again. Nothing changed.")
        ) from None


def _too_early(meeting: MeetingCard) -> str:
    return _(
        "This meeting begins on %(day)s at %(time)s. Until %(before)s before it you can only note "
        "who said that they cannot come.",
        day=weekday(meeting.starts_at),
        time=clock_time(meeting.starts_at),
        before=duration(DOORS_OPEN),
    )


def _noted_elsewhere(noted: Presence | None) -> str:
    return _(
        "In the meantime somebody else made it: %(noted)s. Do you know better? Then tap once more.",
        noted=WORDS[noted],
    )


def _back(meeting: MeetingCard, anchor: str) -> ResponseReturnValue:
    """To the place on the page where was tapped."""
    return see_other(url_for(".overview", meeting_id=meeting.id, _anchor=anchor))


def _page(meeting: MeetingCard, tap: Tap | None = None, problem: str = "") -> str:
    actor = get_actor()
    if not RECORD_ATTENDANCE.opens_to(actor, meeting.facts):
        own = OWN_WORDS[own_presence(meeting.id, actor.person_id)]
        return _filled(meeting, own=own, lines=None)
    lines, offered = lines_of(meeting), open_presences(meeting.starts_at, now())
    return _filled(
        meeting,
        lines=lines,
        buttons={each: words for each, words in BUTTONS.items() if each in offered},
        words=WORDS,
        Tap=Tap,
        has_others=Presence.PRESENT in offered and any(each.noted is None for each in lines),
        problem=problem,
        about=tap.person_id if tap else None,
    )


def _filled(meeting: MeetingCard, **values: object) -> str:
    return render_template(
        "cycle/attendance/overview.html", meeting=meeting, trajectory=meeting.trajectory, **values
    )
