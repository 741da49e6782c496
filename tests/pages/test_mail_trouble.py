"""When mail cannot leave: what passes waits, and what does not is told to whoever asked."""

import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Event

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.application import Stored
from tests.browser.ports import free_port
from tests.factories import Asked, Maker, Scan, Someone
from tests.mailbox import PATIENCE
from tests.pages.client import Browser, Page
from tests.people import Browse
from tests.strict_mail import Post, serving
from tests.waiting import wait_until
from zetwpo import clock
from zetwpo.extensions import db
from zetwpo.mail import worker
from zetwpo.mail.models import OutboxMail
from zetwpo.mail.rules import FAILURE_KEPT, TEXT_KEPT, Failure
from zetwpo.mail.service import clear_texts
from zetwpo.privacy.service import erase

SENT = OutboxMail.sent_at.is_not(None)


@contextmanager
def mailing_to(app: Flask, port: int) -> Iterator[None]:
    """Let the application use another mail server for the length of the block."""
    usual = app.extensions["settings"]
    app.extensions["settings"] = usual.model_copy(update={"smtp_port": port})
    try:
        yield
    finally:
        app.extensions["settings"] = usual


def deliver(app: Flask) -> int:
    with app.app_context():
        return worker.send_due()


@pytest.fixture
def refused(app: Flask, asked: Asked) -> Callable[[str], None]:
    """Sends the request, to a server with this answer to its addressee."""

    def send(answer: str) -> None:
        with serving(Post(to_recipient={asked.email: answer})) as port, mailing_to(app, port):
            deliver(app)

    return send


def card(page: Page, asked: Asked) -> str:
    [item] = [each.text for each in page.main.all("li") if asked.email in each.text]
    return " ".join(item.split())


def test_a_server_that_is_away_costs_no_mail_an_attempt(
    app: Flask, scan: Scan, make: Maker, stored: Stored
) -> None:
    for number in range(3):
        make.asked(scan, f"Noor{number}")
    query = sa.select(OutboxMail.due_at, OutboxMail.attempts, OutboxMail.claimed_at)
    before = sorted(map(tuple, stored.rows(query)), key=repr)
    with mailing_to(app, free_port()):
        for _time in range(30):
            assert deliver(app) == 0
    assert sorted(map(tuple, stored.rows(query)), key=repr) == before
    post = Post()
    with serving(post) as port, mailing_to(app, port):
        assert deliver(app) == 3
    assert len(post.recipients) == 3


@pytest.mark.parametrize("post", [Post(to_sender="550 No"), Post(to_sender="451 Later")])
def test_who_refuses_us_costs_no_mail_an_attempt(
    app: Flask, asked: Asked, stored: Stored, post: Post
) -> None:
    with serving(post) as port, mailing_to(app, port):
        deliver(app)
    row = (OutboxMail.attempts, OutboxMail.claimed_at, OutboxMail.failure)
    assert [tuple(each) for each in stored.rows(sa.select(*row))] == [(0, None, None)]


def test_a_password_that_is_refused_loses_nothing(app: Flask, asked: Asked, stored: Stored) -> None:
    usual = app.extensions["settings"]
    with serving(Post(password="right")) as port:
        for password in ("wrong", "right"):
            chosen = {"smtp_port": port, "smtp_user": "u", "smtp_password": password}
            app.extensions["settings"] = type(usual)(**dict(usual) | chosen)
            try:
                assert deliver(app) == (password == "right")
            finally:
                app.extensions["settings"] = usual


def test_a_start_tries_at_once_what_was_put_off(
    app: Flask, asked: Asked, stored: Stored, refused: Callable[[str], None]
) -> None:
    refused("554 5.7.1 Relay access denied")
    with app.app_context():
        db.session.execute(sa.update(OutboxMail).values(due_at=clock.now() + timedelta(hours=6)))
        db.session.commit()
    post, stop = Post(), Event()
    with serving(post) as port, mailing_to(app, port):
        thread = worker.start_thread(app, stop)
        wait_until(lambda: stored.count(OutboxMail, SENT) == 1)
        stop.set()
        thread.join(PATIENCE)
    assert post.recipients == [asked.email]


