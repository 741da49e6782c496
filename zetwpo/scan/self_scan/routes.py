"""The pages of the self-scan."""

import uuid

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.actors import Role
from zetwpo.accounts.guard import RoleEnded, authorised, get_actor, needs
from zetwpo.accounts.policy import FILL_IN_SCAN, START_SCAN
from zetwpo.accounts.queries import partnerships_of
from zetwpo.errors import Refusal
from zetwpo.i18n import lazy_gettext as _
from zetwpo.i18n import listed
from zetwpo.scan.responses import part_page
from zetwpo.scan.responses.overview import Overview, changed_since_shown
from zetwpo.scan.responses.part_page import FROM_CHECK
from zetwpo.scan.responses.rules import Key
from zetwpo.scan.self_scan import queries, service
from zetwpo.scan.self_scan.queries import ScanView
from zetwpo.web import see_other

routes = Blueprint("self_scan", __name__, url_prefix="/scan")

READERS = _("Only you read this. You decide whether others get to see it.")


@routes.get("/again")
@needs(START_SCAN)
def again() -> ResponseReturnValue:
    """Say what a new scan changes on the first page, before it does."""
    return render_template("scan/self_scan/again.html")


@routes.post("/start")
@needs(START_SCAN)
def start() -> ResponseReturnValue:
    """Start a scan, or go on with the one that is open."""
    actor = get_actor()
    places = partnerships_of(actor.person_id, Role.SUPERVISOR)
    where = next((each for each in places if str(each.id) == request.form.get("where")), None)
    if not places:
        raise RoleEnded
    if where is None and len(places) > 1:
        return render_template("scan/self_scan/where.html", places=places)
    scan_id = service.start(actor.person_id, (where or places[0]).id)
    scan = authorised(queries.find_scan(scan_id))
    place = scan.response.go_on_at
    if place is None:
        return see_other(url_for(".check", scan_id=scan.id))
    return see_other(url_for(".part", scan_id=scan.id, number=place.part, _anchor=place.anchor))


@routes.get("/<uuid:scan_id>/part/<int:number>")
@needs(FILL_IN_SCAN)
def part(scan_id: uuid.UUID, number: int) -> ResponseReturnValue:
    """Show one part with what was saved before."""
    scan = authorised(queries.find_scan(scan_id))
    if scan.is_submitted:
        return see_other(url_for("result.show", scan_id=scan_id))
    page = part_page.show(scan.response, number, READERS)
    return render_template("scan/self_scan/part.html", scan=scan, page=page)


@routes.post("/<uuid:scan_id>/part/<int:number>")
@needs(FILL_IN_SCAN)
def save_part(scan_id: uuid.UUID, number: int) -> ResponseReturnValue:
    """Save one part and go to the next, or stay where a statement was left open."""
    scan = _open_scan(scan_id)
    page = part_page.save(scan.response, number, READERS)
    if page.status >= 400:
        return render_template("scan/self_scan/part.html", scan=scan, page=page), page.status
    if page.stays_at:
        here = {"scan_id": scan_id, "number": number, **page.return_to}
        return see_other(url_for(".part", _anchor=page.stays_at, **here))
    if page.leads_to_check:
        return see_other(url_for(".check", scan_id=scan_id))
    return see_other(url_for(".part", scan_id=scan_id, number=number + 1))


@routes.post("/<uuid:scan_id>/part/<int:number>/autosave")
@needs(FILL_IN_SCAN)
def autosave(scan_id: uuid.UUID, number: int) -> ResponseReturnValue:
    """Save the fields that changed, while somebody fills in."""
    return part_page.autosave(_open_scan(scan_id).response, number)


@routes.get("/<uuid:scan_id>/check")
@needs(FILL_IN_SCAN)
def check(scan_id: uuid.UUID) -> ResponseReturnValue:
    """Show all answers before they are final."""
    scan = authorised(queries.find_scan(scan_id))
    if scan.is_submitted:
        return see_other(url_for("result.show", scan_id=scan_id))
    return _check(scan)


@routes.post("/<uuid:scan_id>/submit")
@needs(FILL_IN_SCAN)
def submit(scan_id: uuid.UUID) -> ResponseReturnValue:
    """Make the scan final as its owner has seen it; its result opens."""
    scan = authorised(queries.find_scan(scan_id, to_write=True))
    if not scan.is_submitted:
        changed = changed_since_shown(scan.response)
        if changed and scan.response.filled.answers:
            return _check(scan, changed), 409
        service.submit(scan.id, scan.response, get_actor().person_id)
    return see_other(url_for("scan.finished", scan_id=scan_id))


def _check(scan: ScanView, changed: tuple[Key, ...] = ()) -> str:
    edit = [
        url_for(".part", scan_id=scan.id, number=number, **FROM_CHECK)
        for number, _part in enumerate(scan.response.form.parts, 1)
    ]
    return render_template(
        "scan/self_scan/check.html",
        scan=scan,
        overview=Overview(scan.response, changed),
        edit=edit,
        without_value=listed(
            [str(each.role) for each in scan.response.open_parts if not each.says_enough]
        ),
    )


def _open_scan(scan_id: uuid.UUID) -> ScanView:
    scan = authorised(queries.find_scan(scan_id, to_write=True))
    if scan.is_submitted:
        raise Refusal(
            _("This scan is finished"),
            _("You finished it, so it stays as it is. You can start a new scan at any time."),
        )
    return scan
