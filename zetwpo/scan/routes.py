"""What can be done with a scan as a whole."""

import uuid

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import ASK_FEEDBACK, READ_RESULT, TAKE_BACK_OWN
from zetwpo.clock import now
from zetwpo.i18n import gettext as _
from zetwpo.scan import service
from zetwpo.scan.feedback.queries import asked_for
from zetwpo.scan.rules import Company, company
from zetwpo.scan.self_scan.naming import days_of
from zetwpo.scan.self_scan.queries import earlier_than, find_card, find_scan, scans_of
from zetwpo.web import see_other

routes = Blueprint("scan", __name__, url_prefix="/scan")


@routes.get("/<uuid:scan_id>/finished")
@needs(READ_RESULT)
def finished(scan_id: uuid.UUID) -> ResponseReturnValue:
    """Pause at what somebody did, and say what comes next."""
    scan = authorised(find_card(scan_id))
    if not scan.is_submitted:
        return see_other(url_for("self_scan.check", scan_id=scan_id))
    # Of the others nothing comes any more.
    asked = [each for each in asked_for(scan_id) if each.is_open_at(now())]
    shared = sum(each.shared_at is not None for each in asked)
    scans = scans_of(scan.owner_id)
    earlier = earlier_than(scan, scans)
    return render_template(
        "scan/self_scan/finished.html",
        scan=scan,
        earlier_day=days_of(scans)[earlier.id] if earlier else "",
        asked=len(asked),
        shared=shared,
        company=company(len(asked), shared),
        may_ask=ASK_FEEDBACK.opens_to(get_actor(), scan.facts),
        Company=Company,
    )


@routes.post("/<uuid:scan_id>/delete")
@needs(TAKE_BACK_OWN)
def delete(scan_id: uuid.UUID) -> ResponseReturnValue:
    """Delete a scan in which nothing stands yet."""
    scan = authorised(find_scan(scan_id, to_write=True))
    service.delete_empty(scan, get_actor().person_id)
    flash(_("The empty scan is deleted."))
    return see_other(url_for("home.start"))
