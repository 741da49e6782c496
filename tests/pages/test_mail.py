"""Mails leave: none lost, none twice, at decent hours, and one that cannot leave stops no other."""

import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.application import Stored, wipe
from tests.factories import PARTNERSHIP, SIX_WEEKS, Asked, Maker, Scan
from tests.mailbox import PATIENCE, Mailbox, MailServer
from tests.pages.client import Browser
from tests.pages.html import read
from zetwpo import clock
from zetwpo.accounts.actors import Role
from zetwpo.clock import AMSTERDAM
from zetwpo.extensions import db
from zetwpo.mail import worker
from zetwpo.mail.models import OutboxMail
from zetwpo.mail.rules import CLAIM_LASTS, LONGEST_RETRY, MOST_ATTEMPTS
from zetwpo.scan.self_scan.models import Scan as ScanRow

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
                    about_id=template.about_id,
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
    page = olga.get(f"/scan/feedback/{asked.id}/withdraw")
    with ThreadPoolExecutor(1) as pool, mail_server.hanging() as is_asked:
        sending = pool.submit(mailbox.deliver)
        assert is_asked.wait(PATIENCE)
        with app.app_context():
            assert db.engine.pool.checkedout() == 0
        assert page.send(form="withdraw").status == 303
        assert not sending.done()
    assert len(sending.result()) == 1


def test_what_a_dead_worker_had_taken_leaves_within_a_minute(
    asked: Asked, app: Flask, mailbox: Mailbox
) -> None:
    with app.app_context():
        db.session.execute(sa.update(OutboxMail).values(claimed_at=clock.now()))
        db.session.commit()
    assert mailbox.deliver() == []
    with time_machine.travel(clock.now() + CLAIM_LASTS + timedelta(seconds=1)):
        assert len(mailbox.deliver()) == 1


def test_the_thread_of_the_server_sends_and_stops(
    asked: Asked, app: Flask, mail_server: MailServer, mailbox: Mailbox, stored: Stored
) -> None:
    stop = threading.Event()
    thread = worker.start_thread(app, stop)
    with mail_server.arrival:
        mail_server.arrival.wait_for(lambda: mail_server.letters, PATIENCE)
    stop.set()
    thread.join(PATIENCE)
    assert not thread.is_alive()
    assert len(mail_server.letters) == 1
    assert stored.count(OutboxMail, SENT) == 1


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


@pytest.fixture
def post(by_day: Flask, mail_server: MailServer) -> Mailbox:
    """What that application sent."""
    mail_server.letters, mail_server.refuses = [], False
    return Mailbox(by_day, mail_server)


def invite(app: Flask) -> Asked:
    make = Maker(app)
    return make.asked(make.scan(make.person("Olga", Role.SUPERVISOR)))


def at(hour: int, minute: int = 0, day: int = 27) -> time_machine.travel:
    """A time on a Dutch clock. In the night after the 27th the clocks go forward."""
    return time_machine.travel(datetime(2027, 3, day, hour, minute, tzinfo=AMSTERDAM))


def test_invitations_come_in_at_decent_hours(by_day: Flask, post: Mailbox) -> None:
    with at(23, 30):
        invite(by_day)
        assert post.deliver() == []
    with at(7, 59, day=28):
        assert post.deliver() == []
    with at(8, 0, day=28):
        assert len(post.deliver()) == 1


def test_an_invitation_that_is_tried_again_waits_for_decent_hours_too(
    by_day: Flask, post: Mailbox
) -> None:
    post.server.refuses = True
    with at(19, 59):
        invite(by_day)
        assert post.deliver() == []
    post.server.refuses = False
    for night in (at(20, 5), at(0, 45, day=28), at(7, 59, day=28)):
        with night:
            assert post.deliver() == []
    with at(8, 0, day=28):
        assert len(post.deliver()) == 1


def test_a_worker_that_was_away_sends_at_decent_hours(by_day: Flask, post: Mailbox) -> None:
    with at(12):
        invite(by_day)
    with at(23, 30):
        assert post.deliver() == []
    with at(8, 0, day=28):
        assert len(post.deliver()) == 1


