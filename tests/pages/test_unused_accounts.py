"""An account that nobody uses goes after 24 months, and not without a notice."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.application import Stored
from tests.factories import Maker, Scan, Someone
from tests.mailbox import Mailbox, MailServer
from tests.pages.client import Browser
from tests.people import sign_in
from zetwpo import clock
from zetwpo.accounts.actors import Role
from zetwpo.accounts.models import Person
from zetwpo.audit import AuditEntry
from zetwpo.i18n import day, writing_in
from zetwpo.privacy.rules import KEPT, NOTICE_AFTER

DAY = timedelta(days=1)
BEGIN = clock.now()
NOTICE_DUE = BEGIN + NOTICE_AFTER
END = BEGIN + KEPT
Tidied = Callable[[], list[str]]


@pytest.fixture
def tidied(app: Flask, mailbox: Mailbox, owner: Someone) -> Tidied:
    """Tidies and sends; returns the subjects of all mails to the owner."""

    def tidy() -> list[str]:
        result = app.test_cli_runner().invoke(args=["tidy"])
        assert result.exit_code == 0, result.output
        return [letter.subject for letter in mailbox.to(owner.email)]

    return tidy


@pytest.fixture
def scan(make: Maker, owner: Someone) -> Scan:
    with time_machine.travel(BEGIN):
        return make.scan(owner, 4, {"gatekeeper": "MARK-example"})


def test_two_months_before_the_end_one_mail_says_so(
    scan: Scan, tidied: Tidied, mailbox: Mailbox, stored: Stored
) -> None:
    [made] = stored.values(sa.select(Person.created_at))
    with time_machine.travel(NOTICE_DUE - DAY):
        assert tidied() == []
    for days in range(3):
        with time_machine.travel(NOTICE_DUE + (days + 1) * DAY):
            assert len(tidied()) == 1
    [letter] = mailbox.to(scan.owner.email)
    with writing_in("nl"):
        assert day(made + KEPT) in letter.subject
    assert letter.link == "/sign-in"
    assert "MARK" not in letter.text


@pytest.mark.parametrize(("language", "words"), [("nl", "wordt verwijderd"), ("en", "be deleted")])
def test_the_notice_speaks_the_language_of_its_reader(
    make: Maker, tidied: Tidied, mailbox: Mailbox, language: str, words: str
) -> None:
    ans = make.person("Ans", language=language)
    with time_machine.travel(NOTICE_DUE + DAY):
        tidied()
    [letter] = mailbox.to(ans.email)
    assert words in letter.subject
    assert letter.subject in letter.html


def test_feedback_that_somebody_gives_without_signing_in_stays(
    scan: Scan, make: Maker, tidied: Tidied, stored: Stored
) -> None:
    with time_machine.travel(NOTICE_DUE + DAY):
        tidied()
    with time_machine.travel(END - 10 * DAY):
        newcomer = make.person("Ans Newcomer", Role.SUPERVISOR)
        asked = make.asked(make.scan(newcomer), "Olga", email=scan.owner.email)
        make.drafted(asked, feed_forward={"gatekeeper": "MARK-given"})
    with time_machine.travel(END + DAY):
        tidied()
    rows = repr(stored.everything())
    assert stored.values(sa.select(Person.name)) == [newcomer.name]
    assert "MARK-given" in rows
    assert "MARK-example" not in rows


def test_after_twenty_four_months_everything_goes(
    scan: Scan, tidied: Tidied, stored: Stored
) -> None:
    with time_machine.travel(NOTICE_DUE + DAY):
        tidied()
    with time_machine.travel(END - DAY):
        tidied()
        assert stored.count(Person) == 1
    with time_machine.travel(END + DAY):
        tidied()
    rows = repr(stored.everything())
    for gone in ("MARK-example", scan.owner.name, scan.owner.email):
        assert gone not in rows
    deleted = AuditEntry.action == "unused account deleted"
    assert stored.count(AuditEntry, deleted, AuditEntry.object_id == scan.owner.id) == 1


def test_signing_in_after_the_notice_cancels_it_and_a_next_time_has_a_next_notice(
    app: Flask, scan: Scan, tidied: Tidied, stored: Stored
) -> None:
    with time_machine.travel(NOTICE_DUE + DAY):
        assert len(tidied()) == 1
    back = NOTICE_DUE + 10 * DAY
    with time_machine.travel(back):
        sign_in(Browser(app), scan.owner)
    with time_machine.travel(END + 30 * DAY):
        assert len(tidied()) == 1
        assert stored.count(Person) == 1
    with time_machine.travel(back + NOTICE_AFTER + DAY):
        assert len(tidied()) == 2
    with time_machine.travel(back + KEPT + DAY):
        tidied()
        assert stored.count(Person) == 0


def test_nobody_goes_whose_notice_did_not_leave(
    scan: Scan, tidied: Tidied, mail_server: MailServer, stored: Stored
) -> None:
    mail_server.refuses = True
    for when in (NOTICE_DUE + DAY, END + DAY, END + 100 * DAY):
        with time_machine.travel(when):
            tidied()
            assert stored.count(Person) == 1
    mail_server.refuses = False


def test_who_is_told_late_has_six_weeks(scan: Scan, tidied: Tidied, stored: Stored) -> None:
    """For instance where nobody tidied for years."""
    late = END + 300 * DAY
    with time_machine.travel(late):
        assert len(tidied()) == 1
    with time_machine.travel(late + timedelta(weeks=6) - DAY):
        tidied()
        assert stored.count(Person) == 1
    with time_machine.travel(late + timedelta(weeks=6) + DAY):
        tidied()
        assert stored.count(Person) == 0
