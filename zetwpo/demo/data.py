"""Lays out the demo: invented people with a scan, feedback and an open question."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
import yaml
from dateutil.relativedelta import relativedelta

from zetwpo import clock
from zetwpo.accounts import queries as accounts
from zetwpo.accounts import service as account_service
from zetwpo.accounts.actors import Role
from zetwpo.accounts.admission import Grant, Newcomer, admit
from zetwpo.database.statements import one_at_a_time
from zetwpo.edits import Sent as Edit
from zetwpo.errors import StartRefused
from zetwpo.extensions import db
from zetwpo.i18n import DEFAULT_LANGUAGE, writing_in
from zetwpo.library.questionnaires import FormFile
from zetwpo.library.respondents import AskedRole, respondents
from zetwpo.partnerships.breaks import service as breaks
from zetwpo.partnerships.breaks.rules import Event
from zetwpo.partnerships.identity import service as identity
from zetwpo.partnerships.schools import service as schools
from zetwpo.partnerships.schools.queries import schools_of
from zetwpo.scan.feedback import queries as feedback
from zetwpo.scan.feedback import service as feedback_service
from zetwpo.scan.feedback.links import token_for
from zetwpo.scan.feedback.service import InvitationRequest
from zetwpo.scan.responses.queries import ResponseView
from zetwpo.scan.responses.rules import Filled, TextKind
from zetwpo.scan.responses.service import store
from zetwpo.scan.result.sharing import SCAN
from zetwpo.scan.self_scan import queries as scans
from zetwpo.scan.self_scan import service as scan_service
from zetwpo.sharing import service as sharing
from zetwpo.sharing.items import WHOLE, find_item
from zetwpo.sharing.queries import PERSON, Receiver

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
    _lay_out_partnership(start)
    supervisor = _get_id(CONTENT["supervisor"])
    _lay_out_scan(supervisor, CONTENT["earlier_scan"], start, feedback=[])
    scan_id = _lay_out_scan(supervisor, CONTENT["scan"], start, feedback=CONTENT["feedback"])
    for each in CONTENT["waiting"]:
        _ask(scan_id, supervisor, each)
    _open_to(scan_id, _get_id(CONTENT["opened_to"]))
    begun = CONTENT["begun"]
    other = _get_id(begun["supervisor"])
    _ask(_begin_scan(other, begun, start), other, begun["asked"])


def _get_id(email: str) -> uuid.UUID:
    person_id = accounts.find_person_id(email)
    assert person_id is not None  # noqa: S101 (made before anything of theirs)
    return person_id


def _lay_out_partnership(start: datetime) -> None:
    """What Karin and Robert keep for all: who they are, their schools, people and breaks."""
    *others, first = CONTENT["people"]
    name, email = first["name"], first["email"]
    # At the door they stand in the order in which they were made; she is the last.
    with clock.as_if(start + timedelta(seconds=len(others))):
        keeper = account_service.add_person(
            name, email, [Role(first["role"])], CONTENT["partnership"], is_demo=True
        )
    [place] = accounts.partnerships_of(keeper, Role.ADMINISTRATOR)
    identity.describe(place.id, Edit(CONTENT["about"]), keeper)
    for each in CONTENT["schools"]:
        schools.add(place.id, each["name"], each["kind"], keeper)
    at_school = {each.name: each.id for each in schools_of(place.id)}
    for number, each in enumerate(others):
        grant = Grant(Role(each["role"]), at_school.get(each.get("school")))
        with clock.as_if(start + timedelta(seconds=number)):
            admit(place.id, [Newcomer(each["name"], each["email"], frozenset({grant}))], keeper)
    for each in CONTENT["people"]:
        # All of them were here before.
        person_id = _get_id(each["email"])
        account_service.sign_out(account_service.open_session(person_id), person_id)
    today = start.date()
    for each in CONTENT["breaks"]:
        first = today + relativedelta(month=each["month"], day=each["day"])
        first += relativedelta(years=first < today)
        last = first + timedelta(days=each["days"] - 1)
        breaks.add(place.id, Event(each["name"], first, last), keeper)


@dataclass(frozen=True)
class Waiting:
    """Somebody who was asked and has not answered, with the word in the link from the mail."""

    name: str
    role: AskedRole
    token: str


def find_waiting() -> Waiting | None:
    """Whoever was asked and has not answered, for the demo door."""
    supervisor = accounts.find_person_id(CONTENT["supervisor"])
    if supervisor is None:
        return None
    for scan in scans.scans_of(supervisor):
        for asked in feedback.asked_for(scan.id):
            if asked.email == CONTENT["waiting"][0]["email"]:
                return Waiting(asked.name, asked.role, token_for(asked.id))
    return None


def _open_to(scan_id: uuid.UUID, person_id: uuid.UUID) -> None:
    with writing_in(DEFAULT_LANGUAGE):
        item = find_item(SCAN, scan_id)
        assert item is not None  # noqa: S101 (handed in a moment ago)
        sharing.share(item, WHOLE, Receiver(PERSON, person_id), None)


def _begin_scan(owner_id: uuid.UUID, content: dict[str, Any], start: datetime) -> uuid.UUID:
    [place] = accounts.partnerships_of(owner_id, Role.SUPERVISOR)
    with clock.as_if(start - timedelta(days=content["days_ago"])):
        scan_id = scan_service.start(owner_id, place.id)
    response = _get_response(scan_id)
    store(
        response.id, _filled(response.form, content, TextKind.EXAMPLE, content.get("examples", {}))
    )
    return scan_id


def _lay_out_scan(
    owner_id: uuid.UUID, content: dict[str, Any], start: datetime, feedback: list[dict[str, Any]]
) -> uuid.UUID:
    begun = start - timedelta(days=content["days_ago"])
    scan_id = _begin_scan(owner_id, content, start)
    for number, each in enumerate(feedback):
        with clock.as_if(begun + timedelta(hours=number)):
            _give_feedback(_ask(scan_id, owner_id, each), each, begun + timedelta(days=5 + number))
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