@pytest.mark.parametrize("answer", ["450 Later", "421 Busy", "554 5.7.1 Relay access denied"])
def test_what_passes_is_tried_again_and_told_to_nobody(
    app: Flask,
    olga: Browser,
    asked: Asked,
    stored: Stored,
    refused: Callable[[str], None],
    answer: str,
) -> None:
    before = olga.get(f"{asked.scan.path}/feedback").text
    refused(answer)
    assert stored.values(sa.select(OutboxMail.failure)) == [None]
    assert olga.get(f"{asked.scan.path}/feedback").text == before
    later = time_machine.travel(clock.now() + timedelta(minutes=2))
    with later, serving(Post()) as port, mailing_to(app, port):
        assert deliver(app) == 1


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("550 5.1.1 User unknown: SECRET", "does not know this address"),
        ("552 5.2.2 Over quota: SECRET", "full"),
        ("554 5.7.1 Spam: SECRET", "does not let our email in"),
        ("554 5.6.0 What is this: SECRET", "did not take it"),
    ],
)
def test_a_refusal_for_good_is_told_to_who_asked_in_our_words(
    olga: Browser,
    asked: Asked,
    stored: Stored,
    refused: Callable[[str], None],
    answer: str,
    words: str,
) -> None:
    refused(answer)
    page = olga.get(f"{asked.scan.path}/feedback")
    assert f"The email to {asked.name} could not be delivered." in card(page, asked)
    assert words in card(page, asked)
    assert "SECRET" not in page.text
    assert "SECRET" not in repr(stored.everything())
    assert stored.count(OutboxMail, SENT) == 0


def test_it_is_told_in_dutch_too(
    browse: Browse, asked: Asked, refused: Callable[[str], None]
) -> None:
    refused("550 5.1.1 User unknown")
    page = browse(asked.scan.owner, language="nl").get(f"{asked.scan.path}/feedback")
    assert f"De mail aan {asked.name} kon niet worden bezorgd." in card(page, asked)


def test_the_right_address_takes_the_place_of_the_wrong_one(
    app: Flask, olga: Browser, asked: Asked, browse: Browse, refused: Callable[[str], None]
) -> None:
    refused("550 5.1.1 User unknown")
    page = olga.get(f"{asked.scan.path}/feedback")
    [mend] = [link for link in page.links if "instead_of" in link]
    page = olga.get(mend.split("#")[0])
    assert (page.value("name"), page.value("email")) == (asked.name, asked.email)
    assert page.value("mail_language") == "en"
    form = f"{asked.scan.path}/feedback"
    page = page.send({"email": "noor.right@student.example"}, form=form).follow()
    assert "withdrawn on" in card(page, asked)
    assert "could not be delivered" not in page.text
    assert browse().get(asked.path).status == 410
    post = Post()
    with serving(post) as port, mailing_to(app, port):
        assert deliver(app) == 1
    assert post.recipients == ["noor.right@student.example"]


def test_the_same_address_may_be_tried_again(
    olga: Browser, asked: Asked, refused: Callable[[str], None]
) -> None:
    refused("552 5.2.2 Over quota")
    page = olga.get(f"{asked.scan.path}/feedback?instead_of={asked.id}")
    assert page.send(form=f"{asked.scan.path}/feedback").status == 303


def test_nothing_is_withdrawn_before_the_other_one_is_asked(
    olga: Browser, asked: Asked, stored: Stored, refused: Callable[[str], None]
) -> None:
    refused("550 5.1.1 User unknown")
    page = olga.get(f"{asked.scan.path}/feedback?instead_of={asked.id}")
    page = page.send({"email": "noor"}, form=f"{asked.scan.path}/feedback")
    assert page.status == 422
    assert page.value("instead_of") == str(asked.id)
    assert "could not be delivered" in card(page, asked)


