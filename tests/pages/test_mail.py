"""Mails leave: none lost, none twice, at decent hours, and one that cannot leave stops no other."""

import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.application import Stored, wipe
from tests.factories import Asked, Maker, Scan
from tests.mailbox import Mailbox, MailServer
from tests.pages.client import Browser
from zetwpo import clock
from zetwpo.accounts.policy import Role
from zetwpo.clock import AMSTERDAM
from zetwpo.extensions import db
from zetwpo.mail import worker
from zetwpo.mail.models import OutboxMail
from zetwpo.mail.rules import CLAIM_LASTS, LONGEST_RETRY, MOST_ATTEMPTS

PATIENCE = 60
SENT = OutboxMail.sent_at.is_not(None)


def test_a_mail_leaves_once(asked: Asked, mailbox: Mailbox, stored: Stored) -> None:
    assert len(mailbox.to(asked.email)) == 1
    assert len(mailbox.to(asked.email)) == 1
    assert stored.count(OutboxMail, SENT) == 1


def test_text_and_html_say_the_same_and_nothing_typed_becomes_markup(
    scan: Scan, make: Maker, mailbox: Mailbox
) -> None:
    make.asked(scan, "Noor <b>", word="See <i>this</i> & that", email="noor@student.example")
    [letter] = mailbox.deliver()
    for words in ("Noor <b>", "See <i>this</i> & that"):
        assert words in letter.text
        assert words not in letter.html
    assert "See &lt;i&gt;this&lt;/i&gt; &amp; that" in letter.html
    assert letter.link in letter.html


def test_the_database_keeps_no_link_apart_from_the_text(
    asked: Asked, mailbox: Mailbox, stored: Stored
) -> None:
    mailbox.deliver()
    assert stored.values(sa.select(OutboxMail.values)) == [{}]


def test_a_refused_mail_is_tried_again_until_it_leaves(
    asked: Asked, mailbox: Mailbox, mail_server: MailServer
) -> None:
    mail_server.refuses = True
    assert mailbox.deliver() == []
    mail_server.refuses = False
    assert mailbox.deliver() == []
    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        assert len(mailbox.deliver()) == 1


def test_after_three_days_of_trying_it_gives_up(
    asked: Asked, mailbox: Mailbox, mail_server: MailServer, stored: Stored
) -> None:
    mail_server.refuses = True
    moment = clock.now()
    for _time in range(MOST_ATTEMPTS + 2):
        with time_machine.travel(moment):
            mailbox.deliver()
        moment += LONGEST_RETRY + timedelta(minutes=1)
    assert stored.values(sa.select(OutboxMail.attempts)) == [MOST_ATTEMPTS]


def test_an_address_that_no_mail_can_be_written_to_stops_no_other(
    asked: Asked, mailbox: Mailbox, app: Flask, stored: Stored
) -> None:
    with app.app_context():
        template = db.session.scalars(sa.select(OutboxMail)).one()
        for address in ("a@b..example", "@", f"a@{'b' * 70}.example"):
            db.session.add(
                OutboxMail(
                    kind=template.kind,
                    reason=uuid.uuid4(),
                    recipient=address,
                    language="nl",
                    values=template.values,
                    queued_at=template.queued_at,
                    due_at=template.due_at - timedelta(hours=1),
                )
            )
        db.session.commit()
    assert [letter.to for letter in mailbox.deliver()] == [asked.email]
    assert stored.count(OutboxMail, SENT) == 1


def test_two_workers_never_send_the_same_mail(
    scan: Scan, make: Maker, app: Flask, mail_server: MailServer, mailbox: Mailbox
) -> None:
    addresses = {make.asked(scan, f"Noor{number}").email for number in range(12)}

    def work(_number: int) -> None:
        for _round in range(12):
            with app.app_context():
                worker.send_due()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(work, range(3)))
    assert len(mail_server.letters) == 12
    assert {letter.to for letter in mail_server.letters} == addresses


def test_others_write_while_a_mail_server_does_not_answer(
    asked: Asked, app: Flask, olga: Browser, mail_server: MailServer, mailbox: Mailbox
) -> None:
    page = olga.get(f"{asked.scan.path}/feedback")
    with ThreadPoolExecutor(1) as pool, mail_server.hanging() as is_asked:
        sending = pool.submit(mailbox.deliver)
        assert is_asked.wait(PATIENCE)
        with app.app_context():
            assert db.engine.pool.checkedout() == 0
        assert page.send(form=f"/scan/feedback/{asked.id}/withdraw").status == 303
        assert not sending.done()
    assert len(sending.result()) == 1


def test_what_a_dead_worker_had_taken_leaves_after_five_minutes(
    asked: Asked, app: Flask, mailbox: Mailbox
) -> None:
    with app.app_context():
        db.session.execute(sa.update(OutboxMail).values(claimed_at=clock.now()))
        db.session.commit()
    assert mailbox.deliver() == []
    with time_machine.travel(clock.now() + CLAIM_LASTS + timedelta(seconds=1)):
        assert len(mailbox.deliver()) == 1


def test_the_thread_of_the_server_sends_and_stops(
    asked: Asked, app: Flask, mail_server: MailServer, mailbox: Mailbox
) -> None:
    stop = worker.start_thread(app)
    until = time.monotonic() + 10
    while not mail_server.letters and time.monotonic() < until:
        time.sleep(0.02)
    stop.set()
    assert len(mail_server.letters) == 1


def test_the_log_names_nobody(
    asked: Asked, mailbox: Mailbox, mail_server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    mail_server.refuses = True
    mailbox.deliver()
    assert "feedback_invitation" in caplog.text
    for secret in (asked.email, asked.name, asked.token):
        assert secret not in caplog.text


@pytest.fixture
def by_day(
    make_app: Callable[..., Flask], new_database: Callable[[str], str], database: str
) -> Iterator[Flask]:
    """An application that mails from eight to eight."""
    app = make_app(database_url=new_database(database), mail_from_hour=8, mail_until_hour=20)
    yield app
    wipe(app)


def test_invitations_come_in_at_decent_hours(by_day: Flask, mail_server: MailServer) -> None:
    mail_server.letters, mail_server.refuses = [], False
    make, mailbox = Maker(by_day), Mailbox(by_day, mail_server)
    evening = datetime(2027, 3, 27, 23, 30, tzinfo=AMSTERDAM)
    with time_machine.travel(evening):
        make.asked(make.scan(make.person("Olga", Role.SUPERVISOR)))
        assert mailbox.deliver() == []
    # The clocks go forward in this night.
    morning = datetime(2027, 3, 28, 8, 0, tzinfo=AMSTERDAM)
    for moment, count in ((morning - timedelta(minutes=1), 0), (morning, 1)):
        with time_machine.travel(moment):
            assert len(mailbox.deliver()) == count
