"""Strangers who ask in somebody's name: they flood nobody, silence nobody and learn nothing."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.application import Stored
from tests.browser.ports import free_port
from tests.factories import Asked, Maker, Someone
from tests.mailbox import Mailbox, MailServer
from tests.pages.client import Browser, Page
from tests.pages.signing_in import ask, enter, is_signed_in
from tests.people import Browse
from zetwpo import clock
from zetwpo.accounts.models import SignInRequest
from zetwpo.accounts.rules import CLICKS_LAST, LETTERS_AT_ONCE
from zetwpo.extensions import db
from zetwpo.mail.models import OutboxMail
from zetwpo.mail.transport import ServerTrouble
from zetwpo.scan.feedback.models import Invitation

UNKNOWN = "nobody@school.example"
KNOWN_COOKIE = "zetwpo-known"
Clock = time_machine.Traveller


@pytest.fixture
def time() -> Iterator[Clock]:
    with time_machine.travel(clock.now(), tick=False) as time:
        yield time


@pytest.fixture
def els(owner: Someone) -> Someone:
    return owner


@pytest.fixture
def home(browse: Browse, els: Someone, mailbox: Mailbox, time: Clock) -> Browser:
    """A browser in which Els signed in yesterday, and out again."""
    browser = browse()
    ask(browser, els.email)
    browser.get(mailbox.to(els.email)[-1].link).send()
    browser.post("/sign-out")
    time.shift(timedelta(days=1))
    mailbox.server.letters.clear()
    return browser


# ------------------------------------------------------------------- nobody learns anything


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """The statements of the block, with what they are about left out."""
    found: list[str] = []

    def listen(*arguments: object) -> None:
        found.append(str(arguments[2]))

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", listen)
    try:
        yield found
    finally:
        sa.event.remove(engine, "before_cursor_execute", listen)


@pytest.mark.parametrize("path", ["/sign-in", "/feedback/lost-link"])
def test_asking_does_the_same_work_for_every_address(
    browse: Browse, app: Flask, asked: Asked, stored: Stored, path: str
) -> None:
    addresses = [asked.scan.owner.email, asked.email, UNKNOWN]
    browsers = {address: browse() for address in addresses}
    # The first of all is also the first of this network.
    browse().get(path).send({"email": "first@school.example"})
    for _time in range(8):
        done, rows = [], []
        for address, browser in browsers.items():
            form = browser.get(path)
            before = counts(stored)
            with statements(app) as found:
                assert form.send({"email": address}).status == 303
            done.append(found)
            rows.append({name: n - before[name] for name, n in counts(stored).items()})
        assert done[0] == done[1] == done[2]
        assert rows[0] == rows[1] == rows[2]
        assert rows[0]["outbox_mail"] == 1


def counts(stored: Stored) -> dict[str, int]:
    return {name: len(rows) for name, rows in stored.everything().items()}


def test_what_the_worker_did_does_not_change_the_work_of_asking_again(
    browse: Browse, app: Flask, els: Someone, mailbox: Mailbox
) -> None:
    browsers = {address: browse() for address in (els.email, UNKNOWN)}
    for _time in range(6):
        done = []
        for address, browser in browsers.items():
            form = browser.get("/sign-in")
            with statements(app) as found:
                form.send({"email": address})
            done.append(found)
        assert done[0] == done[1]
        mailbox.deliver()


def test_a_wrong_code_does_the_same_work_and_says_the_same_for_every_address(
    browse: Browse, app: Flask, els: Someone, mailbox: Mailbox
) -> None:
    browsers = {address: browse() for address in (els.email, UNKNOWN)}
    for address, browser in browsers.items():
        ask(browser, address)
    mailbox.deliver()
    for _time in range(12):
        done, said = [], []
        for browser in browsers.values():
            form = browser.get("/sign-in/code")
            with statements(app) as found:
                page = form.send({"code": "1234 5678"})
            done.append(found)
            said.append(re.sub(r"\S+@\S+", "", page.follow().text))
        assert done[0] == done[1]
        assert said[0] == said[1]


def test_an_unknown_address_stands_nowhere_once_the_worker_looked(
    browse: Browse, mailbox: Mailbox, stored: Stored
) -> None:
    for path in ("/sign-in", "/feedback/lost-link"):
        browse().get(path).send({"email": UNKNOWN})
    assert mailbox.deliver() == []
    assert stored.count(OutboxMail) == 0
    assert UNKNOWN not in repr(stored.everything())


# --------------------------------------------------------------------- nobody is flooded


def pester(browse: Browse, address: str, times: int = 1) -> list[Browser]:
    """Strangers ask in somebody's name, each from a browser of its own."""
    browsers = [browse() for _time in range(times)]
    for browser in browsers:
        assert ask(browser, address).status == 303
    return browsers


