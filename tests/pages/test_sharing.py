"""Seeing what will be shared, sharing it now or later, and not sharing it after all."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from tests.application import Stored
from tests.factories import Asked, Maker, Scan
from tests.mailbox import Mailbox
from tests.pages.client import Browser, Page
from tests.pages.test_scan_parts import RELATIONSHIP
from tests.people import Browse, sign_in
from zetwpo import clock
from zetwpo.i18n import day, writing_in
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
    student.get(f"{drafted.path}/preview").send(form="/share")
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
    page = student.get(f"{drafted.path}/preview").send(form="/share")
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
    form.send({"day": day.isoformat()}, form="/plan")
    assert "Tell me earlier" not in result_of(olga, drafted.scan).text
    assert mailbox.to(drafted.scan.owner.email) == []
    for moment, is_open in ((-1, False), (+1, True)):
        with time_machine.travel(clock.start_of(day) + timedelta(minutes=moment)):
            sign_in(olga, drafted.scan.owner)
            assert ("Tell me earlier" in result_of(olga, drafted.scan).text) is is_open
            assert bool(mailbox.to(drafted.scan.owner.email)) is is_open


@pytest.mark.parametrize("day", ["", "soon", "today", "2001-01-01", "9999-12-31"])
def test_a_plan_needs_a_day_that_is_possible(
    student: Browser, drafted: Asked, stored: Stored, day: str
) -> None:
    day = clock.today().isoformat() if day == "today" else day
    page = student.get(f"{drafted.path}/preview").send({"day": day}, form="/plan")
    assert page.status == 422
    assert page.errors == ["day"]
    assert share_from(stored) is None


def test_a_plan_without_a_field_is_never_read_as_now(
    student: Browser, drafted: Asked, stored: Stored
) -> None:
    page = student.post(f"{drafted.path}/plan")
    assert "Choose a day." in page.text
    assert share_from(stored) is None


def test_an_empty_form_is_not_shared(student: Browser, asked: Asked, stored: Stored) -> None:
    page = student.get(f"{asked.path}/preview")
    day = (clock.today() + timedelta(days=3)).isoformat()
    tried = [
        student.post(f"{asked.path}/share"),
        student.post(f"{asked.path}/plan", {"day": day}),
        student.post(f"{asked.path}/plan", {"day": "soon"}),
    ]
    assert {each.status for each in tried} == {422}
    for each in (page, *tried):
        assert "You haven't filled in anything yet." in each.text
        assert f"{asked.path}/part/1" in each.links
        assert not each.main.all("form")
    assert share_from(stored) is None


def test_the_preview_says_what_else_the_supervisor_sees(student: Browser, drafted: Asked) -> None:
    text = student.get(f"{drafted.path}/preview").text
    assert "Nothing happens until you share." in text
    assert "your mean of each part in a chart" in text
    assert "has printed or saved by then stays" in text


def test_closing_the_preview_leads_to_how_things_stand(
    student: Browser, drafted: Asked, stored: Stored
) -> None:
    preview = student.get(f"{drafted.path}/preview")
    before = stored.everything()
    [link] = [each for each in preview.main.all("a") if each.text == "Close, share later"]
    page = student.get(link.get("href"))
    assert page.heading == "Nothing is shared yet"
    assert f"{drafted.expires_at.day} " in page.text
    assert "The link from your email takes you back here" in page.text
    assert f"{drafted.path}/preview" in page.links
    assert any(link.startswith(f"{drafted.path}/part/") for link in page.links)
    assert stored.everything() == before


def test_one_text_is_enough_to_share(student: Browser, asked: Asked, make: Maker) -> None:
    make.drafted(asked, "-", feed_forward={"gatekeeper": "Only this"})
    page = student.get(f"{asked.path}/preview").send(form="/share")
    assert page.status == 303


def test_what_is_planned_is_not_said_to_wait_for_its_author(
    student: Browser, drafted: Asked, make: Maker
) -> None:
    assert "Nothing happens until you share." in student.get(f"{drafted.path}/preview").text
    make.planned(drafted, day=clock.today() + timedelta(days=3))
    page = student.get(f"{drafted.path}/preview")
    assert "Nothing happens until" not in page.text
    with writing_in("en"):
        planned = day(clock.start_of(clock.today() + timedelta(days=3)))
    assert f"gets to read from {planned}." in page.text


def test_a_planned_day_can_be_taken_back_and_changed(
    student: Browser, drafted: Asked, make: Maker, stored: Stored, mailbox: Mailbox
) -> None:
    make.planned(drafted)
    page = student.get(f"{drafted.path}/take-back")
    assert "What you filled in stays" in page.text
    page = page.send(form="take-back").follow()
    assert page.path == f"{drafted.path}/preview"
    assert share_from(stored) is None
    with time_machine.travel(clock.now() + timedelta(days=20)):
        assert mailbox.to(drafted.scan.owner.email) == []
    new_day = clock.today() + timedelta(days=3)
    page.send({"day": new_day.isoformat()}, form="/plan")
    assert share_from(stored) == clock.start_of(new_day)


@pytest.fixture
def late(drafted: Asked, make: Maker) -> Iterator[Asked]:
    """Feedback that waits for its day, on a day when the link's time is over."""
    make.planned(drafted, day=clock.dutch(drafted.expires_at).date() + timedelta(days=30), **TEXTS)
    with time_machine.travel(drafted.expires_at + timedelta(days=1)):
        yield drafted


