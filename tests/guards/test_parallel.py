"""One click or fifty at the same time: one record, and nobody overwrites anybody (promise 2)."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.application import Stored
from tests.factories import Asked, Maker, Scan, Someone
from tests.mailbox import Mailbox
from tests.pages.client import Browser, Page
from tests.pages.questionnaire import Editor
from tests.pages.test_scan_parts import RELATIONSHIP
from tests.people import Browse
from zetwpo import clock
from zetwpo.accounts.actors import Role
from zetwpo.accounts.models import Membership, Person, SignIn
from zetwpo.audit import AuditEntry
from zetwpo.cycle.learning_question.models import LearningQuestionVersion
from zetwpo.library.models import ContentDraft, PublishedContent
from zetwpo.mail.models import OutboxMail
from zetwpo.scan.feedback.models import Invitation
from zetwpo.scan.responses.models import Answer, Response
from zetwpo.scan.self_scan.models import Scan as ScanRow

CLICKS = 50


def at_once(acts: Sequence[Callable[[], int]]) -> list[int]:
    """Do all of these at the same moment; the status of each answer."""
    barrier = threading.Barrier(len(acts))

    def act(number: int) -> int:
        barrier.wait(30)
        return acts[number]()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, range(len(acts))))


def clicks(page: Page, path: str, sent: Sequence[dict[str, Any]]) -> list[int]:
    """Send this form many times at once, each time with other fields, from one browser."""
    browser = page.browser
    token = page.token

    def click(fields: dict[str, Any]) -> Callable[[], int]:
        def act() -> int:
            # Each on a connection of its own, as browsers do, with the same cookie.
            client = browser.app.test_client()
            client.set_cookie("zetwpo", browser.cookie)
            return client.post(path, data={"csrf_token": token} | fields).status_code

        return act

    return at_once([click(fields) for fields in sent])


@pytest.fixture
def olga(browse: Browse, owner: Someone) -> Browser:
    return browse(owner)


def test_fifty_starts_open_one_scan(olga: Browser, stored: Stored) -> None:
    statuses = clicks(olga.get("/start"), "/scan/start", [{}] * CLICKS)
    assert set(statuses) == {303}
    assert stored.count(ScanRow) == 1
    assert stored.count(Response) == 1
    assert stored.count(AuditEntry, AuditEntry.action == "scan started") == 1


def test_fifty_submits_hand_in_once(
    olga: Browser, owner: Someone, make: Maker, stored: Stored
) -> None:
    scan = make.draft_scan(owner, 4)
    page = olga.get(f"{scan.path}/check")
    statuses = clicks(page, f"{scan.path}/submit", [page.fields()] * CLICKS)
    assert set(statuses) == {303}
    assert stored.count(AuditEntry, AuditEntry.action == "scan submitted") == 1
    assert stored.count(Answer) == 19


def test_fifty_clicks_ask_once(
    olga: Browser, owner: Someone, make: Maker, stored: Stored, mailbox: Mailbox
) -> None:
    path = f"{make.scan(owner).path}/feedback"
    page = olga.get(path)
    fields = page.fields() | {"role": "student", "name": "Noor", "mail_language": "nl"}
    fields["email"] = "noor@student.example"
    assert set(clicks(page, path, [fields] * CLICKS)) == {303}
    assert stored.count(Invitation) == 1
    assert stored.count(Response) == 2
    assert len(mailbox.to(fields["email"])) == 1


def test_fifty_clicks_share_once(
    browse: Browse, owner: Someone, make: Maker, stored: Stored, mailbox: Mailbox
) -> None:
    asked = make.drafted(make.asked(make.scan(owner)))
    page = browse().get(f"{asked.path}/preview")
    statuses = clicks(page, f"{asked.path}/share", [page.fields("/share")] * CLICKS)
    assert set(statuses) == {303}
    assert stored.count(AuditEntry, AuditEntry.action == "feedback released") == 1
    assert len(mailbox.to(owner.email)) == 1


def test_fifty_uses_of_a_link_sign_in_once(
    browse: Browse, owner: Someone, stored: Stored, mailbox: Mailbox
) -> None:
    browser = browse()
    browser.get("/sign-in").send({"email": owner.email})
    [letter] = mailbox.to(owner.email)
    statuses = clicks(browser.get(letter.link), letter.link, [{}] * CLICKS)
    assert set(statuses) == {303}
    assert stored.count(SignIn) == 1
    assert stored.count(AuditEntry, AuditEntry.action == "signed in") == 1


@pytest.mark.parametrize("statement", ["relationship", "room_to_try", "self_direction"])
def test_of_fifty_editors_of_one_answer_one_is_first_and_nobody_overwrites(
    olga: Browser, owner: Someone, make: Maker, stored: Stored, statement: str
) -> None:
    path = f"{make.draft_scan(owner).path}/part/1"
    page = olga.get(path)
    name = f"statement-{statement}"
    sent = [page.fields() | {name: str(number % 7 + 1)} for number in range(CLICKS)]
    statuses = clicks(page, path, sent)
    [value] = stored.values(sa.select(Answer.value))
    pairs = zip(sent, statuses, strict=True)
    assert {fields[name] for fields, status in pairs if status == 303} == {str(value)}
    assert set(statuses) == {303, 409}


def test_of_fifty_learning_questions_one_is_first_and_nobody_overwrites(
    olga: Browser, owner: Someone, make: Maker, stored: Stored
) -> None:
    path = f"{make.scan(owner).path}/learning-question"
    page = olga.get(path)
    sent = [
        page.fields() | {"axis": "gatekeeper", "text": f"Question {number}"}
        for number in range(CLICKS)
    ]
    statuses = clicks(page, path, sent)
    assert Counter(statuses) == {303: 1, 409: CLICKS - 1}
    assert stored.count(LearningQuestionVersion) == 1


def test_the_same_learning_question_fifty_times_is_one_version(
    olga: Browser, owner: Someone, make: Maker, stored: Stored
) -> None:
    path = f"{make.scan(owner).path}/learning-question"
    page = olga.get(path)
    fields = page.fields() | {"axis": "gatekeeper", "text": "Why?"}
    assert set(clicks(page, path, [fields] * CLICKS)) == {303}
    assert stored.count(LearningQuestionVersion) == 1


def test_of_fifty_who_publish_one_does(
    browse: Browse, programme_leader: Someone, make: Maker, stored: Stored
) -> None:
    editor = Editor(browse(programme_leader), f"/partnerships/{make.partnership()}/questionnaire")
    editor.start()
    editor.save("statement/self-relationship", text_nl="Ik ken mijn student goed.")
    page = editor.get("/draft/publish")
    path = f"{editor.path}/draft/publish"
    assert set(clicks(page, path, [page.fields("/publish")] * CLICKS)) == {303}
    assert stored.values(sa.select(PublishedContent.version)) == [1]
    assert stored.count(ContentDraft) == 0
    assert stored.count(AuditEntry, AuditEntry.action == "questionnaire published") == 1


def test_fifty_clicks_invite_a_list_once(
    browse: Browse, administrator: Someone, make: Maker, stored: Stored
) -> None:
    browser, start = browse(administrator), f"/partnerships/{make.partnership()}/people/import"
    rows = "".join(f"P{number};p{number}@school.example;wpb\n" for number in range(20))
    page = browser.get(start).send({"text": f"naam;e-mail;rol\n{rows}"}).follow()
    fields = page.fields("/invite")
    assert set(clicks(page, f"{page.path}/invite", [fields] * CLICKS)) == {303}
    assert stored.count(OutboxMail) == 20
    assert stored.count(Membership, Membership.role == "supervisor") == 20
    assert stored.count(AuditEntry, AuditEntry.action == "people imported") == 1


def test_two_lists_with_the_same_people_at_once_make_them_once(
    browse: Browse, administrator: Someone, make: Maker, stored: Stored
) -> None:
    browser, start = browse(administrator), f"/partnerships/{make.partnership()}/people/import"
    rows = "".join(f"P{number};p{number}@school.example;wpb\n" for number in range(20))
    lists = [
        browser.get(start).send({"text": f"naam;e-mail;rol\n{rows}"}).follow() for _list in range(2)
    ]

    def invite(page: Page) -> Callable[[], int]:
        fields = page.fields("/invite")
        return lambda: clicks(page, f"{page.path}/invite", [fields])[0]

    assert set(at_once([invite(page) for page in lists])) <= {303, 409}
    assert stored.count(OutboxMail) == 20
    assert stored.count(Membership, Membership.role == "supervisor") == 20
    assert stored.count(Person, Person.email.like("p%@school.example")) == 20


def test_two_administrators_who_end_each_others_role_leave_one(
    browse: Browse, administrator: Someone, make: Maker, stored: Stored
) -> None:
    other, place = make.person("Bea Beheer", Role.ADMINISTRATOR), make.partnership()

    def end(by: Someone, of: Someone) -> Callable[[], int]:
        browser = browse(by)
        page = browser.get(f"/partnerships/{place}/people/{of.id}")
        [link] = [each for each in page.links if each.endswith("/end")]
        confirm = browser.get(link)
        return lambda: clicks(confirm, link, [confirm.fields("/end")])[0]

    assert sorted(at_once([end(administrator, other), end(other, administrator)]))[0] == 303
    left = sa.select(Membership.role).where(Membership.ended_at.is_(None))
    assert stored.values(left) == ["administrator"]


def test_sharing_and_withdrawing_at_once_have_one_winner(
    olga: Browser, browse: Browse, owner: Someone, make: Maker, stored: Stored
) -> None:
    scan = make.scan(owner)
    pairs = [make.drafted(make.asked(scan, f"Noor{number}")) for number in range(8)]
    student, page = browse(), olga.get(f"{scan.path}/feedback")
    preview = student.get(f"{pairs[0].path}/preview")
    # They all hold the same.
    seen = preview.fields("/share")

    def both(asked: Asked) -> tuple[Callable[[], int], Callable[[], int]]:
        withdraw = f"/scan/feedback/{asked.id}/withdraw"
        return (
            lambda: clicks(preview, f"{asked.path}/share", [seen])[0],
            lambda: clicks(page, withdraw, [{}])[0],
        )

    statuses = at_once([act for asked in pairs for act in both(asked)])
    for number in range(len(pairs)):
        assert sorted(statuses[2 * number : 2 * number + 2]) == [303, 409]
    both_at_once = Invitation.share_from <= clock.now(), Invitation.withdrawn_at.is_not(None)
    assert stored.count(Invitation, *both_at_once) == 0


def test_a_part_saved_while_the_feedback_is_shared_or_planned_is_refused_or_looked_at_first(
    browse: Browse, owner: Someone, make: Maker, stored: Stored
) -> None:
    scan = make.scan(owner)
    pairs = [make.drafted(make.asked(scan, f"Noor{number}"), 5) for number in range(8)]
    student = browse()
    previews = [student.get(f"{asked.path}/preview") for asked in pairs]
    parts = [student.get(f"{asked.path}/part/1") for asked in pairs]
    day = {"day": (clock.today() + timedelta(days=9)).isoformat()}

    def both(number: int) -> tuple[Callable[[], int], Callable[[], int]]:
        asked, preview, part = pairs[number], previews[number], parts[number]
        act, more = ("share", {}) if number % 2 else ("plan", day)
        sent = {"seen": part.value("seen"), RELATIONSHIP: "1"}
        return (
            lambda: clicks(preview, f"{asked.path}/{act}", [preview.fields(act) | more])[0],
            lambda: clicks(part, f"{asked.path}/part/1/autosave", [sent])[0],
        )

    statuses = at_once([act for number in range(len(pairs)) for act in both(number)])
    query = sa.select(Invitation.id, Invitation.share_from, Invitation.held_from, Answer.value)
    query = query.join(Answer, Answer.response_id == Invitation.response_id)
    rows = {
        key: (share_from, held_from, value)
        for key, share_from, held_from, value in stored.rows(
            query.where(Answer.statement == "relationship")
        )
    }
    for number, asked in enumerate(pairs):
        released, saved = statuses[2 * number : 2 * number + 2]
        share_from, held_from, value = rows[asked.id]
        # Whichever is first: what is shared, or will be, is what its author has seen.
        assert (share_from is None) or value == 5
        assert value == (1 if saved == 200 else 5)
        if number % 2:
            assert sorted([released, saved]) in ([200, 409], [303, 409])
        else:
            assert saved == 200
            assert (released, held_from is None) in {(303, False), (409, True)}


def test_a_part_saved_while_the_scan_is_handed_in_is_refused_or_looked_at_first(
    app: Flask, olga: Browser, owner: Someone, make: Maker, stored: Stored
) -> None:
    scan: Scan = make.draft_scan(owner, 4)
    page = olga.get(f"{scan.path}/part/1")
    save = [page.fields() | {RELATIONSHIP: "7"}]
    hand_in = olga.get(f"{scan.path}/check")
    statuses = at_once(
        [
            lambda: clicks(hand_in, f"{scan.path}/submit", [hand_in.fields()])[0],
            lambda: clicks(page, f"{scan.path}/part/1", save)[0],
        ]
    )
    # Whichever is first: what is handed in is what its owner has seen.
    assert sorted(statuses) == [303, 409]
    query = sa.select(Answer.value).where(Answer.statement == "relationship")
    assert stored.values(query) == [7 if statuses[1] == 303 else 4]
    handed_in = stored.count(ScanRow, ScanRow.submitted_at.is_not(None))
    assert handed_in == int(statuses[0] == 303)
    assert stored.count(OutboxMail) == 0


def test_what_is_deleted_at_once_with_everything_else_is_deleted(
    olga: Browser, browse: Browse, owner: Someone, make: Maker, stored: Stored
) -> None:
    scan = make.scan(owner)
    pairs = [make.drafted(make.asked(scan, f"Noor{number}"), 5) for number in range(3)]
    student = browse()
    previews = [student.get(f"{asked.path}/preview") for asked in pairs]
    parts = [student.get(f"{asked.path}/part/1") for asked in pairs]
    for asked in pairs:
        make.shared(asked)

    def look(ending: str) -> int:
        client = olga.app.test_client()
        client.set_cookie("zetwpo", olga.cookie)
        return client.get(f"{scan.path}/{ending}").status_code

    def acts(number: int) -> list[Callable[[], int]]:
        asked, preview, part = pairs[number], previews[number], parts[number]
        day = {"day": (clock.today() + timedelta(days=9)).isoformat()}
        sent = {"seen": part.value("seen"), RELATIONSHIP: "1"}
        return [
            lambda: clicks(preview, f"{asked.path}/delete", [{}])[0],
            lambda: clicks(preview, f"{asked.path}/share", [preview.fields("share")])[0],
            lambda: clicks(preview, f"{asked.path}/plan", [preview.fields("plan") | day])[0],
            lambda: clicks(part, f"{asked.path}/part/1/autosave", [sent])[0],
            lambda: look("result.xlsx"),
            lambda: look("result/figures.json"),
            lambda: look("result"),
        ]

    statuses = at_once([act for number in range(len(pairs)) for act in acts(number)])
    assert set(statuses) <= {200, 303, 409}
    assert statuses[0::7] == [303] * len(pairs)
    assert stored.count(Invitation, Invitation.retracted_at.is_not(None)) == len(pairs)
    assert stored.count(Answer) == 19
