"""The pages behind the link: whoever was asked gives feedback without an account."""

from datetime import date

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import by_link, gives_file, open_to_all, opened_by_link
from zetwpo.accounts.letters import address_hash
from zetwpo.clock import now, today
from zetwpo.errors import Gone, NextPage, NotFound, Refusal
from zetwpo.i18n import as_language, suggest_language
from zetwpo.i18n import gettext as _
from zetwpo.limiting import limit_mails
from zetwpo.scan.feedback import links, queries, service
from zetwpo.scan.feedback.forms import LostLinkForm, PlanForm
from zetwpo.scan.feedback.queries import InvitationView
from zetwpo.scan.feedback.rules import LATEST_SHARE, InvitationStatus
from zetwpo.scan.feedback.service import NothingToShare
from zetwpo.scan.responses import part_page
from zetwpo.scan.responses.overview import Overview, changed_since_shown
from zetwpo.scan.responses.part_page import FROM_CHECK, PartPage
from zetwpo.scan.responses.rules import Key, marks_of
from zetwpo.web import download, see_other

routes = Blueprint("feedback", __name__, url_prefix=links.PREFIX.rstrip("/"))

HOLDS_LINK = "whoever holds the signed link from the mail is the one who was asked"


@routes.get("/<token>")
@by_link(HOLDS_LINK)
def landing(token: str) -> ResponseReturnValue:
    """Who asks, why, for how long, and who will read it; looking changes nothing."""
    invitation = _find(token)
    page = render_template("scan/feedback/landing.html", invitation=invitation)
    closed = invitation.status in {InvitationStatus.WITHDRAWN, InvitationStatus.EXPIRED}
    return page, 410 if closed else 200


@routes.get("/<token>/part/<int:number>")
@by_link(HOLDS_LINK)
def part(token: str, number: int) -> ResponseReturnValue:
    """Show one part with what was saved before."""
    invitation = _find(token)
    if not invitation.may_write:
        return see_other(url_for(".landing", token=token))
    page = part_page.show(invitation.response, number, _readers(invitation))
    return _part(invitation, page)


@routes.post("/<token>/part/<int:number>")
@by_link(HOLDS_LINK)
def save_part(token: str, number: int) -> ResponseReturnValue:
    """Save one part and go to the next, or stay where a statement was left open."""
    invitation = _find_to_write(token)
    page = part_page.save(invitation.response, number, _readers(invitation))
    invitation = _after_saving(invitation, page)
    if page.status >= 400:
        return _part(invitation, page), page.status
    if page.stays_at:
        here = {"token": token, "number": number, **page.return_to}
        return see_other(url_for(".part", _anchor=page.stays_at, **here))
    if page.leads_to_check:
        return see_other(url_for(".preview", token=token))
    return see_other(url_for(".part", token=token, number=number + 1))


@routes.post("/<token>/part/<int:number>/autosave")
@by_link(HOLDS_LINK)
def autosave(token: str, number: int) -> ResponseReturnValue:
    """Save the fields that changed, while somebody fills in."""
    invitation = _find_to_write(token)

    def more(page: PartPage) -> str:
        state = _after_saving(invitation, page).state
        return _("Your feedback is not planned any more.") if state.held_from else ""

    return part_page.autosave(invitation.response, number, more)


@routes.get("/<token>/preview")
@by_link(HOLDS_LINK)
def preview(token: str) -> ResponseReturnValue:
    """What the supervisor will see, and the choice when."""
    invitation = _find(token)
    if not invitation.may_write:
        return see_other(url_for(".landing", token=token))
    return _preview(invitation, PlanForm(formdata=None))


@routes.post("/<token>/share")
@by_link(HOLDS_LINK)
def share(token: str) -> ResponseReturnValue:
    """Release the feedback now."""
    return _share(_find(token, to_write=True), PlanForm(formdata=None), None)