def test_whose_place_is_taken_is_told_whatever_is_typed(
    olga: Browser, asked: Asked, refused: Callable[[str], None]
) -> None:
    refused("550 5.1.1 User unknown")
    path = f"{asked.scan.path}/feedback"
    page = olga.get(f"{path}?instead_of={asked.id}")
    words = f"takes the place of your earlier request to {asked.name}:"
    assert words in page.main.text
    page = page.send({"name": "Somebody else", "email": "noor"}, form=path)
    assert words in page.main.text
    for none in (str(uuid.uuid4()), "x"):
        page = page.send({"instead_of": none, "email": "noor"}, form=path)
        assert "takes the place of" not in page.main.text


def test_somebody_elses_request_takes_no_place(
    browse: Browse, asked: Asked, stranger: Someone, make: Maker, stored: Stored
) -> None:
    other = make.scan(stranger)
    page = browse(stranger).get(f"{other.path}/feedback?instead_of={asked.id}")
    assert asked.email not in page.text
    fields = {"role": "student", "name": "X", "email": "x@student.example", "mail_language": "nl"}
    sent = page.send(fields | {"instead_of": str(asked.id)}, form=f"{other.path}/feedback")
    assert sent.status == 303
    assert browse().get(asked.path).status == 200


def test_that_a_link_was_asked_for_again_shows_to_nobody(
    app: Flask, olga: Browser, asked: Asked, student: Browser
) -> None:
    with serving(Post()) as port, mailing_to(app, port):
        deliver(app)
    before = olga.get(f"{asked.scan.path}/feedback").text
    student.get("/feedback/lost-link").send({"email": asked.email})
    with serving(Post(to_recipient={"": "550 5.1.1 Unknown"})) as port, mailing_to(app, port):
        deliver(app)
    assert olga.get(f"{asked.scan.path}/feedback").text == before


@pytest.mark.parametrize("done", ["drafted", "declined", "planned", "nothing"])
def test_what_the_addressee_does_changes_nothing_in_it(
    olga: Browser, asked: Asked, make: Maker, refused: Callable[[str], None], done: str
) -> None:
    refused("550 5.1.1 User unknown")
    before = card(olga.get(f"{asked.scan.path}/feedback"), asked)
    if done != "nothing":
        getattr(make, done)(asked)
    assert card(olga.get(f"{asked.scan.path}/feedback"), asked) == before


def test_what_was_shared_after_all_was_delivered(
    olga: Browser, asked: Asked, make: Maker, refused: Callable[[str], None]
) -> None:
    refused("550 5.1.1 User unknown")
    make.shared(asked)
    assert "delivered" not in olga.get(f"{asked.scan.path}/feedback").text


def test_that_its_addressee_left_changes_nothing_in_it(
    app: Flask, browse: Browse, scan: Scan, make: Maker, trainer: Someone, stored: Stored
) -> None:
    asked = make.asked(scan, "Tess", email=trainer.email)
    with serving(Post(to_recipient={"": "550 5.1.1 Unknown"})) as port, mailing_to(app, port):
        deliver(app)
    olga = browse(scan.owner)
    before = card(olga.get(f"{scan.path}/feedback"), asked)
    with make.request():
        erase(trainer.id)
    assert card(olga.get(f"{scan.path}/feedback"), asked) == before
    assert stored.values(sa.select(OutboxMail.recipient)) == [""]


def test_nobody_is_told_that_a_link_to_sign_in_did_not_arrive(
    app: Flask, browse: Browse, owner: Someone, stored: Stored
) -> None:
    browser = browse()
    before = browser.get("/sign-in").send({"email": owner.email}).follow().text
    with serving(Post(to_recipient={"": "550 5.1.1 Unknown"})) as port, mailing_to(app, port):
        deliver(app)
    assert stored.values(sa.select(OutboxMail.failure)) == [Failure.UNKNOWN_ADDRESS]
    assert browser.get("/sign-in/code").text == before


def test_a_failure_is_emptied_after_a_week_and_forgotten_after_the_request(
    asked: Asked, make: Maker, stored: Stored, refused: Callable[[str], None]
) -> None:
    refused("550 5.1.1 User unknown")
    for after, left in [(TEXT_KEPT, 1), (FAILURE_KEPT, 0)]:
        with time_machine.travel(clock.now() + after + timedelta(minutes=1)), make.request():
            clear_texts()
        assert stored.count(OutboxMail) == left
        assert asked.email not in repr(stored.everything()["outbox_mail"])


