"""The pages on which people come into a trajectory, and leave it."""

import uuid

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.colleagues import get_colleagues
from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import (
    APPOINT_FACILITATOR,
    LEAD_TRAJECTORY,
    READ_TRAJECTORY,
    TAKE_PART,
)
from zetwpo.accounts.queries import find_partnership_card
from zetwpo.cycle.trajectories import rules, service
from zetwpo.cycle.trajectories.changing import trajectory_to_change
from zetwpo.cycle.trajectories.choosing import (
    Offer,
    possible_facilitators,
    possible_participants,
)
from zetwpo.cycle.trajectories.forms import SeekForm, chosen_people
from zetwpo.cycle.trajectories.queries import (
    PersonInTrajectory,
    TrajectoryCard,
    find_trajectory,
)
from zetwpo.cycle.trajectories.service import IsLed, LastFacilitator, MayNot, TooMany
from zetwpo.i18n import gettext as _
from zetwpo.i18n import ngettext
from zetwpo.web import see_other

CHOOSE = "cycle/trajectories/choose.html"
CHOOSE_FACILITATOR = "cycle/trajectories/choose_facilitator.html"
APPOINT = "cycle/trajectories/appoint.html"

routes = Blueprint("trajectory_people", __name__, url_prefix="/trajectories/<uuid:trajectory_id>")


