"""The pages on which a facilitator plans: all dates with what is odd about each, and one by one."""

import uuid

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import LEAD_TRAJECTORY
from zetwpo.clock import ClockChanges, dutch, now
from zetwpo.cycle.meetings import service, words
from zetwpo.cycle.meetings.closed_days import breaks_from, free_days
from zetwpo.cycle.meetings.forms import AddForm, MoveForm
from zetwpo.cycle.meetings.holidays import holiday_on
from zetwpo.cycle.meetings.parts import Spot, parts_at
from zetwpo.cycle.meetings.queries import MeetingCard, MeetingRow, find_meeting, meetings_of
from zetwpo.cycle.meetings.schedule import oddities, planned_days
from zetwpo.cycle.meetings.service import FirstStays, HasBegun, NotThen, TooMany
from zetwpo.cycle.trajectories.changing import require_open, trajectory_to_change
from zetwpo.cycle.trajectories.queries import TrajectoryCard, find_trajectory
from zetwpo.edits import Fields, Overtaken
from zetwpo.i18n import gettext as _
from zetwpo.web import see_other

routes = Blueprint("meetings", __name__)


@routes.get("/trajectories/<uuid:trajectory_id>/dates")
@needs(LEAD_TRAJECTORY)
def plan(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """All meetings, and beside each what is odd about it."""
    return _plan(authorised(find_trajectory(trajectory_id)))


@routes.post("/trajectories/<uuid:trajectory_id>/dates")
@needs(LEAD_TRAJECTORY)
def add(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Plan one more."""
    trajectory = trajectory_to_change(trajectory_id)
    form = AddForm()
    if not form.validate():
        return _plan(trajectory, form), 422
    key = form.key_in(trajectory_id)
    try:
        is_new = service.add(trajectory, key, form.wish, get_actor().person_id)
    except NotThen as refusal:
        form.day.errors = [str(words.TROUBLES[refusal.trouble])]
        return _plan(trajectory, form), 422
    except FirstStays:
        form.day.errors = [_("The first meeting stays the first. Choose a later day.")]
        return _plan(trajectory, form), 422
    except TooMany:
        form.day.errors = [_("There is no room for more meetings. Start a next trajectory.")]
        return _plan(trajectory, form), 422
    if is_new:
        flash(_("The meeting is planned. Everybody in the trajectory gets an email about it."))
    return see_other(url_for(".plan", trajectory_id=trajectory_id))


@routes.get("/meetings/<uuid:meeting_id>/move")
@needs(LEAD_TRAJECTORY)
def edit(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """When it is, how long and where, to change that."""
    meeting = authorised(find_meeting(meeting_id))
    form = MoveForm(formdata=None)
    form.show(meeting.fields)
    return _move(meeting, form)


@routes.post("/meetings/<uuid:meeting_id>/move")
@needs(LEAD_TRAJECTORY)
def move(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Change that; where the other facilitator was faster, let the sender choose."""
    trajectory, meeting = _open_to_write(meeting_id)
    form = MoveForm()
    if not form.validate():
        return _move(meeting, form), 422
    try:
        is_changed = service.move(trajectory, meeting, form.sent, get_actor().person_id)
    except HasBegun:
        form.day.errors = [_has_begun()]
        return _move(meeting, form), 409
    except Overtaken as clash:
        return _move(meeting, form, form.let_choose(clash)), 409
    except NotThen as refusal:
        # What was not touched is as somebody else left it by now.
        form.let_choose(Overtaken((), meeting.fields))
        form.day.errors = [str(words.TROUBLES[refusal.trouble])]
        return _move(meeting, form), 422
    except ClockChanges as change:
        form.let_choose(Overtaken((), meeting.fields))
        form.begins.errors = [str(words.CLOCK_CHANGES[change.comes_twice])]
        return _move(meeting, form), 422
    if is_changed:
        flash(_("Saved. Everybody in the trajectory gets an email about it."))
    return see_other(url_for(".plan", trajectory_id=trajectory.id))


@routes.get("/meetings/<uuid:meeting_id>/cancel")
@needs(LEAD_TRAJECTORY)
def ask_cancel(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Say what cancelling means, and ask once more."""
    meeting = authorised(find_meeting(meeting_id))
    if _why_not_to_cancel(meeting):
        return see_other(url_for(".edit", meeting_id=meeting_id))
    return render_template(
        "cycle/meetings/cancel.html",
        trajectory=meeting.trajectory,
        meeting=meeting,
        when=words.when(meeting.slot),
        parts=parts_at(Spot.MOVING, meeting, get_actor()),
    )


@routes.post("/meetings/<uuid:meeting_id>/cancel")
@needs(LEAD_TRAJECTORY)
def cancel(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Cancel it."""
    trajectory, meeting = _open_to_write(meeting_id)
    try:
        service.drop(trajectory, meeting, get_actor().person_id)
    except (FirstStays, HasBegun):
        flash(_why_not_to_cancel(meeting), "error")
        return see_other(url_for(".edit", meeting_id=meeting_id))
    flash(
        _("The meeting is cancelled. Everybody in the trajectory gets an email about it."),
    )
    return see_other(url_for(".plan", trajectory_id=trajectory.id))


def _open_to_write(meeting_id: uuid.UUID) -> tuple[TrajectoryCard, MeetingCard]:
    """The meeting as it is once nobody else changes a date of its trajectory."""
    found = authorised(find_meeting(meeting_id))
    find_trajectory(found.trajectory_id, to_write=True)
    meeting = authorised(find_meeting(meeting_id))
    return require_open(meeting.trajectory), meeting


def _why_not_to_cancel(meeting: MeetingRow) -> str:
    """In a sentence; empty where it can be cancelled."""
    if meeting.starts_at <= now():
        return _has_begun()
    return _("The first meeting stays the first. You can move it.") if meeting.number == 1 else ""


def _has_begun() -> str:
    return _(
        "This meeting is going on or over, so it stays as it is. Did it not take "
        "place? Then plan one more."
    )


def _plan(trajectory: TrajectoryCard, form: AddForm | None = None) -> str:
    meetings = meetings_of(trajectory.id)
    if form is None:
        form = AddForm(formdata=None)
        _propose(trajectory, meetings, form)
    return render_template(
        "cycle/meetings/plan.html",
        trajectory=trajectory,
        form=form,
        meetings=list(zip(meetings, _odd(trajectory, meetings), strict=True)),
        now=now(),
    )


def _move(meeting: MeetingCard, form: MoveForm, elsewhere: Fields | None = None) -> str:
    meetings = meetings_of(meeting.trajectory_id)
    odd = dict(zip([each.id for each in meetings], _odd(meeting.trajectory, meetings), strict=True))
    return render_template(
        "cycle/meetings/move.html",
        trajectory=meeting.trajectory,
        meeting=meeting,
        odd=odd[meeting.id],
        form=form,
        elsewhere=elsewhere or {},
        has_begun=_has_begun() if meeting.starts_at <= now() else "",
        parts=parts_at(Spot.MOVING, meeting, get_actor()),
        may_cancel=not _why_not_to_cancel(meeting),
    )


def _odd(trajectory: TrajectoryCard, meetings: list[MeetingRow]) -> list[list[str]]:
    """What is odd about each of them, in sentences."""
    slots = [each.slot for each in meetings]
    if not slots:
        return []
    breaks = breaks_from(trajectory.partnership_id, slots[0].day)
    found = oddities(slots, breaks, holiday_on, now())
    return [[words.oddity(each) for each in about] for about in found]


def _propose(trajectory: TrajectoryCard, meetings: list[MeetingRow], form: AddForm) -> None:
    """Fill in what a next meeting would be: after the last one, at its time and place."""
    form.minutes.data = trajectory.meeting_minutes
    if not meetings:
        return
    last = meetings[-1]
    is_free = free_days(trajectory.partnership_id, last.slot.day)
    form.day.data = planned_days(last.slot.day, 2, trajectory.rhythm_weeks, is_free)[1]
    form.begins.data = dutch(last.starts_at).time()
    form.place.data = last.place
