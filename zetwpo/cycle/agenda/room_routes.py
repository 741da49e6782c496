"""What a meeting is prepared with, what is printed for it, and what stands on the wall."""

import uuid

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import LEAD_TRAJECTORY, READ_TRAJECTORY
from zetwpo.clock import now
from zetwpo.cycle.agenda import service
from zetwpo.cycle.agenda.forms import PreparationForm
from zetwpo.cycle.agenda.queries import preparation_of, programme_of
from zetwpo.cycle.agenda.rules import MOST_BLOCKS
from zetwpo.cycle.agenda.words import balance_of
from zetwpo.cycle.meetings.changing import meeting_to_change
from zetwpo.cycle.meetings.parts import Spot, parts_at
from zetwpo.cycle.meetings.queries import MeetingCard, find_meeting
from zetwpo.edits import Fields, Overtaken
from zetwpo.errors import NextPage, NotFound
from zetwpo.i18n import gettext as _
from zetwpo.i18n import lazy_gettext
from zetwpo.library.method_words import card_words
from zetwpo.web import see_other

routes = Blueprint("meeting_room", __name__, url_prefix="/meetings/<uuid:meeting_id>")

# What can be printed for the room, in its order.
PAPERS = {
    "agenda": lazy_gettext("The agenda, to hang up or to hand out"),
    "sheets": lazy_gettext("Work sheets, for everybody who takes part"),
    "cards": lazy_gettext("A card of each method, for whoever leads the block"),
}


@routes.get("/preparation")
@needs(LEAD_TRAJECTORY)
def preparation(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """What has to be thought of before a meeting."""
    found = authorised(find_meeting(meeting_id))
    form = PreparationForm(formdata=None)
    form.show(preparation_of(found).fields)
    return _preparation(found, form)


@routes.post("/preparation")
@needs(LEAD_TRAJECTORY)
def prepare(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Keep it; where the other facilitator was faster, let the sender choose."""
    found = meeting_to_change(meeting_id)
    form = PreparationForm()
    if not form.validate():
        return _preparation(found, form), 422
    try:
        service.prepare(found, form.sent, get_actor().person_id)
    except Overtaken as clash:
        return _preparation(found, form, form.let_choose(clash)), 409
    flash(_("Saved."))
    return see_other(url_for(".preparation", meeting_id=meeting_id))


@routes.get("/print")
@needs(READ_TRAJECTORY)
def paper(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """All that is printed for the room, or what of it somebody ticked."""
    found = authorised(find_meeting(meeting_id))
    ticked = request.args.getlist("paper") if "chosen" in request.args else PAPERS
    return render_template(
        "cycle/agenda/paper.html",
        trajectory=found.trajectory,
        meeting=found,
        programme=programme_of(found),
        papers=PAPERS,
        wanted=[name for name in PAPERS if name in ticked],
        questions=parts_at(Spot.QUESTION, found, get_actor()),
        parts=parts_at(Spot.PAPER, found, get_actor()),
        **card_words(),
    )


@routes.get("/wall")
@needs(READ_TRAJECTORY)
def wall(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """One block for the whole room: that of the address, or the one that is on."""
    found = authorised(find_meeting(meeting_id))
    programme = programme_of(found)
    asked = request.args.get("block")
    number = programme.number_now(now()) if asked is None else _number(asked)
    if number is None or number > len(programme.blocks):
        raise NotFound(
            _("This meeting has no such block"),
            _("The agenda may have changed. Begin at the list of blocks."),
            NextPage("meeting_room.wall", _("To the list"), {"meeting_id": meeting_id, "block": 0}),
        )
    return render_template(
        "cycle/agenda/wall.html",
        meeting=found,
        programme=programme,
        number=number,
        shown=programme.blocks[number - 1] if number else None,
        parts=parts_at(Spot.WALL, found, get_actor()),
    )


def _number(asked: str) -> int | None:
    """The number of a block as an address says it; None where it is none."""
    return int(asked) if asked in map(str, range(MOST_BLOCKS + 1)) else None


def _asked(found: MeetingCard, form: PreparationForm) -> list[str]:
    """What there is to write down: before the first meeting nobody had homework."""
    return [
        name
        for name in form.edited
        if name != "look_back" or found.number > 1 or form.look_back.data
    ]


def _preparation(found: MeetingCard, form: PreparationForm, elsewhere: Fields | None = None) -> str:
    programme = programme_of(found)
    return render_template(
        "cycle/agenda/preparation.html",
        trajectory=found.trajectory,
        meeting=found,
        programme=programme,
        balance=balance_of(programme.weighed),
        form=form,
        asked=_asked(found, form),
        elsewhere=elsewhere or {},
        questions=parts_at(Spot.QUESTION, found, get_actor()),
        parts=parts_at(Spot.PREPARATION, found, get_actor()),
    )