@routes.get("/people")
@needs(READ_TRAJECTORY)
def show(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Who takes part and who leads it."""
    trajectory = authorised(find_trajectory(trajectory_id))
    return render_template(
        "cycle/trajectories/people.html",
        trajectory=trajectory,
        leads=LEAD_TRAJECTORY.opens_to(get_actor(), trajectory.facts),
        takes_part=TAKE_PART.opens_to(get_actor(), trajectory.facts),
        is_large=rules.is_large(len(trajectory.participants)),
    )


@routes.get("/people/choose")
@needs(LEAD_TRAJECTORY)
def choose(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Look for people of the partnership who could take part."""
    trajectory = authorised(find_trajectory(trajectory_id))
    form = SeekForm(formdata=request.args)
    return _page(CHOOSE, trajectory, form, possible_participants(trajectory, form.name.data or ""))


@routes.post("/people/choose")
@needs(LEAD_TRAJECTORY)
def add(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Let those who were ticked take part."""
    trajectory = trajectory_to_change(trajectory_id)
    people = get_colleagues(chosen_people(), trajectory.partnership_id)
    form = SeekForm()
    offer = possible_participants(trajectory, form.name.data or "")
    if not people:
        return _page(CHOOSE, trajectory, form, offer, _("Tick the people who take part.")), 422
    try:
        new = service.add_participants(trajectory, people, get_actor().person_id)
    except MayNot:
        return _page(CHOOSE, trajectory, form, offer, _may_not()), 422
    except TooMany:
        return _page(CHOOSE, trajectory, form, offer, _too_many()), 422
    flash(
        ngettext(
            "One person takes part from now on.", "%(num)s people take part from now on.", len(new)
        )
        if new
        else _("They took part already.")
    )
    return see_other(url_for(".show", trajectory_id=trajectory_id))


@routes.get("/facilitators/choose")
@needs(LEAD_TRAJECTORY)
def choose_facilitator(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Look for somebody to lead it with."""
    trajectory = authorised(find_trajectory(trajectory_id))
    form = SeekForm(formdata=request.args)
    offer = possible_facilitators(trajectory, form.name.data or "")
    return _page(CHOOSE_FACILITATOR, trajectory, form, offer)


@routes.post("/facilitators/choose")
@needs(LEAD_TRAJECTORY)
def add_facilitator(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Let somebody lead it as well."""
    trajectory = trajectory_to_change(trajectory_id)
    people = get_colleagues(chosen_people(), trajectory.partnership_id)
    form = SeekForm()
    offer = possible_facilitators(trajectory, form.name.data or "")
    if len(people) != 1:
        return _page(CHOOSE_FACILITATOR, trajectory, form, offer, _("Choose one person.")), 422
    [person] = people.values()
    try:
        service.add_facilitator(trajectory, person, get_actor().person_id)
    except MayNot:
        return _page(CHOOSE_FACILITATOR, trajectory, form, offer, _may_not()), 422
    except TooMany:
        full = _("%(most)s people lead it already.", most=rules.MOST_FACILITATORS)
        return _page(CHOOSE_FACILITATOR, trajectory, form, offer, full), 422
    flash(_("%(name)s leads it as well.", name=person.name))
    return see_other(url_for(".show", trajectory_id=trajectory_id))


@routes.get("/appoint")
@needs(APPOINT_FACILITATOR)
def seek_facilitator(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Look for somebody to lead what nobody leads any more."""
    trajectory = authorised(find_trajectory(trajectory_id))
    form = SeekForm(formdata=request.args)
    return _page(APPOINT, trajectory, form, possible_facilitators(trajectory, form.name.data or ""))


@routes.post("/appoint")
@needs(APPOINT_FACILITATOR)
def appoint(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Let somebody lead it from now on."""
    trajectory = authorised(find_trajectory(trajectory_id, to_write=True))
    people = get_colleagues(chosen_people(), trajectory.partnership_id)
    form = SeekForm()
    offer = possible_facilitators(trajectory, form.name.data or "")
    if len(people) != 1:
        return _page(APPOINT, trajectory, form, offer, _("Choose one person.")), 422
    [person] = people.values()
    try:
        service.appoint(trajectory, person, get_actor().person_id)
    except MayNot:
        return _page(APPOINT, trajectory, form, offer, _may_not()), 422
    except IsLed:
        return _page(APPOINT, trajectory, form, offer, _("Somebody leads it already.")), 409
    flash(_("%(name)s leads it from now on.", name=person.name))
    return see_other(url_for("home.start"))


@routes.get("/people/<uuid:person_id>/end")
@needs(LEAD_TRAJECTORY)
def ask_end(trajectory_id: uuid.UUID, person_id: uuid.UUID) -> ResponseReturnValue:
    """Say what leaving means, and ask once more."""
    trajectory = authorised(find_trajectory(trajectory_id))
    found = authorised(_find_person(trajectory, person_id))
    return render_template("cycle/trajectories/end.html", trajectory=trajectory, found=found)


@routes.post("/people/<uuid:person_id>/end")
@needs(LEAD_TRAJECTORY)
def end(trajectory_id: uuid.UUID, person_id: uuid.UUID) -> ResponseReturnValue:
    """Let somebody leave; who leads it alone cannot."""
    trajectory = authorised(find_trajectory(trajectory_id, to_write=True))
    found = authorised(_find_person(trajectory, person_id))
    actor_id = get_actor().person_id
    try:
        if found.leads:
            service.end_facilitation(trajectory, person_id, actor_id)
        else:
            service.end_participation(trajectory, person_id, actor_id)
    except LastFacilitator:
        flash(_("Somebody has to lead it. Let somebody else lead it as well first."), "error")
        return see_other(url_for(".show", trajectory_id=trajectory_id))
    flash(_("%(name)s is no longer in it.", name=found.person.name))
    if person_id == actor_id:
        return see_other(url_for("home.start"))
    return see_other(url_for(".show", trajectory_id=trajectory_id))


@routes.get("/leave")
@needs(TAKE_PART)
def ask_leave(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Say to whoever takes part what leaving means, and ask once more."""
    trajectory = authorised(find_trajectory(trajectory_id))
    return render_template("cycle/trajectories/leave.html", trajectory=trajectory)


@routes.post("/leave")
@needs(TAKE_PART)
def leave(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Take part no more."""
    trajectory = authorised(find_trajectory(trajectory_id, to_write=True))
    service.end_participation(trajectory, get_actor().person_id, get_actor().person_id)
    flash(_("You no longer take part. What you wrote is still yours."))
    return see_other(url_for("home.start"))


def _find_person(trajectory: TrajectoryCard, person_id: uuid.UUID) -> PersonInTrajectory | None:
    people = (*trajectory.participants, *trajectory.facilitators)
    found = next((each for each in people if each.id == person_id), None)
    return PersonInTrajectory(found, trajectory) if found else None


def _may_not() -> str:
    return _(
        "Not everybody whom you ticked can be in it: a role ended, or somebody employs people here."
    )


def _too_many() -> str:
    return _(
        "There is room for %(most)s people. Make a second trajectory for the others.",
        most=rules.MOST_PARTICIPANTS,
    )


def _page(
    template: str, trajectory: TrajectoryCard, form: SeekForm, offer: Offer, problem: str = ""
) -> str:
    """A page on which somebody chooses from these people; what was ticked stays so."""
    return render_template(
        template,
        trajectory=trajectory,
        partnership=find_partnership_card(trajectory.partnership_id),
        form=form,
        offer=offer,
        problem=problem,
        ticked=chosen_people(),
    )
