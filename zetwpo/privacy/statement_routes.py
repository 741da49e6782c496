"""The page about privacy: who keeps what, why, for how long, and what one can do about it."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import by_link, find_actor, open_to_all, opened_by_link
from zetwpo.partnerships.identity.queries import identities_of
from zetwpo.partnerships.identity.showing import partnership_here
from zetwpo.privacy.terms import terms
from zetwpo.scan.feedback.queries import find_by_token

routes = Blueprint("statement", __name__)


@routes.get("/privacy")
@open_to_all("everybody may know what is kept, and on which ground")
def privacy() -> ResponseReturnValue:
    """For whoever reads it: each partnership of somebody who is signed in, or the installation."""
    return _page()


@routes.get("/feedback/<token>/privacy")
@by_link("who was asked may know who keeps what they answer")
def behind_link(token: str) -> ResponseReturnValue:
    """For somebody who was asked: who answers in the partnership of the one who asked."""
    opened_by_link(find_by_token(token))
    return _page()


def _page() -> str:
    actor, here = find_actor(), partnership_here()
    places = {each.partnership_id for each in actor.memberships} if actor and not here else set()
    return render_template(
        "privacy/statement.html", terms=terms(), several=identities_of(places) if places else []
    )