def test_many_strangers_at_once_are_one_letter(
    browse: Browse, els: Someone, mailbox: Mailbox, stored: Stored
) -> None:
    pester(browse, els.email, 40)
    assert len(mailbox.to(els.email)) == 1
    assert stored.count(OutboxMail) == 1


def test_a_mailbox_gets_twelve_letters_an_hour_at_most_whoever_asks(
    browse: Browse, els: Someone, mailbox: Mailbox, home: Browser, time: Clock
) -> None:
    strangers = [browse(), browse()]
    for _time in range(24):
        for browser in (*strangers, home):
            browser.post("/sign-in", {"email": els.email})
            mailbox.deliver()
        time.shift(timedelta(minutes=2, seconds=30))
    assert 8 <= len(mailbox.server.letters) <= 12


def test_however_an_address_is_typed_it_is_the_same_mailbox(
    browse: Browse, els: Someone, mailbox: Mailbox, time: Clock
) -> None:
    for typed in (els.email, els.email.upper(), f" {els.email.title()} ") * 3:
        ask(browse(), typed)
        mailbox.deliver()
        time.shift(timedelta(seconds=10))
    assert len(mailbox.server.letters) == 3


def test_one_letter_serves_all_who_wait_and_each_once(
    browse: Browse, els: Someone, mailbox: Mailbox
) -> None:
    first, second, third = pester(browse, els.email, 3)
    [letter] = mailbox.to(els.email)
    first.get(letter.link).send()
    enter(second, letter.code)
    assert is_signed_in(first)
    assert is_signed_in(second)
    for browser in (first, second):
        browser.post("/sign-out")
        assert browser.post(letter.link).status == 403
    assert third.get(letter.link).send().location == "/start"
    assert browse().post(letter.link).status == 403


def test_asking_twice_before_the_letter_came_signs_in_once(
    browse: Browse, els: Someone, mailbox: Mailbox
) -> None:
    browser = browse()
    ask(browser, els.email)
    ask(browser, els.email)
    [letter] = mailbox.to(els.email)
    remembered = browser.cookie
    browser.get(letter.link).send()
    browser.cookie = remembered
    with time_machine.travel(clock.now() + CLICKS_LAST):
        assert browser.post(letter.link).status == 403
        enter(browser, letter.code)
        assert not is_signed_in(browser)


# -------------------------------------------------------------------- nobody is silenced


def under_attack(browse: Browse, els: Someone, mailbox: Mailbox, time: Clock) -> None:
    """Strangers used up all that they may at once."""
    for _time in range(LETTERS_AT_ONCE + 1):
        pester(browse, els.email)
        mailbox.deliver()
        time.shift(timedelta(seconds=1))
    mailbox.server.letters.clear()


def test_a_known_browser_is_served_at_once_whatever_strangers_do(
    browse: Browse, els: Someone, mailbox: Mailbox, home: Browser, time: Clock
) -> None:
    under_attack(browse, els, mailbox, time)
    for _time in range(3):
        pester(browse, els.email, 5)
        ask(home, els.email)
        letter = mailbox.to(els.email)[-1]
        assert home.get(letter.link).send().location == "/start"
        home.post("/sign-out")
        time.shift(timedelta(seconds=20))


def test_a_new_browser_waits_for_minutes_at_most(
    browse: Browse, els: Someone, mailbox: Mailbox, time: Clock
) -> None:
    under_attack(browse, els, mailbox, time)
    new, asked_at = browse(), clock.now()
    assert "up to ten minutes" in ask(new, els.email).follow().text
    while not mailbox.to(els.email):
        pester(browse, els.email)
        time.shift(timedelta(minutes=1))
    assert clock.now() - asked_at <= timedelta(minutes=10)
    enter(new, mailbox.to(els.email)[0].code)
    assert is_signed_in(new)


def test_the_letter_that_waited_works_for_its_full_ten_minutes(
    browse: Browse, els: Someone, mailbox: Mailbox, time: Clock
) -> None:
    under_attack(browse, els, mailbox, time)
    new = browse()
    ask(new, els.email)
    while not mailbox.to(els.email):
        time.shift(timedelta(minutes=1))
    time.shift(timedelta(minutes=9, seconds=59))
    assert new.get(mailbox.to(els.email)[0].link).send().location == "/start"


def test_all_said_the_same_to_everybody(
    browse: Browse, els: Someone, mailbox: Mailbox, home: Browser, time: Clock
) -> None:
    under_attack(browse, els, mailbox, time)
    said = set()
    for browser, address in ((home, els.email), (browse(), els.email), (browse(), UNKNOWN)):
        page = ask(browser, address).follow()
        said.add(page.text.replace(address, ""))
    assert len(said) == 1


