"""The page of one's own data."""

from flask import Blueprint, Response, flash, render_template, session, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import get_actor, needs
from zetwpo.accounts.policy import TAKE_OWN_DATA
from zetwpo.i18n import gettext as _
from zetwpo.privacy import service
from zetwpo.privacy.forms import DeleteForm
from zetwpo.web import see_other

routes = Blueprint("privacy", __name__, url_prefix="/my-data")


@routes.get("")
@needs(TAKE_OWN_DATA)
def overview() -> ResponseReturnValue:
    """What we hold, with the way to take it out and to delete it."""
    return render_template("privacy/my_data.html", form=DeleteForm(formdata=None))


@routes.get("/all.json")
@needs(TAKE_OWN_DATA)
def take_out() -> ResponseReturnValue:
    """Everything about the person who asks."""
    response = Response(service.export(get_actor().person_id), mimetype="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="zetwpo-my-data.json"'
    return response


@routes.post("/delete")
@needs(TAKE_OWN_DATA)
def delete() -> ResponseReturnValue:
    """Delete everything about the person who asks, for good."""
    form = DeleteForm()
    if not form.validate():
        return render_template("privacy/my_data.html", form=form), 422
    service.erase(get_actor().person_id)
    session.clear()
    flash(_("Everything about you is deleted."))
    return see_other(url_for("home.front"))