@routes.post("/<token>/plan")
@by_link(HOLDS_LINK)
def plan(token: str) -> ResponseReturnValue:
    """Release the feedback from a day to come."""
    invitation = _find_to_write(token)
    form = PlanForm()
    if not form.validate():
        return _preview(invitation, form, changed_since_shown(invitation.response)), 422
    return _share(invitation, form, form.share_day)


@routes.get("/<token>/take-back")
@by_link(HOLDS_LINK)
def ask_take_back(token: str) -> ResponseReturnValue:
    """Ask once more, and say what becomes of what was filled in."""
    invitation = _find(token)
    if invitation.status is not InvitationStatus.PLANNED:
        return see_other(url_for(".landing", token=token))
    return render_template("scan/feedback/take_back.html", invitation=invitation)


@routes.post("/<token>/take-back")
@by_link(HOLDS_LINK)
def take_back(token: str) -> ResponseReturnValue:
    """Undo a planned release."""
    invitation = _find(token, to_write=True)
    service.take_back(invitation)
    if invitation.may_start_again:
        flash(_("Your feedback will not be shared. You can change it and choose again."))
        return see_other(url_for(".preview", token=token))
    flash(_("Your feedback will not be shared, and what you filled in will be deleted."))
    return see_other(url_for(".landing", token=token))


@routes.get("/<token>/decline")
@by_link(HOLDS_LINK)
def ask_decline(token: str) -> ResponseReturnValue:
    """Ask once more, where something would be lost."""
    invitation = _find(token)
    if not invitation.may_write:
        return see_other(url_for(".landing", token=token))
    return render_template("scan/feedback/decline.html", invitation=invitation)


@routes.post("/<token>/decline")
@by_link(HOLDS_LINK)
def decline(token: str) -> ResponseReturnValue:
    """Give no feedback; nobody is told. Where something would be lost, ask first."""
    invitation = _find(token, to_write=True)
    if invitation.may_write and not invitation.is_empty:
        # The button stood on a page from before anything was filled in.
        return see_other(url_for(".ask_decline", token=token))
    service.decline(invitation)
    return see_other(url_for(".landing", token=token))


@routes.post("/<token>/decline/sure")
@by_link(HOLDS_LINK)
def decline_surely(token: str) -> ResponseReturnValue:
    """Give no feedback, and delete what was filled in."""
    service.decline(_find(token, to_write=True))
    return see_other(url_for(".landing", token=token))


@routes.post("/<token>/reconsider")
@by_link(HOLDS_LINK)
def reconsider(token: str) -> ResponseReturnValue:
    """Give feedback after all."""
    service.reconsider(_find(token, to_write=True))
    return see_other(url_for(".landing", token=token))


@routes.get("/<token>/shared")
@by_link(HOLDS_LINK)
def shared(token: str) -> ResponseReturnValue:
    """Exactly what was shared, to read again."""
    invitation = _find(token)
    if invitation.status is not InvitationStatus.SHARED:
        return see_other(url_for(".landing", token=token))
    return render_template("scan/feedback/shared.html", invitation=invitation)


@routes.get("/<token>/shared.html")
@gives_file(on="feedback.shared")
@by_link(HOLDS_LINK)
def take_out(token: str) -> ResponseReturnValue:
    """The same as a file: one page that stands on its own."""
    invitation = _find(token)
    if invitation.status is not InvitationStatus.SHARED:
        return see_other(url_for(".landing", token=token))
    page = render_template("scan/feedback/shared_file.html", invitation=invitation, taken_at=now())
    name = _("my-feedback-%(day)s", day=today().isoformat()) + ".html"
    return download(page.lstrip(), name, "text/html")


@routes.get("/<token>/delete")
@by_link(HOLDS_LINK)
def ask_delete(token: str) -> ResponseReturnValue:
    """Ask once more, and say what cannot be called back."""
    invitation = _find(token)
    if invitation.status is not InvitationStatus.SHARED:
        return see_other(url_for(".landing", token=token))
    return render_template("scan/feedback/delete.html", invitation=invitation)


@routes.post("/<token>/delete")
@by_link(HOLDS_LINK)
def delete(token: str) -> ResponseReturnValue:
    """Delete what was shared; a second click finds it done."""
    service.retract(_find(token, to_write=True))
    return see_other(url_for(".landing", token=token))


