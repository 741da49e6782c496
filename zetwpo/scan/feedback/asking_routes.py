"""The pages on which a supervisor asks for feedback."""

import uuid

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import ASK_FEEDBACK, TAKE_BACK_OWN
from zetwpo.accounts.queries import get_person
from zetwpo.clock import now
from zetwpo.i18n import gettext as _
from zetwpo.i18n import listed
from zetwpo.library.respondents import respondents
from zetwpo.mail.service import leaves_at
from zetwpo.scan.feedback import queries, service
from zetwpo.scan.feedback.forms import AskForm
from zetwpo.scan.feedback.letters import undelivered
from zetwpo.scan.feedback.rules import INVITATION_LASTS
from zetwpo.scan.feedback.service import (
    AlreadyAsked,
    AskedAndOver,
    CannotAskYourself,
    InvitationRequest,
)
from zetwpo.scan.self_scan.naming import days_of
from zetwpo.scan.self_scan.queries import ScanCard, find_card, scans_of
from zetwpo.web import see_other

routes = Blueprint("asking", __name__, url_prefix="/scan")


@routes.get("/<uuid:scan_id>/feedback")
@needs(ASK_FEEDBACK)
def overview(scan_id: uuid.UUID) -> ResponseReturnValue:
    """Whom was asked, and a form to ask somebody else."""
    scan = authorised(find_card(scan_id))
    return _page(scan, _fresh_form(scan.id, request.args.get("instead_of")))


@routes.post("/<uuid:scan_id>/feedback")
@needs(ASK_FEEDBACK)
def ask(scan_id: uuid.UUID) -> ResponseReturnValue:
    """Ask one person for feedback."""
    scan = authorised(find_card(scan_id, to_write=True))
    form = AskForm()
    if not form.validate():
        return _page(scan, form), 422
    wanted = _invitation_request(form, scan.id)
    try:
        is_new = service.ask(scan.id, get_person(get_actor().person_id), wanted)
    except AskedAndOver:
        form.renew_key()
        form.email.errors = [_("This request is over. Send it once more to ask again.")]
        return _page(scan, form), 422
    except AlreadyAsked:
        form.email.errors = [_("You already asked this person. The request is in the list above.")]
        return _page(scan, form), 422
    except CannotAskYourself:
        form.email.errors = [_("This is your own address. Feedback comes from somebody else.")]
        return _page(scan, form), 422
    if is_new:
        flash(_("Your request to %(name)s is on its way.", name=wanted.name))
    else:
        flash(
            _("Your request to %(name)s was sent before. It is not sent twice.", name=wanted.name)
        )
    return see_other(url_for(".overview", scan_id=scan_id))


@routes.get("/feedback/<uuid:invitation_id>/withdraw")
@needs(TAKE_BACK_OWN)
def ask_withdraw(invitation_id: uuid.UUID) -> ResponseReturnValue:
    """Ask once more, in the same words whatever the other one did."""
    asked = authorised(queries.find_asked(invitation_id))
    if not asked.is_waiting:
        return see_other(url_for(".overview", scan_id=asked.scan_id))
    return render_template("scan/feedback/withdraw.html", asked=asked)


@routes.post("/feedback/<uuid:invitation_id>/withdraw")
@needs(TAKE_BACK_OWN)
def withdraw(invitation_id: uuid.UUID) -> ResponseReturnValue:
    """Take a question back."""
    asked = authorised(queries.find_asked(invitation_id))
    service.withdraw_request(asked.id, get_actor().person_id)
    flash(_("You withdrew your request to %(name)s.", name=asked.label))
    return see_other(url_for(".overview", scan_id=asked.scan_id))


def _fresh_form(scan_id: uuid.UUID, instead_of: str | None) -> AskForm:
    """An empty form, or one with what an earlier request said, to mend and send anew."""
    for each in queries.asked_for(scan_id) if instead_of else ():
        if str(each.id) == instead_of and each.is_waiting:
            before = {
                "instead_of": instead_of,
                "role": each.role.key,
                "name": each.name,
                "email": each.email,
                "mail_language": each.language,
                "word": each.word,
            }
            return AskForm(formdata=None, data=before)
    return AskForm(formdata=None)


def _page(scan: ScanCard, form: AskForm) -> str:
    moment = now()
    asked = queries.asked_for(scan.id)
    return render_template(
        "scan/feedback/asking.html",
        scan=scan,
        day=days_of(scans_of(scan.owner_id)).get(scan.id),
        form=form,
        asked=asked,
        whom=listed([str(role.yours) for role in respondents()]),
        moment=moment,
        undelivered=undelivered(asked),
        replaced=next((each for each in asked if each.id == form.replaces), None),
        leaves_at=leaves_at(moment),
        leaves_now=leaves_at(moment) == moment,
        weeks=INVITATION_LASTS.days // 7,
    )


def _invitation_request(form: AskForm, scan_id: uuid.UUID) -> InvitationRequest:
    return InvitationRequest(
        role=respondents().get(form.role.data),
        name=form.name.data or "",
        email=form.email.data or "",
        language=form.mail_language.data,
        word=form.word.data or "",
        form_key=form.key_in(scan_id),
        instead_of=form.replaces,
    )
