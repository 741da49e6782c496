"""What can be done with a scan as a whole."""

import uuid

from flask import Blueprint, flash, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import FILL_IN_SCAN
from zetwpo.i18n import gettext as _
from zetwpo.scan import service
from zetwpo.scan.self_scan.queries import find_scan
from zetwpo.web import see_other

routes = Blueprint("scan", __name__, url_prefix="/scan")


@routes.post("/<uuid:scan_id>/delete")
@needs(FILL_IN_SCAN)
def delete(scan_id: uuid.UUID) -> ResponseReturnValue:
    """Delete a scan in which nothing stands yet."""
    scan = authorised(find_scan(scan_id, to_write=True))
    service.delete_empty(scan, get_actor().person_id)
    flash(_("The empty scan is deleted."))
    return see_other(url_for("home.start"))