def test_until_the_day_it_can_be_changed_also_when_the_time_of_the_link_is_over(
    browse: Browse, late: Asked, stored: Stored
) -> None:
    student = browse()
    assert student.get(f"{late.path}/part/1").send({RELATIONSHIP: "1"}).status == 303
    new_day = clock.today() + timedelta(days=3)
    page = student.get(f"{late.path}/preview")
    assert page.send({"day": new_day.isoformat()}, form="/plan").status == 303
    assert share_from(stored) == clock.start_of(new_day)


def test_who_takes_it_back_after_that_time_reads_that_it_ends_there(
    browse: Browse, late: Asked, stored: Stored
) -> None:
    student = browse()
    asked_again = student.get(f"{late.path}/take-back")
    assert "cannot share it later" in asked_again.text
    page = asked_again.send(form="take-back").follow()
    assert page.status == 410
    assert "will be deleted" in page.text
    assert "choose again" not in page.text
    assert share_from(stored) is None


def test_who_declines_after_that_time_is_not_offered_a_way_back(
    browse: Browse, late: Asked
) -> None:
    student = browse()
    page = student.get(f"{late.path}/decline").send(form="decline").follow()
    assert not page.main.all("form")
    student.post(f"{late.path}/reconsider")
    assert student.get(late.path).heading == page.heading


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
    page = student.get(f"{drafted.path}/decline").send(form="decline").follow()
    assert page.form("reconsider")
    assert stored.count(OpenAnswer) == 0
    assert stored.count(Answer) == own == 19
    assert len(mailbox.deliver()) == mails


def test_what_was_filled_in_is_not_deleted_in_one_press(
    student: Browser, asked: Asked, make: Maker, stored: Stored
) -> None:
    [button] = student.get(asked.path).main.all("form")
    assert button.get("action") == f"{asked.path}/decline"
    make.drafted(asked)
    before = stored.everything()
    # Also where the page was open since before.
    assert student.post(f"{asked.path}/decline").location == f"{asked.path}/decline"
    page = student.get(asked.path)
    assert not page.main.all("form")
    assert f"{asked.path}/decline" in page.links
    assert asked.path in student.get(f"{asked.path}/decline").links
    assert stored.everything() == before


def test_declining_undoes_a_plan(
    student: Browser, drafted: Asked, make: Maker, mailbox: Mailbox, stored: Stored
) -> None:
    make.planned(drafted)
    student.get(f"{drafted.path}/decline").send(form="decline")
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
    later = {"day": (clock.today() + timedelta(days=9)).isoformat()}
    for act in ("take-back", "decline", "decline/sure", "plan"):
        assert student.post(f"{drafted.path}/{act}", later).status == 409
    for act in ("share", "reconsider"):
        assert student.post(f"{drafted.path}/{act}").location == drafted.path
    for act in ("take-back", "decline"):
        assert student.get(f"{drafted.path}/{act}").location == drafted.path
    assert stored.everything() == before


def test_a_withdrawn_question_takes_no_answer(
    student: Browser, drafted: Asked, make: Maker, stored: Stored
) -> None:
    make.withdrawn(drafted)
    before = stored.everything()
    for act in ("take-back", "decline", "decline/sure", "share", "plan"):
        assert student.post(f"{drafted.path}/{act}").status == 409
    student.post(f"{drafted.path}/reconsider")
    assert stored.everything() == before


def test_feedback_stays_closed_until_the_own_scan_is_in(
    student: Browser, olga: Browser, draft: Scan, make: Maker
) -> None:
    asked = make.drafted(make.asked(draft), **TEXTS)
    student.get(f"{asked.path}/preview").send(form="/share")
    page = result_of(olga, draft)
    assert page.status == 409
    assert "Tell me earlier" not in page.response.text


def test_the_questionnaire_of_the_feedback_is_that_of_the_scan(
    asked: Asked, stored: Stored
) -> None:
    assert len(set(stored.rows(sa.select(Response.questionnaire, Response.version)))) == 1
