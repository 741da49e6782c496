"""The page behind the link in the mail to a new address."""

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts import known_browser
from zetwpo.accounts.address_change import service
from zetwpo.accounts.address_change.queries import ChangeCard, find_by_link
from zetwpo.accounts.address_change.service import Outcome
from zetwpo.accounts.guard import answered_by_link, by_link, find_actor
from zetwpo.accounts.letters import address_hash
from zetwpo.i18n import gettext as _
from zetwpo.web import see_other

routes = Blueprint("address_change", __name__, url_prefix="/new-address")


@routes.get("/<token>")
@by_link("the link from the mail to the new address; looking at it changes nothing")
def link(token: str) -> ResponseReturnValue:
    """Offer the button that confirms, or say what to do first."""
    change = answered_by_link(find_by_link(token))
    return _page(token, change), 200 if change else 404


@routes.post("/<token>")
@by_link("the link from the mail to the new address; its owner confirms")
def confirm(token: str) -> ResponseReturnValue:
    """Let the new address take the place of the old one."""
    actor = find_actor()
    outcome = answered_by_link(service.confirm(token, actor.person_id if actor else None))
    change = find_by_link(token)
    if outcome is Outcome.TAKEN:
        return render_template("accounts/address_taken.html"), 409
    if outcome is Outcome.NOT_NOW or change is None:
        return _page(token, change), 403 if change else 404
    if actor is None or actor.person_id != change.person_id:
        return see_other(url_for(".link", token=token))
    # Signing in with it here needs no waiting for letters that others asked for.
    known_browser.remember(address_hash(change.email))
    flash(_("This is your email address from now on."))
    return see_other(url_for("my_account.overview"))


def _page(token: str, change: ChangeCard | None) -> str:
    actor = find_actor()
    actor_id = actor.person_id if actor else None
    return render_template(
        "accounts/new_address.html",
        token=token,
        change=change,
        may_confirm=change is not None and change.may_confirm(actor_id),
        # Somebody else is signed in here, for whom this is not.
        is_others=change is not None and actor_id not in {None, change.person_id},
        again=url_for("accounts.sign_in", next=url_for(".link", token=token)),
    )
