"""The pages on which somebody is invited by mail, and on which they answer."""

import uuid

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, by_link, get_actor, needs, opened_by_link
from zetwpo.accounts.policy import LEAD_TRAJECTORY
from zetwpo.accounts.queries import find_partnership_card
from zetwpo.clock import now
from zetwpo.cycle.invitations import queries, service
from zetwpo.cycle.invitations.forms import InviteForm
from zetwpo.cycle.invitations.queries import InvitationCard, find_by_word, find_invitation
from zetwpo.cycle.meetings.queries import meetings_of
from zetwpo.cycle.trajectories.changing import trajectory_to_change
from zetwpo.cycle.trajectories.queries import TrajectoryCard, find_trajectory
from zetwpo.i18n import as_language, suggest_language
from zetwpo.i18n import gettext as _
from zetwpo.web import see_other

routes = Blueprint("trajectory_invitations", __name__)
HOLDS_LINK = "whoever holds the signed link from the mail is the one who was invited"


@routes.get("/trajectories/<uuid:trajectory_id>/invitations")
@needs(LEAD_TRAJECTORY)
def show(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """A form to invite somebody, and who did not answer yet."""
    return _page(authorised(find_trajectory(trajectory_id)), InviteForm(formdata=None))


@routes.post("/trajectories/<uuid:trajectory_id>/invitations")
@needs(LEAD_TRAJECTORY)
def invite(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Invite them."""
    trajectory = trajectory_to_change(trajectory_id)
    form = InviteForm()
    if not form.validate():
        return _page(trajectory, form), 422
    name, email = form.name.data or "", form.email.data or ""
    language = as_language(form.mail_language.data)
    if service.invite(trajectory, name, email, language, get_actor().person_id):
        flash(_("%(name)s gets an invitation by email.", name=name))
    else:
        flash(_("There is an invitation to this address already."))
    return see_other(url_for(".show", trajectory_id=trajectory_id))


@routes.post("/trajectories/invitations/<uuid:invitation_id>/withdraw")
@needs(LEAD_TRAJECTORY)
def withdraw(invitation_id: uuid.UUID) -> ResponseReturnValue:
    """Take an invitation back."""
    invitation = authorised(find_invitation(invitation_id, to_write=True))
    service.withdraw(invitation, get_actor().person_id)
    flash(_("The invitation is withdrawn."))
    return see_other(url_for(".show", trajectory_id=invitation.trajectory_id))


@routes.get("/take-part/<token>")
@by_link(HOLDS_LINK)
def landing(token: str) -> ResponseReturnValue:
    """Who invites, to what, and what it asks; looking changes nothing."""
    return _landing(_open(token))


@routes.post("/take-part/<token>")
@by_link(HOLDS_LINK)
def accept(token: str) -> ResponseReturnValue:
    """Take part, with an account from now on."""
    service.accept(_open(token, to_write=True))
    return see_other(url_for(".landing", token=token))


@routes.post("/take-part/<token>/decline")
@by_link(HOLDS_LINK)
def decline(token: str) -> ResponseReturnValue:
    """Say no."""
    service.decline(_open(token, to_write=True))
    return see_other(url_for(".landing", token=token))


def _open(token: str, *, to_write: bool = False) -> InvitationCard:
    found = opened_by_link(find_by_word(token, to_write=to_write))
    suggest_language(as_language(found.language))
    return found


def _landing(invitation: InvitationCard) -> ResponseReturnValue:
    page = render_template(
        "cycle/invitations/landing.html",
        invitation=invitation,
        trajectory=invitation.trajectory,
        partnership=find_partnership_card(invitation.partnership_id),
        meetings=meetings_of(invitation.trajectory_id),
        now=now(),
    )
    return page, 410 if invitation.is_over else 200


def _page(trajectory: TrajectoryCard, form: InviteForm) -> str:
    return render_template(
        "cycle/invitations/invitations.html",
        trajectory=trajectory,
        form=form,
        sent=queries.not_accepted(trajectory.id),
    )
