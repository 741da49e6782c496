"""The pages of signing in and out, and the choice of language."""

import uuid

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts import known_browser, service
from zetwpo.accounts.devices import Device, describe
from zetwpo.accounts.forms import AskLinkForm, CodeForm
from zetwpo.accounts.guard import (
    SIGN_IN_KEY,
    USED_KEY,
    answered_by_link,
    by_link,
    ends_sign_in,
    find_actor,
    forget_sign_in,
    get_actor,
    needs,
    open_to_all,
)
from zetwpo.accounts.known_browser import is_known
from zetwpo.accounts.letters import address_hash
from zetwpo.accounts.policy import SEE_OWN_START
from zetwpo.accounts.service import Asker, CodeTrouble, SignedIn
from zetwpo.hashing import keyed_hash
from zetwpo.i18n import as_language, choose_language, chosen_language, lazy_gettext
from zetwpo.i18n import gettext as _
from zetwpo.limiting import limit_mails, require, this_browser, this_network
from zetwpo.web import local_path, see_other, settings, store_in_part

routes = Blueprint("accounts", __name__)

# What the asking browser remembers until it is signed in: a word of its own, the same however
# often it asks, so that no mail makes an earlier one useless; and what was typed.
BROWSER_KEY, ADDRESS_KEY, WRONG_KEY = "asked_from", "asked_for", "wrong_code"
NEXT_KEY = "after_sign_in"

CODE_TROUBLE = {
    CodeTrouble.WRONG: lazy_gettext(
        "This code does not work. Check it, use the link in the email, or ask for a new email."
    ),
    CodeTrouble.CLOSED: lazy_gettext(
        "Too many wrong codes were tried here. Use the link in the email, or ask for a new email."
    ),
    CodeTrouble.TOO_SHORT: lazy_gettext(
        "Too many wrong codes were tried for this address today. Use the link in the email, or "
        "ask for a new email: the code in it is longer."
    ),
}


@routes.get("/sign-in")
@open_to_all("signing in starts here")
def sign_in() -> ResponseReturnValue:
    """Ask for a mail address."""
    if find_actor():
        return see_other(local_path(request.args.get("next"), url_for("home.start")))
    # What somebody wanted here before may be another person's, who left.
    session.pop(NEXT_KEY, None)
    if "next" in request.args:
        session[NEXT_KEY] = local_path(request.args["next"], "")
    return render_template("accounts/sign_in.html", form=AskLinkForm(formdata=None))


@routes.post("/sign-in")
@open_to_all("signing in starts here")
def ask_link() -> ResponseReturnValue:
    """Send a link to whoever has an account, and say the same to everybody."""
    form = AskLinkForm()
    if not form.validate():
        return render_template("accounts/sign_in.html", form=form), 422
    session[ADDRESS_KEY] = form.email.data or ""
    session.setdefault(BROWSER_KEY, _word_of_browser())
    asker = _asker()
    limit_mails(address_hash(asker.address))
    service.ask_to_sign_in(asker, chosen_language())
    return see_other(url_for("accounts.check_mail"))


@routes.get("/sign-in/code")
@open_to_all("the step after asking for a link")
def check_mail() -> ResponseReturnValue:
    """Say that a mail is on its way if the address is known, and take the code from it."""
    if BROWSER_KEY not in session:
        return redirect(url_for("accounts.sign_in"))
    form = CodeForm(formdata=None)
    if WRONG_KEY in session:
        form.code.errors = [str(CODE_TROUBLE[CodeTrouble(session.pop(WRONG_KEY))])]
    return _ask_code(form)


@routes.post("/sign-in/code")
@open_to_all("the step after asking for a link")
def enter_code() -> ResponseReturnValue:
    """Sign in with the code, in the browser that asked for it."""
    form = CodeForm()
    if not form.validate():
        return _ask_code(form), 422
    require(settings().link_limit, "code or link", this_network())
    if BROWSER_KEY not in session:
        # A second click, after the first one signed in; or a browser that never asked.
        return see_other(url_for("accounts.check_mail"))
    signed_in = service.sign_in_by_code(form.code.data or "", _asker())
    if isinstance(signed_in, CodeTrouble):
        # Kept for the next page: a refusal here and now would not count the attempt.
        session[WRONG_KEY] = signed_in
        return see_other(url_for("accounts.check_mail"))
    return _signed_in(signed_in)


