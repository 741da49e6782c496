"""The page of a meeting, and how its facilitators change the agenda."""

import uuid

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import LEAD_TRAJECTORY, READ_TRAJECTORY
from zetwpo.clock import now
from zetwpo.cycle.agenda import service
from zetwpo.cycle.agenda.dividing import STEP
from zetwpo.cycle.agenda.forms import (
    BlockForm,
    NewBlockForm,
    key_sent,
    minutes_in_words,
    number_sent,
    strange_button,
)
from zetwpo.cycle.agenda.queries import (
    BlockInMeeting,
    find_block,
    programme_of,
)
from zetwpo.cycle.agenda.rules import MOST_BLOCKS, Elsewhere, Gone, TooMany, stepped
from zetwpo.cycle.agenda.service import NoSuchMethod
from zetwpo.cycle.agenda.words import balance_of, sum_of
from zetwpo.cycle.meetings.changing import meeting_to_change
from zetwpo.cycle.meetings.parts import Spot, parts_at
from zetwpo.cycle.meetings.queries import MeetingCard, find_meeting
from zetwpo.edits import Fields, Overtaken
from zetwpo.i18n import gettext as _
from zetwpo.web import see_other

routes = Blueprint("agenda", __name__, url_prefix="/meetings/<uuid:meeting_id>")


