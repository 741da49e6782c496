"""The demo door and mailbox. Only registered in demo mode, and only open on this machine."""

import uuid

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts import queries as accounts
from zetwpo.accounts import service
from zetwpo.accounts.guard import forget_sign_in, open_to_all
from zetwpo.accounts.routes import remember_sign_in, this_device
from zetwpo.demo.data import find_waiting
from zetwpo.demo.door import find_door
from zetwpo.i18n import choose_language, chosen_language
from zetwpo.library.queries import library
from zetwpo.library.respondents import asked_people, respondents
from zetwpo.mail import queries as mails
from zetwpo.scan.content import current_self_form
from zetwpo.scan.result.example import example
from zetwpo.settings_rules import is_this_machine
from zetwpo.web import see_other

routes = Blueprint("demo", __name__, url_prefix="/demo")
DEMO = "the demo, with invented people, on this machine only"


@routes.before_request
def _on_this_machine_with_demo_data() -> None:
    """Refuse everybody from elsewhere, and everybody where the people are real."""
    host = request.host.rsplit(":", 1)[0].strip("[]")
    is_near = is_this_machine(request.remote_addr or "") and is_this_machine(host)
    if not is_near or not accounts.demo_people() or accounts.has_real_people():
        abort(404)


@routes.get("/")
@open_to_all(DEMO)
def door() -> ResponseReturnValue:
    """Choose whom to step in as."""
    return render_template(
        "demo/door.html",
        form=current_self_form(),
        example=example(library().current.axes, next(iter(respondents()))),
        asked=asked_people(),
        door=find_door(),
        waiting=find_waiting(),
    )


def _leave() -> None:
    """Sign out whoever was signed in; the language was chosen at the door, by the same visitor."""
    chosen = chosen_language()
    forget_sign_in()
    if chosen:
        choose_language(chosen)


@routes.post("/step-in/<uuid:person_id>")
@open_to_all(DEMO)
def step_in(person_id: uuid.UUID) -> ResponseReturnValue:
    """Sign in as one of the invented people."""
    if person_id not in {person.id for person in accounts.demo_people()}:
        abort(404)
    _leave()
    remember_sign_in(service.open_session(person_id, device=this_device()))
    return see_other(url_for("home.start"))


@routes.post("/open-link")
@open_to_all(DEMO)
def open_link() -> ResponseReturnValue:
    """Go on as whoever has a link and no account: signed out, as that is another browser."""
    waiting = find_waiting()
    if waiting is None:
        abort(404)
    _leave()
    return see_other(url_for("feedback.landing", token=waiting.token))


@routes.get("/mailbox")
@open_to_all(DEMO)
def mailbox() -> ResponseReturnValue:
    """Every mail that was sent."""
    return render_template("demo/mailbox.html", mails=mails.sent_mails())


@routes.get("/mailbox/<uuid:mail_id>")
@open_to_all(DEMO)
def letter(mail_id: uuid.UUID) -> ResponseReturnValue:
    """One mail, with its links."""
    found = mails.find_sent_mail(mail_id)
    if found is None:
        abort(404)
    return render_template("demo/letter.html", mail=found)