def test_a_link_to_sign_in_leaves_at_any_hour_while_it_works(
    by_day: Flask, post: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    olga = Maker(by_day).person("Olga", Role.SUPERVISOR)
    with at(23, 30):
        Browser(by_day).get("/sign-in").send({"email": olga.email})
    with at(23, 39):
        assert len(post.deliver()) == 1
    with at(23, 50):
        Browser(by_day).get("/sign-in").send({"email": olga.email})
    with at(0, 1, day=28):
        assert len(post.deliver()) == 1
    assert Stored(by_day).count(OutboxMail) == 1
    assert "a mail of kind sign_in came too late and was dropped" in caplog.text
    for word in (olga.email, olga.name):
        assert word not in caplog.text


def test_a_mail_that_will_be_too_late_when_it_is_tried_again_is_dropped(
    by_day: Flask, post: Mailbox
) -> None:
    olga = Maker(by_day).person("Olga", Role.SUPERVISOR)
    post.server.refuses = True
    with at(12, 0):
        Browser(by_day).get("/sign-in").send({"email": olga.email})
    with at(12, 9):
        post.deliver()
    assert Stored(by_day).count(OutboxMail) == 1
    # The next try would be at ten past.
    with time_machine.travel(datetime(2027, 3, 27, 12, 9, 58, tzinfo=AMSTERDAM)):
        post.deliver()
    assert Stored(by_day).count(OutboxMail) == 0


def test_an_invitation_that_is_over_is_not_sent(by_day: Flask, post: Mailbox) -> None:
    with at(12):
        invite(by_day)
    # It works until the end of its last day.
    with time_machine.travel(datetime(2027, 3, 28, 14, tzinfo=AMSTERDAM) + SIX_WEEKS):
        assert post.deliver() == []


def test_what_was_withdrawn_is_not_sent(
    asked: Asked, make: Maker, student: Browser, mailbox: Mailbox
) -> None:
    student.get("/feedback/lost-link").send({"email": asked.email})
    make.withdrawn(asked)
    assert mailbox.deliver() == []


def test_an_invitation_says_where_it_comes_from_and_why(
    scan: Scan, make: Maker, mailbox: Mailbox
) -> None:
    for language in ("en", "nl"):
        make.asked(scan, f"Noor {language}", language=language)
    english, dutch = mailbox.deliver()
    reason = (
        f"You get this email from zetwpo, the tool of {PARTNERSHIP}, "
        "because Olga Owner entered your address."
    )
    assert english.text.partition("\n--\n")[0].endswith(f"{reason}\n")
    assert reason in english.html
    reden = (
        f"Je krijgt deze mail van zetwpo, het programma van {PARTNERSHIP}, "
        "omdat Olga Owner je adres heeft ingevuld."
    )
    assert dutch.text.partition("\n--\n")[0].endswith(f"{reden}\n")
    assert reden in dutch.html


def test_without_a_partnership_an_invitation_names_none(make: Maker, mailbox: Mailbox) -> None:
    make.asked(make.scan(make.person("Olga", Role.SUPERVISOR)))
    with make.request():
        db.session.execute(sa.update(ScanRow).values(partnership_id=None))
    [letter] = mailbox.deliver()
    reason = "You get this email from zetwpo because Olga entered your address."
    assert letter.text.partition("\n--\n")[0].endswith(f"{reason}\n")
    assert reason in letter.html


def test_each_mail_has_one_way_in_as_a_button_and_in_full(
    asked: Asked, make: Maker, student: Browser, mailbox: Mailbox
) -> None:
    student.get("/feedback/lost-link").send({"email": asked.email})
    student.get("/sign-in").send({"email": asked.scan.owner.email})
    mailbox.deliver()
    make.shared(asked)
    letters = mailbox.deliver()
    # Besides those of whom one can ask for help.
    ways = [
        [
            (link.get("href"), link.text)
            for link in read(each.html).all("a")
            if not link.get("href").startswith("mailto:")
        ]
        for each in letters
    ]
    words = ["Sign in", "View the request", "View the request", "Bekijk je resultaat"]
    assert len(letters) == len(words)
    # And the way to get no more of them, where they may be stopped.
    stop = [("http://127.0.0.1/my-account#mails", "Stop ze bij Mijn account")]
    for letter, links, button in zip(letters, ways, words, strict=True):
        address = f"http://127.0.0.1{letter.link}"
        more = stop if letter is letters[-1] else []
        assert letter.text.count("http") == 1 + len(more)
        assert links == [(address, button), (address, address), *more]