def test_a_browser_is_known_for_those_who_signed_in_in_it(
    browse: Browse, els: Someone, stranger: Someone, home: Browser, stored: Stored, time: Clock
) -> None:
    for address, is_known in ((els.email, True), (stranger.email, False)):
        time.shift(timedelta(seconds=1))
        ask(home, address)
        query = sa.select(SignInRequest.is_known).order_by(SignInRequest.asked_at.desc())
        assert stored.values(query.limit(1)) == [is_known], address


def test_what_a_known_browser_keeps_names_nobody_and_cannot_be_made(
    browse: Browse, els: Someone, home: Browser, stored: Stored
) -> None:
    cookie = home.client.get_cookie(KNOWN_COOKIE)
    assert cookie
    assert re.fullmatch(r"[0-9a-f]{64}", cookie.value)
    assert (cookie.http_only, cookie.same_site, cookie.path) == (True, "Lax", "/")
    assert cookie.value not in repr(stored.everything())
    other = browse()
    for made_up in ("", "x", "." * 2000, "é", els.email, ".".join("0" * 64 for _n in range(9))):
        other.client.set_cookie(KNOWN_COOKIE, made_up)
        assert ask(other, els.email).status == 303
    waiting = sa.select(SignInRequest.is_known).where(SignInRequest.letter_id.is_(None))
    assert set(stored.values(waiting)) == {False}


def test_a_letter_that_did_not_leave_comes_again_as_the_same(
    browse: Browse, els: Someone, mailbox: Mailbox, mail_server: MailServer, time: Clock
) -> None:
    browser = browse()
    mail_server.refuses = True
    ask(browser, els.email)
    mailbox.deliver()
    late = browse()
    ask(late, els.email)
    mail_server.refuses = False
    time.shift(timedelta(minutes=2))
    assert mailbox.to(els.email)
    for each in (browser, late):
        for letter in mailbox.to(els.email):
            each.get(letter.link)
            each.post(letter.link)
    assert is_signed_in(browser)
    assert is_signed_in(late)


def test_nobody_is_left_behind_by_a_mail_server_that_was_away(
    browse: Browse, els: Someone, app: Flask, mailbox: Mailbox, time: Clock
) -> None:
    usual, browsers = app.extensions["settings"], []
    app.extensions["settings"] = usual.model_copy(update={"smtp_port": free_port()})
    try:
        for _time in range(5):
            browsers += pester(browse, els.email)
            with suppress(ServerTrouble):
                mailbox.deliver()
            time.shift(timedelta(seconds=30))
    finally:
        app.extensions["settings"] = usual
    assert mailbox.server.letters == []
    [letter] = mailbox.to(els.email)
    for browser in browsers:
        assert browser.get(letter.link).main.all("form")


def test_who_asks_while_a_letter_waits_is_not_left_behind_when_its_time_is_up(
    browse: Browse, els: Someone, mailbox: Mailbox, mail_server: MailServer, time: Clock
) -> None:
    mail_server.refuses = True
    pester(browse, els.email)
    time.shift(timedelta(minutes=9))
    late = browse()
    ask(late, els.email)
    mailbox.deliver()
    time.shift(timedelta(minutes=3))
    mail_server.refuses = False
    letters = mailbox.to(els.email)
    assert late.get(letters[-1].link).send().location == "/start"


# --------------------------------------------------------------------- guessing is pointless


def guess(browser: Browser, address: str, times: int = 5) -> None:
    ask(browser, address)
    for _time in range(times):
        enter(browser, "0000 0000")


def test_after_ten_wrong_codes_only_a_long_code_works_for_that_address(
    browse: Browse, els: Someone, stranger: Someone, mailbox: Mailbox, time: Clock
) -> None:
    new = browse()
    ask(new, els.email)
    [short] = mailbox.to(els.email)
    for _time in range(2):
        guess(browse(), els.email)
    page = enter(new, short.code).follow()
    assert "too many wrong codes" in page.text.lower()
    assert "longer" in page.text
    assert not is_signed_in(new)
    # The next letter has a code that nobody guesses.
    ask(new, els.email)
    long = mailbox.to(els.email)[-1]
    assert re.fullmatch(r"\d{4}( \d{4}){3}", long.code)
    enter(new, long.code)
    assert is_signed_in(new)
    # Others have short ones as before.
    ask(browse(), stranger.email)
    assert re.fullmatch(r"\d{4} \d{4}", mailbox.to(stranger.email)[0].code)
    time.shift(timedelta(days=1))
    ask(browse(), els.email)
    assert re.fullmatch(r"\d{4} \d{4}", mailbox.to(els.email)[-1].code)


