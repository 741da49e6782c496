"""Asking for feedback, and taking the question back."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine

from tests.application import Stored
from tests.factories import Asked, Maker, Scan
from tests.mailbox import Mailbox
from tests.pages.client import Browser, Page
from tests.people import CLOSED, Browse
from zetwpo import clock
from zetwpo.accounts.actors import Role
from zetwpo.scan.feedback.models import Invitation
from zetwpo.scan.responses.models import Response

NOOR = {
    "role": "student",
    "name": "Noor",
    "email": "noor@student.example",
    "word": "You saw me at work.\nI am curious.",
    "mail_language": "en",
}


def ask(browser: Browser, scan: Scan, **changed: Any) -> Page:
    path = f"{scan.path}/feedback"
    return browser.get(path).send(NOOR | changed, form=path)


def test_a_question_leaves_by_mail_with_a_link_and_the_personal_word(
    olga: Browser, scan: Scan, mailbox: Mailbox, browse: Browse
) -> None:
    page = ask(olga, scan).follow()
    assert "invited on" in page.text
    [letter] = mailbox.to(NOOR["email"])
    assert NOOR["word"] in letter.text
    assert scan.owner.name in letter.subject
    assert scan.owner.name in browse().get(letter.link).heading


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_mail_is_in_the_chosen_language(
    olga: Browser, scan: Scan, mailbox: Mailbox, language: str
) -> None:
    ask(olga, scan, mail_language=language)
    [letter] = mailbox.to(NOOR["email"])
    assert f'lang="{language}"' in letter.html


@pytest.mark.parametrize(("role", "form"), [("student", "student"), ("school_trainer", "trainer")])
def test_each_role_gets_its_own_form(
    olga: Browser, scan: Scan, stored: Stored, role: str, form: str
) -> None:
    ask(olga, scan, role=role)
    query = sa.select(Response.form).join(Invitation, Invitation.response_id == Response.id)
    assert stored.values(query) == [form]


def test_one_can_ask_before_the_own_scan_is_in(olga: Browser, draft: Scan) -> None:
    assert ask(olga, draft).status == 303


def links(page: Page) -> list[str]:
    """The ways to take a question back."""
    return [each for each in page.links if each.endswith("/withdraw")]


@pytest.mark.parametrize("hour", [1, 12, 22])
def test_the_link_works_until_the_end_of_the_day_that_the_pages_name(
    browse: Browse, scan: Scan, make: Maker, hour: int
) -> None:
    with time_machine.travel(datetime(2027, 3, 3, hour, 30, tzinfo=UTC)):
        asked = make.asked(scan)
        assert "14 April 2027" in browse().get(asked.path).text
    with time_machine.travel(datetime(2027, 4, 14, 21, 59, tzinfo=UTC)):
        assert browse().get(asked.path).status == 200
    with time_machine.travel(datetime(2027, 4, 14, 22, 0, tzinfo=UTC)):
        assert browse().get(asked.path).status == 410


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"role": "headmaster"}, "role"),
        ({"name": "  "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"name": "Noor\r\nBcc: all@school.example"}, "name"),
        ({"email": "noor"}, "email"),
        ({"email": ""}, "email"),
        ({"email": "noor@student..example"}, "email"),
        ({"word": "x" * 1001}, "word"),
        ({"mail_language": "fr"}, "mail_language"),
        ({"role": ["student", "school_trainer"]}, "role"),
        ({"name": ["Noor", "Bo"]}, "name"),
        ({"email": ["noor@student.example", "bo@student.example"]}, "email"),
        ({"word": ["One", "Two"]}, "word"),
        ({"mail_language": ["nl", "en"]}, "mail_language"),
    ],
)
def test_what_cannot_be_sent_comes_back_with_its_error(
    olga: Browser, scan: Scan, stored: Stored, changed: dict[str, Any], field: str
) -> None:
    page = ask(olga, scan, **changed)
    assert page.status == 422
    assert page.errors == [field]
    kept = {name: value for name, value in NOOR.items() if name not in changed}
    assert {name: page.value(name) for name in kept} == kept
    assert stored.count(Invitation) == 0


def test_one_cannot_ask_oneself(olga: Browser, scan: Scan, stored: Stored) -> None:
    page = ask(olga, scan, email=scan.owner.email.upper())
    assert (page.status, page.errors) == (422, ["email"])
    assert stored.count(Invitation) == 0


def test_the_same_page_sent_twice_asks_once(
    olga: Browser, scan: Scan, stored: Stored, mailbox: Mailbox
) -> None:
    page = olga.get(f"{scan.path}/feedback")
    assert [page.send(NOOR).status for _time in range(2)] == [303, 303]
    assert stored.count(Invitation) == 1
    assert len(mailbox.to(NOOR["email"])) == 1


def test_what_a_second_click_says_is_true(olga: Browser, scan: Scan) -> None:
    page = olga.get(f"{scan.path}/feedback")
    assert "Your request to Noor is on its way." in page.send(NOOR).follow().text
    assert "was sent before. It is not sent twice." in page.send(NOOR).follow().text


@pytest.mark.parametrize(
    "changed",
    [
        {"email": "noor@elsewhere.example"},
        {"name": "Daan", "email": "daan@student.example"},
        {"role": "school_trainer"},
    ],
)
def test_another_person_from_the_same_page_is_another_request(
    olga: Browser, scan: Scan, stored: Stored, mailbox: Mailbox, changed: dict[str, str]
) -> None:
    """After Back or Escape, or in another tab: the page is the same, what is typed is not."""
    page = olga.get(f"{scan.path}/feedback")
    for entry in (NOOR, NOOR | changed, NOOR | changed):
        page.send(entry)
    assert stored.count(Invitation) == 2
    assert len(mailbox.deliver()) == 2
    last = NOOR | changed
    assert last["email"] in olga.get(f"{scan.path}/feedback").text


@pytest.mark.parametrize(
    "changed", [{"word": "Other words"}, {"name": "Noor B."}, {"mail_language": "nl"}]
)
def test_other_words_to_the_same_person_are_no_repeat_and_are_not_said_to_be_sent(
    olga: Browser, scan: Scan, stored: Stored, changed: dict[str, str]
) -> None:
    page = olga.get(f"{scan.path}/feedback")
    page.send(NOOR)
    again = page.send(NOOR | changed)
    assert (again.status, again.errors) == (422, ["email"])
    assert "You already asked this person." in again.text
    assert again.value("word") == (NOOR | changed)["word"]
    assert stored.count(Invitation) == 1


def test_the_same_words_after_cleaning_are_a_repeat(
    olga: Browser, scan: Scan, stored: Stored
) -> None:
    page = olga.get(f"{scan.path}/feedback")
    page.send(NOOR)
    untidy = {"name": " Noor ", "email": " NOOR@student.example", "word": NOOR["word"] + "\r\n"}
    assert page.send(NOOR | untidy).status == 303
    assert stored.count(Invitation) == 1


def test_a_repeat_of_what_was_withdrawn_is_not_said_to_be_on_its_way(
    olga: Browser, scan: Scan, stored: Stored, mailbox: Mailbox
) -> None:
    page = olga.get(f"{scan.path}/feedback")
    page.send(NOOR)
    [card] = links(olga.get(f"{scan.path}/feedback"))
    olga.get(card).send(form="withdraw")
    again = page.send(NOOR)
    assert (again.status, again.errors) == (422, ["email"])
    assert "This request is over." in again.text
    assert stored.count(Invitation) == 1
    path = f"{scan.path}/feedback"
    assert again.send(form=path).status == 303
    assert stored.count(Invitation) == 2
    assert len(mailbox.to(NOOR["email"])) == 1


def test_the_same_person_is_not_asked_twice(olga: Browser, scan: Scan, stored: Stored) -> None:
    ask(olga, scan)
    page = ask(olga, scan, email=NOOR["email"].upper())
    assert (page.status, page.errors) == (422, ["email"])
    assert stored.count(Invitation) == 1


def test_the_same_person_can_be_asked_in_another_role_and_again_after_withdrawing(
    olga: Browser, scan: Scan, stored: Stored
) -> None:
    ask(olga, scan)
    ask(olga, scan, role="school_trainer")
    assert stored.count(Invitation) == 2
    for card in links(olga.get(f"{scan.path}/feedback")):
        olga.get(card).send(form="withdraw")
    assert ask(olga, scan).status == 303


@pytest.mark.parametrize("begun", ["asked", "drafted", "declined", "planned"])
def test_after_six_weeks_asking_again_tells_nothing_about_the_first_time(
    browse: Browse, scan: Scan, make: Maker, begun: str
) -> None:
    asked = make.asked(scan, email=NOOR["email"])
    later = asked.expires_at + timedelta(days=1)
    if begun == "planned":
        make.planned(asked, day=later.date() + timedelta(days=7))
    elif begun != "asked":
        getattr(make, begun)(asked)
    with time_machine.travel(later):
        assert ask(browse(scan.owner), scan).status == 303


def test_a_page_with_a_broken_key_is_refused_with_the_text(
    olga: Browser, scan: Scan, stored: Stored
) -> None:
    page = ask(olga, scan, form_key="broken")
    assert page.status == 400
    assert NOOR["name"] in page.text
    assert stored.count(Invitation) == 0


def test_withdrawing_closes_the_link_and_stops_the_mail(
    olga: Browser, asked: Asked, browse: Browse, mailbox: Mailbox
) -> None:
    [link] = links(olga.get(f"{asked.scan.path}/feedback"))
    page = olga.get(link).send(form="withdraw").follow()
    assert "withdrawn on" in page.text
    assert browse().get(asked.path).status == 410
    assert mailbox.to(asked.email) == []


def test_withdrawing_is_asked_once_more_in_the_same_words_whatever_was_filled_in(
    olga: Browser, scan: Scan, make: Maker, stored: Stored
) -> None:
    asked = [make.asked(scan, "Noor", email=f"noor.{nth}@student.example") for nth in range(4)]
    for each, become in zip(asked[1:], (make.drafted, make.planned, make.declined), strict=True):
        become(each)
    before = stored.everything()
    pages = [olga.get(f"/scan/feedback/{each.id}/withdraw") for each in asked]
    # But for who it is.
    assert len({re.sub(r"\(student \d\)", "", each.text) for each in pages}) == 1
    assert "Noor" in pages[0].heading
    assert {f"{scan.path}/feedback"} <= set(pages[0].links)
    assert stored.everything() == before


def test_what_was_shared_cannot_be_withdrawn(
    olga: Browser, asked: Asked, make: Maker, stored: Stored
) -> None:
    make.shared(asked)
    page = olga.get(f"{asked.scan.path}/feedback")
    assert links(page) == []
    assert olga.get(f"/scan/feedback/{asked.id}/withdraw").location == page.path
    assert olga.post(f"/scan/feedback/{asked.id}/withdraw").status == 409
    assert stored.count(Invitation, Invitation.withdrawn_at.is_not(None)) == 0


def test_withdrawing_twice_says_the_same_whatever_was_planned(
    olga: Browser, browse: Browse, scan: Scan, make: Maker
) -> None:
    asked = [make.asked(scan, "Noor"), make.planned(make.asked(scan, "Daan"))]
    for each in asked:
        assert olga.post(f"/scan/feedback/{each.id}/withdraw").status == 303
    with time_machine.travel(clock.now() + timedelta(days=20)):
        later = browse(scan.owner)
        answers = [later.post(f"/scan/feedback/{each.id}/withdraw").status for each in asked]
    assert answers[0] == answers[1]


def test_nobody_else_asks_or_withdraws(outsider: Browser, asked: Asked, stored: Stored) -> None:
    before = stored.everything()
    path = f"{asked.scan.path}/feedback"
    assert outsider.get(path).status in CLOSED
    assert outsider.get(f"/scan/feedback/{asked.id}/withdraw").status in CLOSED
    assert outsider.post(path, NOOR).status in CLOSED
    assert outsider.post(f"/scan/feedback/{asked.id}/withdraw").status in CLOSED
    assert stored.everything() == before


def test_who_is_signed_out_gets_the_typed_word_back(
    browse: Browse, asked: Asked, stored: Stored
) -> None:
    before = stored.everything()
    path = f"{asked.scan.path}/feedback"
    assert browse().get(path).location.startswith("/sign-in")
    page = browse().post(path, NOOR)
    assert page.status == 401
    assert NOOR["name"] in page.text
    assert browse().post(f"/scan/feedback/{asked.id}/withdraw").status == 401
    assert stored.everything() == before


@pytest.mark.parametrize(
    "typed",
    ["Noor@Student.example", "  Noor <NOOR@student.example>;", "no\u00ador@student.example"],
)
def test_another_spelling_is_the_same_person(
    olga: Browser, scan: Scan, stored: Stored, typed: str
) -> None:
    ask(olga, scan, email="NOOR@student.example")
    page = ask(olga, scan, email=typed)
    assert (page.status, page.errors) == (422, ["email"])
    assert stored.count(Invitation) == 1


@pytest.mark.parametrize("typed", ["mailto:{}", "Me <{}>", "\u200b{}\u00a0", "{},"])
def test_one_cannot_ask_oneself_by_another_spelling(
    olga: Browser, scan: Scan, stored: Stored, typed: str
) -> None:
    page = ask(olga, scan, email=typed.format(scan.owner.email.title()))
    assert (page.status, page.errors) == (422, ["email"])
    assert stored.count(Invitation) == 0


def test_an_address_is_shown_and_written_to_as_it_was_typed(
    olga: Browser, scan: Scan, browse: Browse, mailbox: Mailbox
) -> None:
    page = ask(olga, scan, email="Noor de Vries <Noor.DeVries@Student.example>").follow()
    assert "Noor.DeVries@Student.example" in page.text
    [letter] = mailbox.to("Noor.DeVries@Student.example")
    assert scan.owner.name in letter.subject
    browse().get("/feedback/lost-link").send({"email": "noor.devries@STUDENT.example"})
    assert len(mailbox.to("Noor.DeVries@Student.example")) == 2


@pytest.mark.parametrize("name", ["\u200b", "\u3164\u2060", "\u00ad", "\U000e0041", "\ufe0f"])
def test_a_name_that_nobody_sees_is_no_name(
    olga: Browser, scan: Scan, stored: Stored, name: str
) -> None:
    page = ask(olga, scan, name=name)
    assert (page.status, page.errors) == (422, ["name"])
    assert stored.count(Invitation) == 0


def test_a_name_turns_nothing_around_in_the_subject(
    browse: Browse, make: Maker, mailbox: Mailbox
) -> None:
    owner = make.person("Olga \u202egninrut", Role.SUPERVISOR, email="olga@school.example")
    make.asked(make.scan(owner), email=NOOR["email"])
    [letter] = mailbox.to(NOOR["email"])
    assert "Olga gninrut" in letter.subject
