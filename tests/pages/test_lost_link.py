"""Having the link sent again, to the address that was asked and to no other."""

import re
from datetime import date, datetime, timedelta

import pytest
import time_machine

from tests.application import Stored
from tests.factories import Asked, Maker, Scan, Someone
from tests.mailbox import Mailbox
from tests.pages.client import Browser, Page
from tests.people import Browse
from zetwpo import clock
from zetwpo.clock import AMSTERDAM

WEEK = timedelta(weeks=1)
UNKNOWN = "nobody@student.example"


def lose(browser: Browser, address: str) -> Page:
    return browser.get("/feedback/lost-link").send({"email": address})


def test_the_invited_address_gets_the_same_link_again(
    student: Browser, asked: Asked, mailbox: Mailbox
) -> None:
    [first] = mailbox.to(asked.email)
    assert lose(student, f" {asked.email.upper()} ").follow().status == 200
    _first, again = mailbox.to(asked.email)
    assert again.link == first.link == asked.path


def test_everybody_gets_the_same_answer(student: Browser, asked: Asked, mailbox: Mailbox) -> None:
    before = len(mailbox.deliver())
    answers = []
    for address in (asked.email, UNKNOWN):
        page = lose(student, address)
        text = re.sub(r'(nonce|csrf_token" value)="[^"]+"', "", page.follow().response.text)
        answers.append((page.status, page.location, text))
    assert answers[0] == answers[1]
    assert len(mailbox.deliver()) == before + 1


def test_all_open_questions_are_sent_and_no_closed_ones(
    student: Browser, asked: Asked, make: Maker, stranger: Someone, mailbox: Mailbox
) -> None:
    other = make.asked(make.scan(stranger), asked.name)
    make.withdrawn(make.asked(make.draft_scan(asked.scan.owner), asked.name))
    before = len(mailbox.to(asked.email))
    lose(student, asked.email)
    links = {letter.link for letter in mailbox.to(asked.email)[before:]}
    assert links == {asked.path, other.path}


def test_after_six_weeks_nothing_is_sent(browse: Browse, asked: Asked, mailbox: Mailbox) -> None:
    before = len(mailbox.to(asked.email))
    with time_machine.travel(asked.expires_at + timedelta(minutes=1)):
        lose(browse(), asked.email)
        assert len(mailbox.to(asked.email)) == before


@pytest.mark.parametrize("address", ["", "noor", "noor@"])
def test_what_is_no_address_comes_back_with_its_error(student: Browser, address: str) -> None:
    page = lose(student, address)
    assert (page.status, page.errors) == (422, ["email"])
    assert page.value("email") == address


def test_the_trouble_of_an_address_does_not_show_who_was_asked(
    student: Browser, scan: Scan, make: Maker, stored: Stored
) -> None:
    make.declined(make.asked(scan))
    assert lose(student, "noor@student.example").location == lose(student, UNKNOWN).location


@pytest.mark.parametrize(
    ("end", "after", "count"),
    [
        ("drafted", WEEK, 1),
        ("drafted", 7 * WEEK, 0),
        ("declined", WEEK, 1),
        ("declined", 7 * WEEK, 0),
        ("planned", WEEK, 1),
        # By then it is shared.
        ("planned", 3 * WEEK, 1),
        ("held", WEEK, 1),
        ("held", 7 * WEEK, 0),
        ("shared", WEEK, 1),
        ("shared", 7 * WEEK, 1),
        ("retracted", WEEK, 0),
        ("withdrawn", WEEK, 0),
    ],
)
def test_a_link_that_can_do_nothing_any_more_is_not_sent(
    browse: Browse,
    asked: Asked,
    make: Maker,
    mailbox: Mailbox,
    end: str,
    after: timedelta,
    count: int,
) -> None:
    getattr(make, end)(asked)
    before = len(mailbox.to(asked.email))
    with time_machine.travel(clock.now() + after):
        lose(browse(), asked.email)
        assert len(mailbox.to(asked.email)) == before + count


def test_the_mail_names_the_last_day_on_which_a_plan_can_be_changed(
    browse: Browse, make: Maker, scan: Scan, mailbox: Mailbox
) -> None:
    with time_machine.travel(datetime(2027, 3, 1, 12, tzinfo=AMSTERDAM)):
        asked = make.planned(make.asked(scan), date(2027, 4, 28))
    # The link itself was for six weeks.
    with time_machine.travel(datetime(2027, 4, 19, 12, tzinfo=AMSTERDAM)):
        lose(browse(), asked.email)
        letter = mailbox.to(asked.email)[-1]
    assert letter.subject == "Your link to give feedback to Olga Owner"
    assert "27 April 2027" in letter.text
    assert "12 April 2027" not in letter.text
