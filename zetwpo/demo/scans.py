"""Lays out scans of the demo: filled in, with feedback of others and a question after them."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from zetwpo import clock
from zetwpo.accounts import queries as accounts
from zetwpo.accounts.actors import Role
from zetwpo.cycle.learning_question import service as questions
from zetwpo.cycle.learning_question.rules import Draft
from zetwpo.demo.content import Asked, AxisKey, BegunScan, DemoContent, DemoScan, Given, OwnQuestion
from zetwpo.demo.people import person_id_of
from zetwpo.i18n import DEFAULT_LANGUAGE, writing_in
from zetwpo.library.questionnaires import FormFile
from zetwpo.library.respondents import respondents
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

CANNOT_JUDGE, UNANSWERED = "x", "-"
# From the first answer of somebody until they hand in their scan.
FILLING_IN = timedelta(days=3)
# Until the first feedback is shared; the others follow a day apart.
ANSWERING = timedelta(days=5)


def lay_out_scan(content: DemoContent, person: str, scan: DemoScan, begun: datetime) -> uuid.UUID:
    """A scan that was begun then and handed in, with feedback; gives its key."""
    owner_id = person_id_of(content.person(person))
    scan_id = _begin(owner_id, scan, begun)
    for number, each in enumerate(scan.feedback):
        with clock.as_if(begun + timedelta(hours=number)):
            invitation_id = ask(scan_id, owner_id, each)
        _give(invitation_id, each, begun + ANSWERING + timedelta(days=number))
    with clock.as_if(begun + FILLING_IN):
        scan_service.submit(scan_id, _get_response(scan_id), owner_id)
    if scan.opened_to:
        _open_to(scan_id, person_id_of(content.person(scan.opened_to)))
    return scan_id


def lay_out_begun(content: DemoContent, begun: BegunScan, start: datetime) -> None:
    """A scan that is being filled in, for which somebody was asked a moment ago."""
    owner_id = person_id_of(content.person(begun.person))
    scan_id = _begin(owner_id, begun.scan, start - timedelta(days=begun.days_ago))
    ask(scan_id, owner_id, begun.asked)


def write_question(
    scan_id: uuid.UUID, owner_id: uuid.UUID, question: OwnQuestion, moment: datetime
) -> None:
    """What somebody wants to learn after this scan."""
    with clock.as_if(moment):
        questions.write(scan_id, owner_id, Draft(question.axis, question.text))


def ask(scan_id: uuid.UUID, owner_id: uuid.UUID, asked: Asked) -> uuid.UUID:
    """Ask somebody for feedback on this scan; gives the key of the invitation."""
    wanted = InvitationRequest(
        role=respondents().get(asked.role),
        name=asked.name,
        email=asked.email,
        language=DEFAULT_LANGUAGE,
        word=asked.word,
        form_key=uuid.uuid4(),
    )
    feedback_service.ask(scan_id, accounts.get_person(owner_id), wanted)
    return next(each.id for each in feedback.asked_for(scan_id) if each.email == wanted.email)


def newest_scan(owner_id: uuid.UUID) -> uuid.UUID:
    """The key of the scan that this person did last."""
    return scans.scans_of(owner_id)[0].id


def _begin(owner_id: uuid.UUID, scan: DemoScan, begun: datetime) -> uuid.UUID:
    [place] = accounts.partnerships_of(owner_id, Role.SUPERVISOR)
    with clock.as_if(begun):
        scan_id = scan_service.start(owner_id, place.id)
    response = _get_response(scan_id)
    store(
        response.id,
        Filled(_answers(response.form, scan.answers), _texts(TextKind.EXAMPLE, scan.examples)),
    )
    return scan_id


def _give(invitation_id: uuid.UUID, given: Given, moment: datetime) -> None:
    token = token_for(invitation_id)
    invitation = feedback.find_by_token(token)
    assert invitation is not None  # noqa: S101 (asked for a moment ago)
    texts = _texts(TextKind.FEED_FORWARD, given.feed_forward)
    texts |= _texts(TextKind.EXAMPLE, given.example)
    answers = _answers(invitation.response.form, given.answers)
    store(invitation.response.id, Filled(answers, texts))
    with clock.as_if(moment):
        filled = feedback.find_by_token(token)
        assert filled is not None  # noqa: S101
        feedback_service.share(filled, None)


def _open_to(scan_id: uuid.UUID, person_id: uuid.UUID) -> None:
    with writing_in(DEFAULT_LANGUAGE):
        item = find_item(SCAN, scan_id)
        assert item is not None  # noqa: S101 (handed in a moment ago)
        sharing.share(item, WHOLE, Receiver(PERSON, person_id), None)


def _answers(form: FormFile, marks: str) -> dict[str, int | None]:
    return {
        statement.key: None if mark == CANNOT_JUDGE else int(mark)
        for statement, mark in zip(form.statements, marks.split(), strict=True)
        if mark != UNANSWERED
    }


def _texts(kind: TextKind, words: Mapping[AxisKey, str]) -> dict[tuple[TextKind, str], str]:
    return {(kind, axis): text for axis, text in words.items()}


def _get_response(scan_id: uuid.UUID) -> ResponseView:
    scan = scans.find_scan(scan_id)
    assert scan is not None  # noqa: S101
    return scan.response
