"""Having the link sent again, to the address that was asked and to no other."""

import re
from datetime import timedelta

import pytest
import time_machine

from tests.application import Stored
from tests.factories import SIX_WEEKS, Asked, Maker, Scan, Someone
from tests.mailbox import Mailbox
from tests.pages.client import Browser, Page
from tests.people import Browse
from zetwpo import clock

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
    with time_machine.travel(clock.now() + SIX_WEEKS + timedelta(days=2)):
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