@routes.get("")
@needs(READ_TRAJECTORY)
def meeting(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """When and where, about which question, and the agenda."""
    found = authorised(find_meeting(meeting_id))
    programme = programme_of(found)
    return render_template(
        "cycle/agenda/meeting.html",
        trajectory=found.trajectory,
        meeting=found,
        programme=programme,
        number_now=programme.number_now(now()),
        standing=found.standing(now()),
        balance=balance_of(programme.weighed),
        leads=LEAD_TRAJECTORY.opens_to(get_actor(), found.facts),
        questions=parts_at(Spot.QUESTION, found, get_actor()),
        parts=parts_at(Spot.PAGE, found, get_actor()),
    )


@routes.get("/agenda")
@needs(LEAD_TRAJECTORY)
def edit(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """The agenda with its buttons, before the meeting and while it goes on."""
    return _agenda(authorised(find_meeting(meeting_id)))


@routes.post("/agenda/add")
@needs(LEAD_TRAJECTORY)
def add(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Add a block."""
    found = meeting_to_change(meeting_id)
    form = NewBlockForm()
    form.offer(programme_of(found))
    if not form.validate():
        return _agenda(found, form), 422
    block = form.block_in(meeting_id)
    try:
        service.add(found, block, form.before_id, get_actor().person_id)
    except Gone:
        return _gone(found)
    except TooMany:
        form.kind.errors = [_("There is room for %(most)s blocks.", most=MOST_BLOCKS)]
        return _agenda(found, form), 422
    return _back(found, block.id)


@routes.post("/agenda/fit")
@needs(LEAD_TRAJECTORY)
def fit(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Let the minutes add up."""
    found = meeting_to_change(meeting_id)
    service.fit(found, get_actor().person_id)
    return see_other(url_for(".edit", meeting_id=meeting_id))


@routes.post("/blocks/<uuid:block_id>/minutes")
@needs(LEAD_TRAJECTORY)
def set_minutes(meeting_id: uuid.UUID, block_id: uuid.UUID) -> ResponseReturnValue:
    """Let a block last so long: what the button said, and not once more on a second click."""
    found = _block_to_change(meeting_id, block_id).programme.meeting
    minutes, seen = (number_sent(request.form.get(name)) for name in ("minutes", "shown"))
    try:
        service.set_minutes(found, block_id, minutes, seen, get_actor().person_id)
    except Elsewhere as faster:
        other = minutes_in_words(faster.block.minutes)
        said = _("Somebody else was faster: this block takes %(minutes)s now.", minutes=other)
        return _agenda(found, problem=said), 409
    return _back(found, block_id)


@routes.post("/blocks/<uuid:block_id>/move")
@needs(LEAD_TRAJECTORY)
def move(meeting_id: uuid.UUID, block_id: uuid.UUID) -> ResponseReturnValue:
    """Put a block right before another one."""
    found = _block_to_change(meeting_id, block_id).programme.meeting
    before_id = key_sent(request.form.get("before"))
    # The button down sends the next block up; where one looks stays what one moved.
    shown = key_sent(request.form.get("shown"))
    try:
        service.move(found, block_id, before_id, get_actor().person_id)
    except Gone:
        return _gone(found)
    return _back(found, shown)


@routes.post("/blocks/<uuid:block_id>/drop")
@needs(LEAD_TRAJECTORY)
def drop(meeting_id: uuid.UUID, block_id: uuid.UUID) -> ResponseReturnValue:
    """Leave a block out; it waits below the agenda."""
    found = _block_to_change(meeting_id, block_id).programme.meeting
    service.drop(found, block_id, get_actor().person_id)
    return see_other(url_for(".edit", meeting_id=meeting_id, _anchor="dropped"))


@routes.post("/blocks/<uuid:block_id>/put-back")
@needs(LEAD_TRAJECTORY)
def put_back(meeting_id: uuid.UUID, block_id: uuid.UUID) -> ResponseReturnValue:
    """Put it back where it was."""
    found = _block_to_change(meeting_id, block_id).programme.meeting
    service.drop(found, block_id, get_actor().person_id, is_dropped=False)
    return _back(found, block_id)


@routes.get("/blocks/<uuid:block_id>")
@needs(LEAD_TRAJECTORY)
def block(meeting_id: uuid.UUID, block_id: uuid.UUID) -> ResponseReturnValue:
    """What a block is, to change it."""
    found = authorised(find_meeting(meeting_id))
    one = authorised(find_block(found, block_id))
    form = BlockForm(formdata=None)
    form.offer(one.programme, one.shown.block)
    form.show(one.fields)
    return _block(one, form)


@routes.post("/blocks/<uuid:block_id>")
@needs(LEAD_TRAJECTORY)
def change(meeting_id: uuid.UUID, block_id: uuid.UUID) -> ResponseReturnValue:
    """Change it; where somebody else was faster, let the sender choose."""
    one = _block_to_change(meeting_id, block_id)
    form = BlockForm()
    form.offer(one.programme, one.shown.block)
    if not form.validate():
        return _block(one, form), 422
    try:
        service.change(one.programme.meeting, block_id, form.sent, get_actor().person_id)
    except Overtaken as clash:
        return _block(one, form, form.let_choose(clash)), 409
    flash(_("Saved."))
    return _back(one.programme.meeting, block_id)


@routes.post("/blocks/<uuid:block_id>/method")
@needs(LEAD_TRAJECTORY)
def choose_method(meeting_id: uuid.UUID, block_id: uuid.UUID) -> ResponseReturnValue:
    """Do a block with the method whose card somebody reads in the library."""
    one = _block_to_change(meeting_id, block_id)
    key, found = request.form.get("method", ""), one.programme.meeting
    try:
        service.choose_method(found, block_id, key, get_actor().person_id)
    except NoSuchMethod:
        raise strange_button() from None
    flash(_("The card is in the agenda. Look whether the minutes still fit."))
    return _back(found, block_id)


def _block_to_change(meeting_id: uuid.UUID, block_id: uuid.UUID) -> BlockInMeeting:
    return authorised(find_block(meeting_to_change(meeting_id), block_id))


def _back(found: MeetingCard, block_id: uuid.UUID) -> ResponseReturnValue:
    """To the agenda, at this block."""
    return see_other(url_for(".edit", meeting_id=found.id, _anchor=f"block-{block_id}"))


def _gone(found: MeetingCard) -> ResponseReturnValue:
    said = _("This block is no longer in the agenda. Below is how it stands now.")
    return _agenda(found, problem=said), 409


def _agenda(found: MeetingCard, form: NewBlockForm | None = None, problem: str = "") -> str:
    programme = programme_of(found)
    if form is None:
        form = NewBlockForm(formdata=None)
        form.offer(programme)
    return render_template(
        "cycle/agenda/agenda.html",
        trajectory=found.trajectory,
        meeting=found,
        programme=programme,
        number_now=programme.number_now(now()),
        sum=sum_of(programme),
        balance=balance_of(programme.weighed),
        form=form,
        problem=problem,
        step=STEP,
        stepped=stepped,
    )


def _block(one: BlockInMeeting, form: BlockForm, elsewhere: Fields | None = None) -> str:
    meeting = one.programme.meeting
    return render_template(
        "cycle/agenda/block.html",
        trajectory=meeting.trajectory,
        meeting=meeting,
        shown=one.shown,
        form=form,
        elsewhere=elsewhere or {},
    )
