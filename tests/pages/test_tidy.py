"""Data goes when its time is up, and not before."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.application import Stored
from tests.factories import SIX_WEEKS, Asked, Maker, Scan, Someone
from tests.mailbox import Mailbox, MailServer
from tests.pages.client import Browser
from tests.people import Browse
from zetwpo import clock
from zetwpo.accounts.models import SignIn, SignInRequest
from zetwpo.audit import AuditEntry
from zetwpo.mail.models import OutboxMail
from zetwpo.mail.rules import LONGEST_RETRY, MOST_ATTEMPTS, Failure
from zetwpo.scan.feedback.links import token_for
from zetwpo.scan.feedback.models import Invitation
from zetwpo.scan.feedback.queries import asked_for
from zetwpo.scan.responses.models import Response

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
# The link works until the end of a day, so a day more or less.
CLOSED = SIX_WEEKS + timedelta(days=30)
AFTER_CLOSING = CLOSED + 2 * DAY


def tidy(app: Flask, after: timedelta) -> None:
    with time_machine.travel(clock.now() + after):
        result = app.test_cli_runner().invoke(args=["tidy"])
    assert result.exit_code == 0, result.output


def test_sign_in_requests_go_after_ten_minutes_and_sessions_after_twelve_hours(
    app: Flask, olga: Browser, browse: Browse, stored: Stored
) -> None:
    browse().get("/sign-in").send({"email": "nobody@school.example"})
    tidy(app, timedelta(minutes=9))
    assert (stored.count(SignInRequest), stored.count(SignIn)) == (1, 1)
    tidy(app, timedelta(minutes=11))
    assert (stored.count(SignInRequest), stored.count(SignIn)) == (0, 1)
    tidy(app, 12 * HOUR + timedelta(minutes=1))
    assert stored.count(SignIn) == 0


def test_the_text_of_a_mail_goes_after_seven_days(
    app: Flask, asked: Asked, mailbox: Mailbox, stored: Stored
) -> None:
    mailbox.deliver()
    tidy(app, 7 * DAY - HOUR)
    assert asked.email in repr(stored.everything()["outbox_mail"])
    tidy(app, 7 * DAY + HOUR)
    rows = repr(stored.everything()["outbox_mail"])
    for gone in (asked.email, asked.name, asked.token):
        assert gone not in rows


def test_what_is_planned_for_later_is_kept_for_its_author_and_seen_by_nobody(
    app: Flask, browse: Browse, make: Maker, scan: Scan, stored: Stored
) -> None:
    quiet = make.asked(scan, "Quiet")
    planned = make.planned(make.asked(scan, "Planner"), clock.today() + timedelta(days=200))
    asking = f"{scan.path}/feedback"
    # Seen and not seen by the clock, whether anybody tidied up or not.
    for after, is_seen in ((CLOSED - DAY, True), (AFTER_CLOSING, False)):
        with time_machine.travel(clock.now() + after):
            olga = browse(scan.owner)
            for each in (quiet, planned):
                assert (each.name in olga.get(asking).text) == is_seen
                withdraw = olga.get(f"/scan/feedback/{each.id}/withdraw")
                assert withdraw.status == (200 if is_seen else 404)
    tidy(app, AFTER_CLOSING)
    assert stored.values(sa.select(Invitation.email)) == [planned.email]
    with time_machine.travel(clock.now() + AFTER_CLOSING):
        assert planned.name not in browse(scan.owner).get(asking).text
        assert browse().get(f"{planned.path}/part/1").status == 200
    with time_machine.travel(clock.now() + timedelta(days=201)):
        assert planned.name in browse(scan.owner).get(asking).text
        assert planned.name in browse(scan.owner).get(f"{scan.path}/result").text


@pytest.mark.parametrize("become", ["asked", "drafted", "planned", "held", "declined"])
def test_long_after_closing_an_empty_scan_is_deleted_whatever_came_of_a_request(
    app: Flask, browse: Browse, make: Maker, owner: Someone, stored: Stored, become: str
) -> None:
    scan = make.draft_scan(owner)
    asked = make.asked(scan)
    came_of(make, asked, become)
    tidy(app, AFTER_CLOSING)
    with time_machine.travel(clock.now() + AFTER_CLOSING):
        page = browse(owner).get("/start").send(form=f"{scan.path}/delete")
        assert (page.status, page.location) == (303, "/start")
        assert browse().get(asked.path).status == 410
    rows = stored.everything()
    assert not [
        rows[table] for table in ("scan", "invitation", "response", "answer") if rows[table]
    ]
    assert str(asked.id) not in repr(rows["outbox_mail"])


@pytest.mark.parametrize("become", ["asked", "drafted", "planned", "held", "declined"])
def test_long_after_closing_the_same_page_asks_anew_whatever_came_of_it(
    app: Flask, browse: Browse, make: Maker, scan: Scan, become: str
) -> None:
    asking = f"{scan.path}/feedback"
    noor = {"role": "student", "name": "Noor", "email": "noor@student.example"}
    old = browse(scan.owner).get(asking).fields(asking) | noor
    assert browse(scan.owner).post(asking, old).status == 303
    with make.request():
        [card] = asked_for(scan.id)
        asked = Asked(card.id, token_for(card.id), scan, card.name, card.email, card.expires_at)
    came_of(make, asked, become)
    tidy(app, AFTER_CLOSING)
    with time_machine.travel(clock.now() + AFTER_CLOSING):
        olga = browse(scan.owner)
        assert olga.post(asking, old).status == 303
        assert len(olga.get(asking).main.all("li")) == 1


def came_of(make: Maker, asked: Asked, become: str) -> None:
    """Let this come of a request; what is planned is for long after it closed."""
    if become in {"planned", "held"}:
        getattr(make, become)(asked, clock.today() + timedelta(days=200))
    elif become != "asked":
        getattr(make, become)(asked)


def test_of_a_mail_that_never_left_only_that_stays_and_with_its_request_nothing(
    app: Flask, asked: Asked, mailbox: Mailbox, mail_server: MailServer, stored: Stored
) -> None:
    mail_server.refuses = True
    for attempt in range(MOST_ATTEMPTS):
        with time_machine.travel(clock.now() + attempt * LONGEST_RETRY):
            mailbox.deliver()
    tidy(app, 30 * DAY)
    assert stored.values(sa.select(OutboxMail.failure)) == [Failure.GAVE_UP]
    assert asked.email not in repr(stored.everything()["outbox_mail"])
    tidy(app, AFTER_CLOSING)
    assert stored.count(OutboxMail) == 0


def test_a_mail_that_is_of_no_use_any_more_goes_without_a_worker_too(
    app: Flask, owner: Someone, browse: Browse, stored: Stored
) -> None:
    browse().get("/sign-in").send({"email": owner.email})
    tidy(app, 7 * DAY)
    assert stored.count(OutboxMail) == 1
    tidy(app, 7 * DAY + HOUR)
    assert stored.count(OutboxMail) == 0


def test_unreleased_feedback_goes_thirty_days_after_closing(
    app: Flask, scan: Scan, make: Maker, stored: Stored, mailbox: Mailbox
) -> None:
    words = {"feed_forward": {"gatekeeper": "MARK-unreleased"}}
    make.drafted(make.asked(scan, "Noor"), **words)
    make.declined(make.asked(scan, "Daan"), **words)
    mailbox.deliver()
    tidy(app, CLOSED - DAY)
    assert stored.count(Invitation) == 2
    tidy(app, AFTER_CLOSING)
    assert stored.count(Invitation) == 0
    assert stored.count(Response) == 1
    rows = repr(stored.everything())
    for gone in ("MARK-unreleased", "noor@student.example", "daan@student.example"):
        assert gone not in rows


@pytest.mark.parametrize("begun", ["drafted", "planned"])
def test_what_was_withdrawn_goes_thirty_days_after(
    app: Flask, asked: Asked, make: Maker, stored: Stored, begun: str
) -> None:
    getattr(make, begun)(asked, feed_forward={"gatekeeper": "MARK-withdrawn"})
    make.withdrawn(asked)
    tidy(app, 30 * DAY - HOUR)
    assert stored.count(Invitation) == 1
    tidy(app, 30 * DAY + HOUR)
    assert stored.count(Invitation) == 0
    assert "MARK-withdrawn" not in repr(stored.everything())


def test_released_feedback_stays_without_the_address(
    app: Flask, scan: Scan, make: Maker, stored: Stored, mailbox: Mailbox, browse: Browse
) -> None:
    asked = make.asked(scan, "Noor", word="MARK-word")
    make.shared(asked, feed_forward={"gatekeeper": "Stays readable"})
    mailbox.deliver()
    tidy(app, AFTER_CLOSING)
    rows = repr(stored.everything())
    assert asked.email not in rows
    assert "MARK-word" not in rows
    page = browse(scan.owner).get(f"{scan.path}/result")
    assert "Stays readable" in page.text
    assert "Noor" in page.text


def test_a_release_planned_after_closing_still_happens(
    app: Flask, asked: Asked, make: Maker, browse: Browse
) -> None:
    day = clock.today() + CLOSED + 30 * DAY
    make.planned(asked, day=day, feed_forward={"gatekeeper": "Late but there"})
    tidy(app, AFTER_CLOSING)
    with time_machine.travel(clock.now() + AFTER_CLOSING):
        assert "Late but there" in browse().get(f"{asked.path}/preview").text
    with time_machine.travel(clock.start_of(day) + HOUR):
        page = browse(asked.scan.owner).get(f"{asked.scan.path}/result")
        assert "Late but there" in page.text


def test_the_record_of_acts_goes_after_twelve_months(
    app: Flask, scan: Scan, stored: Stored
) -> None:
    tidy(app, 364 * DAY)
    assert stored.count(AuditEntry) > 0
    tidy(app, 366 * DAY)
    assert stored.count(AuditEntry) == 0


def test_tidying_twice_does_no_more_than_once(
    app: Flask, scan: Scan, make: Maker, stored: Stored
) -> None:
    make.shared(make.asked(scan))
    tidy(app, AFTER_CLOSING)
    once = stored.everything()
    tidy(app, AFTER_CLOSING)
    assert stored.everything() == once


def test_the_record_of_acts_holds_no_words(
    app: Flask, scan: Scan, make: Maker, stored: Stored
) -> None:
    make.shared(make.asked(scan, "Noor", word="A word"), examples={"pedagogical": "An example"})
    make.learning_question(scan, "Why?")
    text = repr(stored.everything()["audit_entry"])
    for word in ("Noor", "A word", "An example", "Why?", scan.owner.name):
        assert word not in text
    actions = set(stored.values(sa.select(AuditEntry.action)))
    assert {"scan submitted", "feedback asked", "feedback released"} <= actions