def test_however_much_strangers_guess_the_link_works(
    browse: Browse, els: Someone, mailbox: Mailbox
) -> None:
    new = browse()
    ask(new, els.email)
    for _time in range(6):
        guess(browse(), els.email)
    letter = mailbox.to(els.email)[0]
    assert new.get(letter.link).send().location == "/start"


def test_however_much_strangers_guess_a_known_browser_types_its_short_code(
    browse: Browse, els: Someone, mailbox: Mailbox, home: Browser
) -> None:
    ask(home, els.email)
    [letter] = mailbox.to(els.email)
    for _time in range(3):
        guess(browse(), els.email)
    enter(home, letter.code)
    assert is_signed_in(home)


def test_a_known_browser_has_no_more_guesses_than_others(
    els: Someone, mailbox: Mailbox, home: Browser
) -> None:
    for _time in range(3):
        guess(home, els.email)
    ask(home, els.email)
    assert len(mailbox.to(els.email)[-1].code) == 19


def test_one_guess_is_a_guess_at_one_address(
    browse: Browse, els: Someone, stranger: Someone, mailbox: Mailbox
) -> None:
    browser = browse()
    ask(browser, els.email)
    ask(browser, stranger.email)
    letters = {letter.to: letter for letter in mailbox.deliver()}
    enter(browser, letters[els.email].code)
    assert not is_signed_in(browser)
    enter(browser, letters[stranger.email].code)
    assert is_signed_in(browser)


def test_right_codes_use_up_nothing(
    browse: Browse, els: Someone, mailbox: Mailbox, time: Clock
) -> None:
    for _time in range(12):
        browser = browse()
        ask(browser, els.email)
        enter(browser, mailbox.to(els.email)[-1].code)
        assert is_signed_in(browser)
        time.shift(timedelta(minutes=10))


# --------------------------------------------------------------------------- lost links


def lose(browser: Browser, address: str) -> Page:
    return browser.get("/feedback/lost-link").send({"email": address})


def test_forty_lost_links_are_one_mail_and_another_a_quarter_of_an_hour_later(
    browse: Browse, asked: Asked, mailbox: Mailbox, time: Clock
) -> None:
    mailbox.deliver()
    mailbox.server.letters.clear()
    for count in (1, 2):
        for _time in range(8):
            for _again in range(5):
                assert lose(browse(), asked.email.upper()).status == 303
            mailbox.deliver()
            time.shift(timedelta(seconds=100))
        assert len(mailbox.server.letters) == count
        time.shift(timedelta(minutes=15) - 8 * timedelta(seconds=100))


def test_each_invitation_has_its_own_quarter_of_an_hour(
    browse: Browse, asked: Asked, make: Maker, stranger: Someone, mailbox: Mailbox, time: Clock
) -> None:
    lose(browse(), asked.email)
    mailbox.deliver()
    make.asked(make.scan(stranger), "Noor", email=asked.email)
    mailbox.deliver()
    mailbox.server.letters.clear()
    lose(browse(), asked.email)
    [letter] = mailbox.deliver()
    assert letter.subject == "Your link to give feedback to Sven Stranger"


# -------------------------------------------------------------------------- invitations


def invite(browser: Browser, asked: Asked, name: str, email: str) -> Page:
    fields = {"role": "student", "name": name, "email": email, "mail_language": "nl"}
    return browser.get(f"{asked.scan.path}/feedback").send(fields)


def test_a_supervisor_asks_forty_people_a_day_at_most_withdrawn_or_not(
    browse: Browse, asked: Asked, make: Maker, stored: Stored, time: Clock
) -> None:
    for number in range(1, 40):
        time.shift(timedelta(minutes=1))
        made = make.asked(asked.scan, f"Student {number}")
        if number % 2:
            make.withdrawn(made)
    olga = browse(asked.scan.owner)
    page = invite(olga, asked, "One More", "one.more@student.example")
    assert page.status == 429
    assert "Wait 24 hours" in page.text
    assert "one.more@student.example" in page.text
    assert stored.count(Invitation) == 40
    time.shift(timedelta(days=1) - timedelta(minutes=39) + timedelta(seconds=1))
    olga = browse(asked.scan.owner)
    assert invite(olga, asked, "One More", "one.more@student.example").status == 303
    assert invite(olga, asked, "And More", "and.more@student.example").status == 429


def test_nobody_is_asked_again_and_again_on_one_day(
    browse: Browse, asked: Asked, make: Maker
) -> None:
    for _time in range(6):
        make.asked(asked.scan, "Daan")
        with make.request():
            db.session.execute(sa.update(Invitation).values(withdrawn_at=clock.now()))
    olga = browse(asked.scan.owner)
    assert invite(olga, asked, "Daan", "Daan@Student.example").status == 429
    assert invite(olga, asked, "Fatima", "fatima@student.example").status == 303
