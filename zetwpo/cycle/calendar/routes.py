"""The page of one's calendar, and the address from which a program fetches it."""

from flask import Blueprint, current_app, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import by_link, get_actor, needs, opened_by_link
from zetwpo.accounts.policy import MANAGE_OWN_ACCOUNT
from zetwpo.clock import now
from zetwpo.cycle.calendar import service
from zetwpo.cycle.calendar.queries import find_address, find_calendar
from zetwpo.cycle.meetings import ics
from zetwpo.i18n import gettext as _
from zetwpo.mail.service import our_sender
from zetwpo.marks import digest
from zetwpo.web import see_other

routes = Blueprint("calendar", __name__)

HOLDS_ADDRESS = "whoever holds the signed address is a calendar to which its owner gave it"


@routes.get("/my-account/calendar")
@needs(MANAGE_OWN_ACCOUNT)
def show() -> ResponseReturnValue:
    """The address, and how to use it."""
    address = find_address(get_actor().person_id)
    return render_template("cycle/calendar/calendar.html", address=address)


@routes.post("/my-account/calendar/renew")
@needs(MANAGE_OWN_ACCOUNT)
def renew() -> ResponseReturnValue:
    """Make an address; the one before, if any, opens nothing from here on."""
    person_id = get_actor().person_id
    had_one = find_address(person_id) is not None
    service.renew(person_id)
    flash(
        _("The address is renewed. The old one no longer works.")
        if had_one
        else _("Your calendar has an address.")
    )
    return see_other(url_for(".show"))


@routes.post("/my-account/calendar/stop")
@needs(MANAGE_OWN_ACCOUNT)
def stop() -> ResponseReturnValue:
    """Let no calendar fetch anything any more."""
    service.stop(get_actor().person_id)
    flash(_("The address is deleted. Nothing can be fetched from it any more."))
    return see_other(url_for(".show"))


@routes.get("/calendar/<token>.ics")
@by_link(HOLDS_ADDRESS)
def fetch(token: str) -> ResponseReturnValue:
    """All meetings of somebody, for a calendar. It names nobody."""
    found = opened_by_link(find_calendar(token))
    text = ics.feed(found.entries, found.name, our_sender(), now())
    response = current_app.response_class(text, mimetype="text/calendar")
    # Asked for each hour, and mostly the same.
    response.set_etag(digest(f"{found.name} {found.entries!r}"))
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    return response.make_conditional(request)
