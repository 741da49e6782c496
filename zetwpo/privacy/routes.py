"""The page of one's own data."""

import json
from datetime import timedelta

from flask import Blueprint, flash, render_template, session, url_for
from flask.typing import ResponseReturnValue

from zetwpo import limiting
from zetwpo.accounts.actors import Role
from zetwpo.accounts.guard import (
    SIGN_IN_KEY,
    forget_sign_in,
    get_actor,
    gives_file,
    needs,
    on_second_click,
)
from zetwpo.accounts.policy import TAKE_OWN_DATA
from zetwpo.accounts.queries import get_person
from zetwpo.clock import now, today
from zetwpo.cycle.attendance.words import hours
from zetwpo.cycle.shelf.queries import items_of
from zetwpo.i18n import gettext as _
from zetwpo.partnerships.people.queries import administered_alone
from zetwpo.partnerships.people.service import hold_administrators
from zetwpo.privacy import service, words
from zetwpo.privacy.forms import DeleteForm
from zetwpo.scan.feedback.queries import invitations_to
from zetwpo.web import download, see_other

# Of a page that is still open in a browser in which an account was deleted.
SECOND_CLICK_LASTS, DELETED = timedelta(days=1), "account deleted with"

routes = Blueprint("privacy", __name__, url_prefix="/my-data")


@routes.get("")
@needs(TAKE_OWN_DATA)
def overview() -> ResponseReturnValue:
    """What we hold, with the way to take it out and to delete it."""
    form = DeleteForm(formdata=None)
    form.require_knowing([each.name for each in administered_alone(get_actor().person_id)])
    return _overview(form)


@routes.get("/all.json")
@gives_file(on="privacy.overview")
@needs(TAKE_OWN_DATA)
def take_out() -> ResponseReturnValue:
    """Everything about the person who asks, for another program."""
    content = json.dumps(service.export(get_actor().person_id), ensure_ascii=False, indent=1)
    return download(content, _file_name("json"), "application/json")


@routes.get("/all.html")
@gives_file(on="privacy.overview")
@needs(TAKE_OWN_DATA)
def take_out_readable() -> ResponseReturnValue:
    """The same, to read: one page that stands on its own, in the language of the site."""
    page = render_template(
        "privacy/readable.html",
        content=service.export(get_actor().person_id),
        axis_title=words.axis_title,
        acts=words.ACTS,
        moment=words.in_words,
        device=words.device,
        mail_kind=words.mail_kind,
        form_title=words.form_title,
        asked_as=words.asked_as,
        presence=words.presence,
        subject=words.subject,
        content_kinds=words.CONTENT_KINDS,
        shared_item=words.shared_item,
        plan_status=words.plan_status,
        shelf_part=words.shelf_part,
        file_kind=words.file_kind,
        file_size=words.file_size,
        read_by=words.read_by,
        reflection_question=words.reflection_question,
        note_day=words.note_day,
        portfolio_section=words.portfolio_section,
        portfolio_order=words.portfolio_order,
        hours=hours,
    )
    return download(page.lstrip(), _file_name("html"), "text/html")


def _file_name(ending: str) -> str:
    """For example 'mijn-gegevens-2026-05-03.html'."""
    return _("my-data-%(day)s", day=today().isoformat()) + "." + ending


def _deleted_before() -> ResponseReturnValue | None:
    """The same answer again to whoever clicks twice, or comes back and clicks once more."""
    token = session.get(SIGN_IN_KEY, "")
    return _deleted() if limiting.counted(SECOND_CLICK_LASTS, DELETED, token) else None


@routes.post("/delete")
@on_second_click(_deleted_before)
@needs(TAKE_OWN_DATA)
def delete() -> ResponseReturnValue:
    """Delete everything about the person who asks, for good."""
    actor = get_actor()
    # Of two administrators who leave at the same moment, the second is the last one.
    hold_administrators(actor.partnerships_as(Role.ADMINISTRATOR))
    form = DeleteForm()
    form.require_knowing([each.name for each in administered_alone(actor.person_id)])
    if not form.validate():
        return _overview(form), 422
    service.erase(actor.person_id)
    # A hash of a word that opens nothing any more: it says of nobody that they were here.
    limiting.count(SECOND_CLICK_LASTS, DELETED, session[SIGN_IN_KEY])
    return _deleted()


def _deleted() -> ResponseReturnValue:
    forget_sign_in()
    flash(_("Everything about you is deleted."))
    return see_other(url_for("home.front"))


def _overview(form: DeleteForm) -> str:
    given = invitations_to(get_person(get_actor().person_id).email)
    leading_on = [each for each in given if each.state.leads_on(now())]
    on_shelves = items_of(get_actor().person_id)
    return render_template(
        "privacy/my_data.html", form=form, given=leading_on, on_shelves=on_shelves
    )
