"""The page of one's own account."""

from collections.abc import Collection

from flask import Blueprint, flash, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.address_change import service as addresses
from zetwpo.accounts.address_change.letters import CONFIRM
from zetwpo.accounts.address_change.queries import find_change
from zetwpo.accounts.guard import SIGN_IN_KEY, get_actor, needs
from zetwpo.accounts.own import queries, service
from zetwpo.accounts.own.forms import NewAddressForm, ProfileForm
from zetwpo.accounts.own.rules import Profile
from zetwpo.accounts.policy import MANAGE_OWN_ACCOUNT
from zetwpo.accounts.queries import get_person
from zetwpo.edits import Overtaken
from zetwpo.fields import as_key
from zetwpo.i18n import as_language, choose_language
from zetwpo.i18n import gettext as _
from zetwpo.mail.queries import find_failures
from zetwpo.web import see_other, store_in_part

routes = Blueprint("my_account", __name__, url_prefix="/my-account")


@routes.get("")
@needs(MANAGE_OWN_ACCOUNT)
def overview() -> ResponseReturnValue:
    """All that one can change about one's own account."""
    return _page()


@routes.post("")
@needs(MANAGE_OWN_ACCOUNT)
def save() -> ResponseReturnValue:
    """Store name and language; what was changed elsewhere meanwhile waits for a choice."""
    form = ProfileForm()
    form.validate()
    person_id = get_actor().person_id
    sent = form.sent
    clashes = service.save_profile(person_id, sent)
    if "language" in sent.fields and "language" not in clashes | set(sent.wrong):
        choose_language(as_language(sent.fields["language"]))
    if clashes or form.errors:
        store_in_part()
        return _page(form, clashes=clashes), 409 if clashes else 422
    flash(_("Your account is saved."))
    return see_other(url_for(".overview"))


@routes.post("/address")
@needs(MANAGE_OWN_ACCOUNT)
def ask_address() -> ResponseReturnValue:
    """Let a mail be sent to a new address, which takes effect once it is confirmed there."""
    form = NewAddressForm()
    if not form.validate():
        return _page(address_form=form), 422
    person_id = get_actor().person_id
    if not addresses.ask_address_change(person_id, form.email.data or "", person_id):
        flash(_("This is your address already. From now on we write it like this."))
    return see_other(url_for(".overview", _anchor="address"))


@routes.post("/keep")
@needs(MANAGE_OWN_ACCOUNT)
def keep_address() -> ResponseReturnValue:
    """Keep the address that one has."""
    person_id = get_actor().person_id
    addresses.take_back(person_id, person_id)
    flash(_("Your email address stays as it is."))
    return see_other(url_for(".overview", _anchor="address"))


@routes.post("/sign-ins/end")
@needs(MANAGE_OWN_ACCOUNT)
def end_sign_in() -> ResponseReturnValue:
    """Sign out one other browser; it is out at its next request."""
    service.end_sign_in(get_actor().person_id, as_key(request.form.get("sign_in")))
    flash(_("That device is signed out."))
    return see_other(url_for(".overview", _anchor="devices"))


@routes.post("/sign-ins/end-others")
@needs(MANAGE_OWN_ACCOUNT)
def end_others() -> ResponseReturnValue:
    """Sign out every browser but this one."""
    service.sign_out_elsewhere(get_actor().person_id, session[SIGN_IN_KEY])
    flash(_("You are signed out everywhere else."))
    return see_other(url_for(".overview", _anchor="devices"))


@routes.post("/mails/stop")
@needs(MANAGE_OWN_ACCOUNT)
def stop_mail() -> ResponseReturnValue:
    """Get no mails of this kind any more."""
    service.stop_mail(get_actor().person_id, request.form.get("kind", ""))
    flash(_("You get these emails no longer."))
    return see_other(url_for(".overview", _anchor="mails"))


@routes.post("/mails/want")
@needs(MANAGE_OWN_ACCOUNT)
def want_mail() -> ResponseReturnValue:
    """Get mails of this kind again."""
    service.want_mail(get_actor().person_id, request.form.get("kind", ""))
    flash(_("You get these emails again."))
    return see_other(url_for(".overview", _anchor="mails"))


def _page(
    form: ProfileForm | None = None,
    address_form: NewAddressForm | None = None,
    clashes: Collection[str] = (),
) -> str:
    person = get_person(get_actor().person_id)
    stored = Profile(person.name, person.language).fields
    if form is None:
        form = ProfileForm(formdata=None)
        form.show(stored)
    change = find_change(person.id)
    is_waiting = change is not None and change.is_waiting
    return render_template(
        "accounts/my_account.html",
        person=person,
        form=form,
        # What stands elsewhere, for its author to choose.
        elsewhere=form.let_choose(Overtaken(clashes, stored)) if clashes else {},
        address_form=address_form or NewAddressForm(formdata=None),
        change=change if is_waiting else None,
        failure=find_failures(CONFIRM, [person.id]).get(person.id) if is_waiting else None,
        sign_ins=queries.sign_ins_of(person.id, session[SIGN_IN_KEY]),
        mails=queries.mails_of(person.id),
    )