@routes.get("/lost-link")
@open_to_all("somebody who lost the link has nothing to sign in with")
def lost_link() -> ResponseReturnValue:
    """Ask for the address to which the link was sent."""
    return render_template("scan/feedback/lost_link.html", form=LostLinkForm(formdata=None))


@routes.post("/lost-link")
@open_to_all("somebody who lost the link has nothing to sign in with")
def send_link_again() -> ResponseReturnValue:
    """Mail the links again to the invited address, and say the same to everybody."""
    form = LostLinkForm()
    if not form.validate():
        return render_template("scan/feedback/lost_link.html", form=form), 422
    address = form.email.data or ""
    limit_mails(address_hash(address))
    service.send_links_again(address)
    return see_other(url_for(".link_sent"))


@routes.get("/lost-link/sent")
@open_to_all("somebody who lost the link has nothing to sign in with")
def link_sent() -> ResponseReturnValue:
    """Say that the link is on its way if there is one."""
    return render_template("scan/feedback/link_sent.html")


def _find(token: str, *, to_write: bool = False) -> InvitationView:
    """The invitation of this link, for everybody but the supervisor whom it is about."""
    invitation = queries.find_by_token(token, to_write=to_write)
    if invitation is None and links.read_token(token):
        raise Gone(
            _("What this link led to is no longer there"),
            _(
                "It was deleted: its time was over, or the one who asked you deleted their data. "
                "Nothing of what you filled in is kept."
            ),
            NextPage("home.promises", _("Who reads what, and how long we keep it")),
        )
    if invitation is None:
        raise NotFound(
            _("This link does not work"),
            _("Open the link from your email again, or have it sent again."),
            NextPage("feedback.lost_link", _("Send me the link again")),
        )
    suggest_language(as_language(opened_by_link(invitation).language))
    return invitation


def _find_to_write(token: str) -> InvitationView:
    invitation = _find(token, to_write=True)
    if not invitation.may_write:
        raise Refusal(
            _("This form is closed"),
            _(
                "It was shared, withdrawn, or its time is up, so it cannot be changed any more. "
                "Open your link again to see how things stand."
            ),
        )
    return invitation


def _after_saving(invitation: InvitationView, page: PartPage) -> InvitationView:
    """Put a plan on hold where something is stored that its preview did not show."""
    is_changed = marks_of(page.view.filled) != marks_of(invitation.response.filled)
    return service.hold(invitation) if is_changed else invitation


def _readers(invitation: InvitationView) -> str:
    return _(
        "%(supervisor)s reads this with your name, once you share it, and can print or show it.",
        supervisor=invitation.supervisor,
    )


def _part(invitation: InvitationView, page: PartPage) -> str:
    return render_template("scan/feedback/part.html", invitation=invitation, page=page)


def _share(
    invitation: InvitationView, form: PlanForm, share_day: date | None
) -> ResponseReturnValue:
    # A second click on the button finds it done.
    if invitation.status is not InvitationStatus.SHARED:
        changed = changed_since_shown(invitation.response)
        if changed and invitation.may_write and not invitation.is_empty:
            return _preview(invitation, form, changed), 409
        try:
            service.share(invitation, share_day)
        except NothingToShare:
            return _preview(invitation, PlanForm(formdata=None)), 422
    return see_other(url_for(".landing", token=invitation.token))


def _preview(invitation: InvitationView, form: PlanForm, changed: tuple[Key, ...] = ()) -> str:
    return render_template(
        "scan/feedback/preview.html",
        invitation=invitation,
        form=form,
        overview=Overview(invitation.response, changed),
        edit=[
            url_for(".part", token=invitation.token, number=number, **FROM_CHECK)
            for number, _part in enumerate(invitation.response.form.parts, 1)
        ],
        planned=invitation.state.share_from,
        wanted=invitation.state.share_from or invitation.state.held_from,
        latest=today() + LATEST_SHARE,
    )
