"""The page of mails that did not arrive."""

import uuid

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, needs
from zetwpo.accounts.policy import SEE_FAILED_MAILS
from zetwpo.accounts.queries import find_partnership_card
from zetwpo.mail.kinds import KINDS
from zetwpo.mail.queries import count_failures, failures_in
from zetwpo.paging import PAGE, page_number, pages
from zetwpo.partnerships.people.letters import WELCOME
from zetwpo.partnerships.people.queries import people_behind

routes = Blueprint("failed_mails", __name__, url_prefix="/partnerships/<uuid:partnership_id>/mails")


@routes.get("")
@needs(SEE_FAILED_MAILS)
def overview(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """To which address no mail came, when and why; never who asked for it, or what is in it."""
    partnership = authorised(find_partnership_card(partnership_id))
    shown = pages(page_number(request.args.get("page", "")), count_failures(partnership_id))
    failures = failures_in(partnership_id, PAGE, shown.skipped)
    return render_template(
        "partnerships/people/failed_mails.html",
        partnership=partnership,
        failures=failures,
        pages=shown,
        kinds=KINDS,
        welcome=WELCOME,
        people=people_behind(partnership_id, [each.about_id for each in failures if each.about_id]),
    )