def test_a_mail_that_cannot_be_written_holds_up_no_other(
    app: Flask, scan: Scan, make: Maker, stored: Stored
) -> None:
    broken, fine = make.asked(scan, "Noor"), make.asked(scan, "Daan")
    with app.app_context():
        db.session.execute(
            sa.update(OutboxMail)
            .where(OutboxMail.about_id == broken.id)
            .values(kind="no_such_kind", due_at=clock.now() - timedelta(hours=1))
        )
        db.session.commit()
    post = Post()
    with serving(post) as port, mailing_to(app, port):
        assert deliver(app) == 1
    assert post.recipients == [fine.email]
    kept = sa.select(OutboxMail.attempts).where(OutboxMail.about_id == broken.id)
    assert stored.values(kept) == [1]


def test_who_wants_to_sign_in_never_waits_behind_others(
    app: Flask, browse: Browse, scan: Scan, make: Maker, owner: Someone
) -> None:
    for number in range(4):
        make.asked(scan, f"Noor{number}")
    post, stop = Post(holding={"feedback"}), Event()
    with serving(post) as port, mailing_to(app, port):
        thread = worker.start_thread(app, stop)
        wait_until(lambda: post.handed_over > 0)
        browse().get("/sign-in").send({"email": owner.email})
        wait_until(lambda: bool(post.recipients))
        assert post.recipients == [owner.email]
        post.holding.clear()
        stop.set()
        thread.join(PATIENCE)


def test_a_class_that_signs_in_at_once_is_served_side_by_side(
    app: Flask, browse: Browse, make: Maker
) -> None:
    people = [make.person(f"Person {number}") for number in range(8)]
    post, stop = Post(holding={""}), Event()
    for each in people:
        browse().get("/sign-in").send({"email": each.email})
    with serving(post) as port, mailing_to(app, port):
        thread = worker.start_thread(app, stop)
        wait_until(lambda: post.handed_over >= 3)
        assert post.recipients == []
        post.holding.clear()
        wait_until(lambda: len(post.recipients) == len(people))
        stop.set()
        thread.join(PATIENCE)
    assert sorted(post.recipients) == sorted(each.email for each in people)


def test_who_wants_to_sign_in_gets_another_try_within_seconds(
    app: Flask, browse: Browse, owner: Someone
) -> None:
    post, stop = Post(to_recipient={owner.email: "450 Greylisted"}), Event()
    browse().get("/sign-in").send({"email": owner.email})
    with serving(post) as port, mailing_to(app, port):
        thread = worker.start_thread(app, stop)
        wait_until(lambda: post.refusals == 1)
        start = time.monotonic()
        post.to_recipient.clear()
        wait_until(lambda: bool(post.recipients))
        took = time.monotonic() - start
        stop.set()
        thread.join(PATIENCE)
    # What is not urgent waits for a minute.
    assert took < 40


def test_what_waits_for_the_server_leaves_soon_after_it_is_back(
    app: Flask, asked: Asked, browse: Browse
) -> None:
    port, post, stop = free_port(), Post(), Event()
    with mailing_to(app, port):
        thread = worker.start_thread(app, stop)
        time.sleep(3)
        with serving(post, port=port):
            start = time.monotonic()
            wait_until(lambda: bool(post.recipients))
            took = time.monotonic() - start
            stop.set()
            thread.join(PATIENCE)
    # What a mail is held responsible for itself waits for a minute.
    assert took < 40


def test_a_claim_that_ran_out_meanwhile_is_left_to_who_has_it(
    app: Flask, asked: Asked, stored: Stored
) -> None:
    post = Post()
    with serving(post) as port, mailing_to(app, port), ThreadPoolExecutor(1) as pool:
        with app.app_context():
            mail = worker._claim_next(clock.now(), only_urgent=False)
            assert mail
            db.session.execute(sa.update(OutboxMail).values(attempts=OutboxMail.attempts + 1))
            db.session.commit()
            assert worker._send(mail) is worker.Outcome.NOT_SENT
        assert pool.submit(deliver, app).result() == 0
    assert post.recipients == []