def _word_of_browser() -> str:
    """The same for two clicks at once: whichever answer the browser keeps, each letter fits it."""
    return keyed_hash(f"asking browser\n{this_browser()}")


def _asker() -> Asker:
    address = session.get(ADDRESS_KEY, "")
    known = is_known(address_hash(address))
    return Asker(session.get(BROWSER_KEY, ""), address, known, this_device())


def this_device() -> Device:
    """What the browser of this request is called."""
    return describe(request.user_agent.string)


def _ask_code(form: CodeForm) -> str:
    address = session.get(ADDRESS_KEY, "")
    again = url_for(".sign_in", next=session.get(NEXT_KEY))
    return render_template("accounts/check_mail.html", form=form, address=address, again=again)


@routes.get("/sign-in/link/<token>")
@by_link("the link from the mail; looking at it changes nothing")
def link(token: str) -> ResponseReturnValue:
    """Offer the button that signs in; in another browser than the asker's, say what to do."""
    is_asker = answered_by_link(service.is_askers_browser(token, session.get(BROWSER_KEY, "")))
    if not is_asker and _is_in_with(token):
        return see_other(url_for("home.start"))
    return render_template("accounts/link.html", token=token, is_asker=is_asker)


@routes.post("/sign-in/link/<token>")
@by_link("the link from the mail; works only in the browser that asked")
def use_link(token: str) -> ResponseReturnValue:
    """Sign in, once, in the browser that asked for the link."""
    require(settings().link_limit, "code or link", this_network())
    browser = session.get(BROWSER_KEY, "")
    signed_in = answered_by_link(service.sign_in_by_link(token, browser, this_device()))
    if signed_in is None:
        # Otherwise the refusal would take back that the attempt was counted.
        store_in_part()
        if _is_in_with(token):
            return see_other(url_for("home.start"))
        return render_template("accounts/link.html", token=token, is_asker=False), 403
    return _signed_in(signed_in)


def _is_in_with(token: str) -> bool:
    """True where this browser is signed in as the one to whom the link was sent."""
    actor = find_actor()
    return actor is not None and service.is_letter_to(token, actor.person_id)


@routes.post("/sign-out")
@ends_sign_in
@needs(SEE_OWN_START)
def sign_out() -> ResponseReturnValue:
    """End this session, on the server too."""
    service.sign_out(session[SIGN_IN_KEY], get_actor().person_id)
    forget_sign_in()
    flash(_("You are signed out."))
    return see_other(url_for("home.front"))


@routes.post("/language")
@open_to_all("everybody chooses the language of the pages")
def change_language() -> ResponseReturnValue:
    """Show the pages in another language from now on, and mail in it too."""
    choose_language(as_language(request.form.get("language")))
    actor = find_actor()
    if actor:
        _keep_language(actor.person_id)
    return see_other(local_path(request.form.get("next"), url_for("home.front")))


def remember_sign_in(token: str) -> None:
    """Keep the token of a new session in this browser."""
    session[SIGN_IN_KEY] = token
    # Of whoever was signed in before.
    for key in (USED_KEY, BROWSER_KEY, ADDRESS_KEY, WRONG_KEY):
        session.pop(key, None)


def _keep_language(person_id: uuid.UUID) -> None:
    """Mail this person in the language that was chosen here, if one was."""
    chosen = chosen_language()
    if chosen:
        service.set_language(person_id, chosen)


def _signed_in(signed_in: SignedIn) -> ResponseReturnValue:
    remember_sign_in(signed_in.token)
    known_browser.remember(signed_in.address_hash)
    _keep_language(signed_in.person_id)
    return see_other(local_path(session.pop(NEXT_KEY, None), url_for("home.start")))
