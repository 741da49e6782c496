"""Seeing what will be shared, sharing it now or later, and not sharing it after all."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from tests.application import Stored
from tests.factories import Asked, Maker, Scan
from tests.mailbox import Mailbox
from tests.pages.client import Browser, Page
from tests.people import sign_in
from zetwpo import clock
from zetwpo.scan.feedback.models import Invitation
from zetwpo.scan.responses.models import Answer, OpenAnswer, Response

TEXTS = {
    "feed_forward": {"gatekeeper": "Tell me earlier"},
    "examples": {"pedagogical": "You asked"},
}


@pytest.fixture
def drafted(make: Maker, asked: Asked) -> Asked:
    """Feedback that waits for its author to share it."""
    return make.drafted(asked, "5 5 x - 5  1 2 3 4  5 6  7 6 5 4 3  2 1", **TEXTS)


def share_from(stored: Stored) -> object:
    return stored.values(sa.select(Invitation.share_from))[0]


def sheets(page: Page) -> list[str]:
    """What was filled in, as the page shows it, part by part."""
    return [
        " ".join(each.text for each in section.all("dt", "dd", "blockquote"))
        for section in page.main.all("section", "details")
        if section.get("class") == "answers"
    ]


def result_of(olga: Browser, scan: Scan) -> Page:
    return olga.get(f"{scan.path}/result")


def test_the_preview_is_exactly_what_the_supervisor_gets_to_read(
    student: Browser, drafted: Asked, olga: Browser
) -> None:
    preview = student.get(f"{drafted.path}/preview")
    student.get(f"{drafted.path}/preview").send({"when": "now"}, form="/share")
    result = result_of(olga, drafted.scan)
    assert len(sheets(preview)) == 5
    assert sheets(preview) == sheets(result)[5:]


def test_the_preview_leads_back_to_each_part(student: Browser, drafted: Asked) -> None:
    links = student.get(f"{drafted.path}/preview").links
    assert {f"{drafted.path}/part/{number}?from=check" for number in range(1, 6)} <= set(links)


def test_who_changes_one_part_comes_back_to_the_preview(student: Browser, drafted: Asked) -> None:
    page = student.get(f"{drafted.path}/part/2?from=check")
    assert page.send().location == f"{drafted.path}/preview"


def test_sharing_now_opens_it_to_the_supervisor_and_tells_so(
    student: Browser, drafted: Asked, olga: Browser, mailbox: Mailbox
) -> None:
    page = student.get(f"{drafted.path}/preview").send({"when": "now"}, form="/share")
    assert page.location == drafted.path
    assert "Tell me earlier" in result_of(olga, drafted.scan).text
    assert "shared with you on" in olga.get(f"{drafted.scan.path}/feedback").text
    [letter] = mailbox.to(drafted.scan.owner.email)
    assert drafted.name in letter.subject
    assert "Tell me earlier" not in letter.text
    assert letter.link == f"{drafted.scan.path}/result"


def test_sharing_from_a_day_opens_it_on_that_day_in_dutch_time(
    student: Browser, drafted: Asked, olga: Browser, mailbox: Mailbox
) -> None:
    day = clock.today() + timedelta(days=14)
    form = student.get(f"{drafted.path}/preview")
    form.send({"when": "later", "day": day.isoformat()}, form="/share")
    assert "Tell me earlier" not in result_of(olga, drafted.scan).text
    assert mailbox.to(drafted.scan.owner.email) == []
    for moment, is_open in ((-1, False), (+1, True)):
        with time_machine.travel(clock.start_of(day) + timedelta(minutes=moment)):
            sign_in(olga, drafted.scan.owner)
            assert ("Tell me earlier" in result_of(olga, drafted.scan).text) is is_open
            assert bool(mailbox.to(drafted.scan.owner.email)) is is_open


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "when"),
        ({"when": "never"}, "when"),
        ({"when": "later"}, "day"),
        ({"when": "later", "day": "soon"}, "day"),
        ({"when": "later", "day": "today"}, "day"),
        ({"when": "later", "day": "2001-01-01"}, "day"),
        ({"when": "later", "day": "9999-12-31"}, "day"),
    ],
)
def test_sharing_needs_a_choice_that_is_possible(
    student: Browser, drafted: Asked, stored: Stored, fields: dict[str, str], field: str
) -> None:
    if fields.get("day") == "today":
        fields = fields | {"day": clock.today().isoformat()}
    page = student.get(f"{drafted.path}/preview").send(fields, form="/share")
    assert page.status == 422
    assert page.errors == [field]
    assert share_from(stored) is None


def test_a_wrong_day_does_not_matter_for_who_shares_now(
    student: Browser, drafted: Asked, stored: Stored
) -> None:
    fields = {"when": "now", "day": "nonsense"}
    assert student.get(f"{drafted.path}/preview").send(fields, form="/share").status == 303
    assert share_from(stored)


def test_an_empty_form_is_not_shared(student: Browser, asked: Asked, stored: Stored) -> None:
    page = student.get(f"{asked.path}/preview").send({"when": "now"}, form="/share")
    assert page.status == 422
    assert share_from(stored) is None


def test_one_text_is_enough_to_share(student: Browser, asked: Asked, make: Maker) -> None:
    make.drafted(asked, "-", feed_forward={"gatekeeper": "Only this"})
    page = student.get(f"{asked.path}/preview").send({"when": "now"}, form="/share")
    assert page.status == 303


def test_a_planned_day_can_be_taken_back_and_changed(
    student: Browser, drafted: Asked, make: Maker, stored: Stored, mailbox: Mailbox
) -> None:
    make.planned(drafted)
    page = student.get(f"{drafted.path}/preview")
    assert page.send(form="take-back").location == f"{drafted.path}/preview"
    assert share_from(stored) is None
    with time_machine.travel(clock.now() + timedelta(days=20)):
        assert mailbox.to(drafted.scan.owner.email) == []
    new_day = clock.today() + timedelta(days=3)
    page.send({"when": "later", "day": new_day.isoformat()}, form="/share")
    assert share_from(stored) == clock.start_of(new_day)


def test_until_the_day_the_answers_can_be_changed(
    student: Browser, drafted: Asked, make: Maker, stored: Stored
) -> None:
    make.planned(drafted)
    page = student.get(f"{drafted.path}/part/1").send({"relationship": "1"})
    assert page.status == 303
    assert share_from(stored)


def test_a_second_plan_replaces_the_first_and_tells_once(
    student: Browser, drafted: Asked, make: Maker, mailbox: Mailbox
) -> None:
    make.planned(drafted, day=clock.today() + timedelta(days=5))
    make.planned(drafted, day=clock.today() + timedelta(days=2))
    with time_machine.travel(clock.now() + timedelta(days=10)):
        assert len(mailbox.to(drafted.scan.owner.email)) == 1


def test_declining_deletes_what_was_filled_in_and_tells_nobody(
    student: Browser, drafted: Asked, stored: Stored, mailbox: Mailbox
) -> None:
    mails = len(mailbox.deliver())
    own = stored.count(Answer) - 16 - 1
    page = student.get(drafted.path).send(form="decline").follow()
    assert page.form("reconsider")
    assert stored.count(OpenAnswer) == 0
    assert stored.count(Answer) == own == 19
    assert len(mailbox.deliver()) == mails


def test_declining_undoes_a_plan(
    student: Browser, drafted: Asked, make: Maker, mailbox: Mailbox, stored: Stored
) -> None:
    make.planned(drafted)
    student.get(drafted.path).send(form="decline")
    assert share_from(stored) is None
    with time_machine.travel(clock.now() + timedelta(days=20)):
        assert mailbox.to(drafted.scan.owner.email) == []


def test_who_declined_can_come_back(student: Browser, asked: Asked, make: Maker) -> None:
    make.declined(asked)
    page = student.get(asked.path).send(form="reconsider").follow()
    assert f"{asked.path}/part/1" in page.links


def test_what_was_shared_stays_as_its_reader_saw_it(
    student: Browser, drafted: Asked, make: Maker, stored: Stored
) -> None:
    make.shared(drafted, **TEXTS)
    before = stored.everything()
    assert student.get(f"{drafted.path}/preview").location == drafted.path
    for act in ("take-back", "decline"):
        assert student.post(f"{drafted.path}/{act}").status == 409
    later = {"when": "later", "day": (clock.today() + timedelta(days=9)).isoformat()}
    for act in ("share", "reconsider"):
        assert student.post(f"{drafted.path}/{act}", later).location == drafted.path
    assert stored.everything() == before


def test_a_withdrawn_question_takes_no_answer(
    student: Browser, drafted: Asked, make: Maker, stored: Stored
) -> None:
    make.withdrawn(drafted)
    before = stored.everything()
    for act in ("take-back", "decline", "share"):
        assert student.post(f"{drafted.path}/{act}", {"when": "now"}).status == 409
    student.post(f"{drafted.path}/reconsider")
    assert stored.everything() == before


def test_feedback_stays_closed_until_the_own_scan_is_in(
    student: Browser, olga: Browser, draft: Scan, make: Maker
) -> None:
    asked = make.drafted(make.asked(draft), **TEXTS)
    student.get(f"{asked.path}/preview").send({"when": "now"}, form="/share")
    page = result_of(olga, draft)
    assert page.status == 409
    assert "Tell me earlier" not in page.response.text


def test_the_questionnaire_of_the_feedback_is_that_of_the_scan(
    asked: Asked, stored: Stored
) -> None:
    assert len(set(stored.rows(sa.select(Response.questionnaire, Response.version)))) == 1
