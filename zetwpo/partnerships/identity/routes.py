"""The page on which a partnership says who it is."""

import uuid

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import DESCRIBE_PARTNERSHIP
from zetwpo.accounts.queries import PartnershipCard, find_partnership_card
from zetwpo.edits import Fields, Overtaken
from zetwpo.i18n import gettext as _
from zetwpo.partnerships.identity import service
from zetwpo.partnerships.identity.forms import AboutForm
from zetwpo.partnerships.identity.queries import find_own
from zetwpo.web import see_other

routes = Blueprint("identity", __name__, url_prefix="/partnerships")


@routes.get("/<uuid:partnership_id>/about")
@needs(DESCRIBE_PARTNERSHIP)
def show(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """What this partnership says of itself, to change it."""
    partnership = authorised(find_partnership_card(partnership_id))
    form = AboutForm(formdata=None)
    own = find_own(partnership_id)
    if own:
        form.show(own.fields)
    return _page(partnership, form, is_said=own is not None)


@routes.post("/<uuid:partnership_id>/about")
@needs(DESCRIBE_PARTNERSHIP)
def describe(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """Store it; where somebody else was faster, let the sender choose."""
    partnership = authorised(find_partnership_card(partnership_id))
    form = AboutForm()
    if not form.validate():
        return _page(partnership, form), 422
    try:
        service.describe(partnership_id, form.sent, get_actor().person_id)
    except Overtaken as clash:
        return _page(partnership, form, form.let_choose(clash)), 409
    flash(_("Saved. It stands below every page from now on."))
    return see_other(url_for(".show", partnership_id=partnership_id))


def _page(
    partnership: PartnershipCard,
    form: AboutForm,
    elsewhere: Fields | None = None,
    *,
    is_said: bool = True,
) -> str:
    return render_template(
        "partnerships/identity/about.html",
        partnership=partnership,
        form=form,
        elsewhere=elsewhere or {},
        is_said=is_said,
    )
