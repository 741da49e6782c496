"""The front door, the first page after signing in, and the pages that say what we promise."""

from flask import Blueprint, Response, abort, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.actors import EMPLOYERS, Role
from zetwpo.accounts.guard import find_actor, get_actor, needs, open_to_all
from zetwpo.accounts.policy import SEE_OWN_START
from zetwpo.audit import AuditEntry
from zetwpo.cycle.desk.words import said
from zetwpo.database.engine import is_reachable
from zetwpo.extensions import db
from zetwpo.home.accessibility import ASSESSED_ON, SHORTCOMINGS
from zetwpo.home.first_page import first_page
from zetwpo.home.rules import Keeping, Leading, MeetingStatus, NextStep, Status, Step
from zetwpo.home.sights import Relation, sights_of
from zetwpo.library.queries import library
from zetwpo.library.respondents import asked_people, respondents
from zetwpo.scan.content import current_self_form
from zetwpo.scan.result.example import example
from zetwpo.web import see_other

routes = Blueprint("home", __name__)


@routes.get("/")
@open_to_all("the front door")
def front() -> ResponseReturnValue:
    """What this is, and where to sign in."""
    if find_actor():
        return see_other(url_for(".start"))
    if "demo" in current_app.blueprints:
        return see_other(url_for("demo.door"))
    axes, first = library().current.axes, next(iter(respondents()))
    return render_template(
        "home/front.html",
        form=current_self_form(),
        example=example(axes, first),
        asked=asked_people(),
    )


@routes.get("/start")
@needs(SEE_OWN_START)
def start() -> ResponseReturnValue:
    """One card with the next step, and below it the way so far."""
    actor = get_actor()
    return render_template(
        "home/start.html",
        actor=actor,
        first=first_page(actor),
        form=current_self_form(actor.partnerships_as(Role.SUPERVISOR)),
        Keeping=Keeping,
        Leading=Leading,
        MeetingStatus=MeetingStatus,
        NextStep=NextStep,
        Status=Status,
        Step=Step,
        said=said,
    )


@routes.get("/who-reads-what")
@open_to_all("everybody may know what we promise")
def promises() -> ResponseReturnValue:
    """Who sees what, and how long it is kept."""
    return render_template("home/promises.html", Role=Role, asked=asked_people())


@routes.get("/who-reads-what/<role>")
@open_to_all("everybody may know what we promise")
def role_reads(role: str) -> ResponseReturnValue:
    """What somebody in this role reads about others, and what stays closed."""
    if role not in set(Role):
        abort(404)
    return render_template(
        "home/role_reads.html",
        sights=sights_of(Role(role)),
        may_be_asked=role in respondents(),
        Relation=Relation,
        Role=Role,
        EMPLOYERS=EMPLOYERS,
    )


@routes.get("/accessibility")
@open_to_all("everybody may know how accessible this is")
def accessibility() -> ResponseReturnValue:
    """How accessible this is, and what is known not to work."""
    return render_template(
        "home/accessibility.html", assessed_on=ASSESSED_ON, shortcomings=SHORTCOMINGS
    )


@routes.get("/health")
@open_to_all("for the monitoring of whoever runs this")
def health() -> ResponseReturnValue:
    """Say whether this server and its database work; nothing else."""
    works = is_reachable(db.engine, AuditEntry)
    return Response("ok" if works else "database", 200 if works else 503, mimetype="text/plain")
