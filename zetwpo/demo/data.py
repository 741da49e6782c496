"""Lays out the demo: invented people with a scan, feedback and an open question."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import click
import yaml
from dateutil.relativedelta import relativedelta

from zetwpo import clock
from zetwpo.accounts import queries as accounts
from zetwpo.accounts import service as account_service
from zetwpo.accounts.actors import Role
from zetwpo.database.statements import one_at_a_time
from zetwpo.edits import Sent as Edit
from zetwpo.errors import StartRefused
from zetwpo.extensions import db
from zetwpo.library.questionnaires import FormFile
from zetwpo.library.respondents import AskedRole, respondents
from zetwpo.partnerships.breaks import service as breaks
from zetwpo.partnerships.breaks.rules import Event
from zetwpo.partnerships.identity import service as identity
from zetwpo.partnerships.schools import service as schools
from zetwpo.scan.feedback import queries as feedback
from zetwpo.scan.feedback import service as feedback_service
from zetwpo.scan.feedback.links import token_for
from zetwpo.scan.feedback.service import InvitationRequest
from zetwpo.scan.responses.queries import ResponseView
from zetwpo.scan.responses.rules import Filled, TextKind
from zetwpo.scan.responses.service import store
from zetwpo.scan.self_scan import queries as scans
from zetwpo.scan.self_scan import service as scan_service
from zetwpo.web import public_address

CONTENT: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("people.yaml").read_text("utf-8"))
CANNOT_JUDGE, UNANSWERED = "x", "-"


def refuse_real_people() -> None:
    """Raise StartRefused among real people: whoever opens the demo reads all mail."""
    if accounts.has_real_people():
        raise StartRefused(
            "There are real people in this database, and the demo opens all doors. Start it with "
            "ZETWPO_INSTANCE set to another folder."
        )


def load_demo() -> None:
    """Store the demo, unless it is there already: a second start keeps everything."""
    one_at_a_time(db.session.connection(), "demo")
    if accounts.demo_people():
        return
    click.echo("Laying out the demo ...", err=True)
    start = clock.now()
    for number, person in enumerate(CONTENT["people"]):
        # In the order of the file, which is the order at the door.
        with clock.as_if(start + timedelta(seconds=number)):
            account_service.add_person(
                person["name"],
                person["email"],
                [Role(role) for role in person["roles"]],
                CONTENT["partnership"],
                is_demo=True,
            )
    _lay_out_partnership(start.date())
    supervisor = accounts.find_person_id(CONTENT["supervisor"])
    assert supervisor is not None  # noqa: S101 (made above)
    _lay_out_scan(supervisor, CONTENT["earlier_scan"], start, feedback=[])
    scan_id = _lay_out_scan(supervisor, CONTENT["scan"], start, feedback=CONTENT["feedback"])
    for each in CONTENT["waiting"]:
        _ask(scan_id, supervisor, each)


def _lay_out_partnership(today: date) -> None:
    """What Karin and Robert keep for all: who they are, their schools and their breaks."""
    keeper = accounts.find_person_id(CONTENT["people"][-1]["email"])
    assert keeper is not None  # noqa: S101 (made a moment ago)
    [place] = accounts.partnerships_of(keeper, Role.ADMINISTRATOR)
    identity.describe(place.id, Edit(CONTENT["about"]), keeper)
    for each in CONTENT["schools"]:
        schools.add(place.id, each["name"], each["kind"], keeper)
    for each in CONTENT["breaks"]:
        first = today + relativedelta(month=each["month"], day=each["day"])
        first += relativedelta(years=first < today)
        last = first + timedelta(days=each["days"] - 1)
        breaks.add(place.id, Event(each["name"], first, last), keeper)


@dataclass(frozen=True)
class Waiting:
    """Somebody who was asked and has not answered, with the link from the mail."""

    name: str
    role: AskedRole
    url: str


def find_waiting() -> Waiting | None:
    """Whoever was asked and has not answered, for the demo door."""
    supervisor = accounts.find_person_id(CONTENT["supervisor"])
    if supervisor is None:
        return None
    for scan in scans.scans_of(supervisor):
        for asked in feedback.asked_for(scan.id):
            if asked.email == CONTENT["waiting"][0]["email"]:
                url = public_address("feedback.landing", token=token_for(asked.id))
                return Waiting(asked.name, asked.role, url)
    return None


def _lay_out_scan(
    owner_id: uuid.UUID, content: dict[str, Any], start: datetime, feedback: list[dict[str, Any]]
) -> uuid.UUID:
    begun = start - timedelta(days=content["days_ago"])
    place = accounts.partnerships_of(owner_id, Role.SUPERVISOR)[0]
    with clock.as_if(begun):
        scan_id = scan_service.start(owner_id, place.id)
    for number, each in enumerate(feedback):
        with clock.as_if(begun + timedelta(hours=number)):
            _give_feedback(_ask(scan_id, owner_id, each), each, begun + timedelta(days=5 + number))
    response = _get_response(scan_id)
    store(
        response.id, _filled(response.form, content, TextKind.EXAMPLE, content.get("examples", {}))
    )
    with clock.as_if(begun + timedelta(days=3)):
        scan_service.submit(scan_id, _get_response(scan_id), owner_id)
    return scan_id


def _ask(scan_id: uuid.UUID, owner_id: uuid.UUID, content: dict[str, Any]) -> uuid.UUID:
    wanted = InvitationRequest(
        role=respondents().get(content["role"]),
        name=content["name"],
        email=content["email"],
        language="nl",
        word=content.get("word", ""),
        form_key=uuid.uuid4(),
    )
    feedback_service.ask(scan_id, accounts.get_person(owner_id), wanted)
    return next(each.id for each in feedback.asked_for(scan_id) if each.email == wanted.email)


def _give_feedback(invitation_id: uuid.UUID, content: dict[str, Any], moment: datetime) -> None:
    token = token_for(invitation_id)
    invitation = feedback.find_by_token(token)
    assert invitation is not None  # noqa: S101 (asked for a moment ago)
    form = invitation.response.form
    words = content.get("feed_forward", {})
    store(invitation.response.id, _filled(form, content, TextKind.FEED_FORWARD, words))
    store(
        invitation.response.id,
        Filled(
            texts={
                (TextKind.EXAMPLE, axis): text for axis, text in content.get("example", {}).items()
            }
        ),
    )
    with clock.as_if(moment):
        filled = feedback.find_by_token(token)
        assert filled is not None  # noqa: S101
        feedback_service.share(filled, None)


def _filled(
    form: FormFile, content: dict[str, Any], kind: TextKind, words: dict[str, str]
) -> Filled:
    marks = content["answers"].split()
    answers = {
        statement.key: None if mark == CANNOT_JUDGE else int(mark)
        for statement, mark in zip(form.statements, marks, strict=True)
        if mark != UNANSWERED
    }
    return Filled(answers, {(kind, axis): text for axis, text in words.items()})


def _get_response(scan_id: uuid.UUID) -> ResponseView:
    scan = scans.find_scan(scan_id)
    assert scan is not None  # noqa: S101
    return scan.response
