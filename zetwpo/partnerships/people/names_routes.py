"""The page of who belongs to a partnership, for those who see names and no addresses."""

import uuid

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, needs
from zetwpo.accounts.policy import SEE_NAMES
from zetwpo.accounts.queries import find_partnership_card
from zetwpo.partnerships.people.forms import as_query, read_wanted, role_choices
from zetwpo.partnerships.people.queries import list_names, schools_to_choose

routes = Blueprint("names", __name__, url_prefix="/partnerships/<uuid:partnership_id>/names")


@routes.get("")
@needs(SEE_NAMES)
def overview(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """Who has a role here now, a page of them."""
    partnership = authorised(find_partnership_card(partnership_id))
    schools = schools_to_choose(partnership_id)
    wanted = read_wanted(request.args, schools, with_ended=False)
    return render_template(
        "partnerships/people/names.html",
        partnership=partnership,
        wanted=wanted,
        query=as_query(wanted),
        schools=schools,
        roles=role_choices(),
        people=list_names(partnership_id, wanted),
    )
