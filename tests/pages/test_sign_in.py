"""Signing in by mail: for the asker, once, within ten minutes; and nobody learns who is known."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from tests.application import Stored
from tests.factories import Maker, Someone
from tests.mailbox import Letter, Mailbox
from tests.pages.client import Browser, Page
from tests.pages.signing_in import ask, enter, is_signed_in
from tests.people import Browse, sign_in
from zetwpo.accounts.models import SignIn, SignInLetter, SignInRequest
from zetwpo.accounts.rules import CLICKS_LAST, LETTERS_AT_ONCE
from zetwpo.first_names import first_name
from zetwpo.limiting import Counter

UNKNOWN = "nobody@school.example"


def without_one_time_words(page: Page, address: str) -> tuple[int, dict[str, str], str]:
    headers = dict(page.response.headers)
    headers["Set-Cookie"] = re.sub(r"=[^;]+", "=", headers.get("Set-Cookie", ""), count=1)
    nonce = r"nonce-[\w-]+"
    headers["Content-Security-Policy"] = re.sub(nonce, "", headers["Content-Security-Policy"])
    body = re.sub(r'(nonce|name="csrf_token" value)="[^"]+"', "", page.response.text)
    # The page repeats what was typed.
    headers["Content-Length"] = ""
    return page.status, headers, body.replace(f"<bdi>{address}</bdi>", "")


@pytest.fixture
def asker(browse: Browse, owner: Someone) -> Browser:
    """A browser in which the owner asked for a link."""
    browser = browse()
    ask(browser, owner.email)
    return browser


@pytest.fixture
def letter(asker: Browser, owner: Someone, mailbox: Mailbox) -> Letter:
    """The mail that the owner got."""
    [found] = mailbox.to(owner.email)
    return found


def test_the_link_signs_in_the_browser_that_asked(
    asker: Browser, letter: Letter, owner: Someone
) -> None:
    page = asker.get(letter.link).send().follow()
    assert first_name(owner.name) in page.heading


def test_the_code_signs_in_the_browser_that_asked(asker: Browser, letter: Letter) -> None:
    assert enter(asker, letter.code).location == "/start"
    assert is_signed_in(asker)


@pytest.mark.parametrize("between", ["", "-", " ", "  .  ", "\u202f"])
def test_the_code_may_be_grouped_in_any_way(asker: Browser, letter: Letter, between: str) -> None:
    assert re.fullmatch(r"\d{4} \d{4}", letter.code)
    enter(asker, f" {between.join(letter.code)} ")
    assert is_signed_in(asker)


def test_the_address_may_be_typed_in_any_case(
    browse: Browse, owner: Someone, mailbox: Mailbox
) -> None:
    ask(browse(), f"  {owner.email.upper()} ")
    assert len(mailbox.to(owner.email)) == 1


def test_a_known_and_an_unknown_address_get_the_same_answer(
    browse: Browse, owner: Someone, stored: Stored
) -> None:
    answers, rows = [], []
    for address in (owner.email, UNKNOWN):
        answer = ask(browse(), address)
        pages = (answer, answer.follow())
        answers.append([without_one_time_words(page, address) for page in pages])
        rows.append(stored.count(SignInRequest))
    assert answers[0] == answers[1]
    assert rows == [1, 2]


def test_only_a_known_address_gets_a_mail(browse: Browse, owner: Someone, mailbox: Mailbox) -> None:
    ask(browse(), UNKNOWN)
    assert mailbox.deliver() == []
    ask(browse(), owner.email)
    assert [letter.to for letter in mailbox.deliver()] == [owner.email]


def test_wrong_codes_get_the_same_answer_for_a_known_and_an_unknown_address(
    browse: Browse, owner: Someone
) -> None:
    answers = []
    for address in (owner.email, UNKNOWN):
        browser = browse()
        ask(browser, address)
        answers.append(without_one_time_words(enter(browser, "abc").follow(), address))
    assert answers[0] == answers[1]


def test_looking_at_the_link_uses_nothing_up(
    asker: Browser, letter: Letter, browse: Browse, stored: Stored
) -> None:
    before = stored.everything()
    for browser in (browse(), asker):
        browser.client.head(letter.link)
        browser.get(letter.link)
        browser.get(letter.link)
    assert stored.everything() == before
    assert asker.get(letter.link).send().location == "/start"


def test_a_program_that_posts_the_link_signs_nobody_in_and_uses_nothing_up(
    asker: Browser, letter: Letter, browse: Browse, stored: Stored
) -> None:
    before = stored.everything()
    scanner = browse()
    assert scanner.client.post(letter.link).status_code == 400
    assert scanner.post(letter.link).status == 403
    # Only that it tried.
    assert stored.count(Counter) == len(before["counter"]) + 1
    assert stored.everything() | {"counter": before["counter"]} == before
    assert not is_signed_in(scanner)
    assert asker.get(letter.link).send().location == "/start"


def test_another_browser_gets_no_button_but_the_way_out(browse: Browse, letter: Letter) -> None:
    page = browse().get(letter.link)
    assert not page.main.all("form")
    assert "/sign-in" in page.links


def test_another_browser_cannot_use_the_code(
    browse: Browse, letter: Letter, stranger: Someone, mailbox: Mailbox
) -> None:
    other = browse()
    ask(other, stranger.email)
    assert enter(other, letter.code).location == "/sign-in/code"
    assert not is_signed_in(other)


def test_after_five_wrong_codes_the_right_one_does_not_work_and_the_link_does(
    asker: Browser, letter: Letter
) -> None:
    for _time in range(5):
        enter(asker, "not the code")
    assert "Too many wrong codes" in enter(asker, letter.code).follow().text
    assert not is_signed_in(asker)
    asker.get(letter.link).send()
    assert is_signed_in(asker)


def test_after_four_wrong_codes_the_right_one_works(asker: Browser, letter: Letter) -> None:
    for _time in range(4):
        enter(asker, "not the code")
    enter(asker, letter.code)
    assert is_signed_in(asker)


def written_at(stored: Stored) -> datetime:
    """When the one letter was written."""
    [moment] = stored.values(sa.select(SignInLetter.written_at))
    return moment


def test_link_and_code_work_for_ten_minutes(asker: Browser, letter: Letter, stored: Stored) -> None:
    last = written_at(stored) + timedelta(minutes=10) - timedelta(seconds=1)
    with time_machine.travel(last, tick=False):
        assert asker.get(letter.link).send().location == "/start"


def test_after_ten_minutes_neither_link_nor_code_works(
    asker: Browser, letter: Letter, stored: Stored
) -> None:
    with time_machine.travel(written_at(stored) + timedelta(minutes=10), tick=False):
        assert asker.post(letter.link).status == 403
        enter(asker, letter.code)
        assert not is_signed_in(asker)


@pytest.fixture
def impatient(browse: Browse, owner: Someone, mailbox: Mailbox) -> Browser:
    """A browser in which the owner asked seven times, for as many letters as there were."""
    browser = browse()
    for _time in range(7):
        ask(browser, owner.email)
        mailbox.deliver()
    return browser


@pytest.mark.parametrize("number", range(LETTERS_AT_ONCE))
@pytest.mark.parametrize("way", ["link", "code"])
def test_another_mail_makes_no_earlier_one_useless(
    impatient: Browser, owner: Someone, mailbox: Mailbox, number: int, way: str
) -> None:
    letter = mailbox.to(owner.email)[number]
    if way == "link":
        impatient.get(letter.link).send()
    else:
        enter(impatient, letter.code)
    assert is_signed_in(impatient)


def test_five_wrong_codes_end_every_code_of_that_browser(
    impatient: Browser, owner: Someone, mailbox: Mailbox
) -> None:
    for _time in range(5):
        enter(impatient, "not the code")
    for letter in mailbox.to(owner.email):
        enter(impatient, letter.code)
    assert not is_signed_in(impatient)


def test_a_wrong_code_is_an_error_at_its_field(asker: Browser) -> None:
    page = enter(asker, "not the code").follow()
    assert page.errors == ["code"]
    assert asker.get("/sign-in/code").errors == []


def test_the_page_that_waits_for_the_code_says_where_the_mail_went(
    asker: Browser, owner: Someone
) -> None:
    assert owner.email in asker.get("/sign-in/code").text


def test_link_and_code_work_once(asker: Browser, letter: Letter) -> None:
    remembered = asker.cookie
    asker.get(letter.link).send()
    asker.cookie = remembered
    with time_machine.travel(datetime.now(UTC) + CLICKS_LAST):
        assert asker.post(letter.link).status == 403
        enter(asker, letter.code)
        assert not is_signed_in(asker)


@pytest.mark.parametrize("kept", [0, 1])
def test_of_two_clicks_on_asking_either_letter_signs_in(
    browse: Browse, owner: Someone, mailbox: Mailbox, kept: int
) -> None:
    browser = browse()
    token, before = browser.token(), browser.cookie
    cookies = []
    for _click in range(2):
        browser.cookie = before
        assert browser.post("/sign-in", {"email": owner.email}, token=token).status == 303
        cookies.append(browser.cookie)
        mailbox.deliver()
    for letter in mailbox.to(owner.email):
        browser.cookie = cookies[kept]
        assert browser.get(letter.link).send().location == "/start"
        assert is_signed_in(browser)


def use(browser: Browser, letter: Letter, way: str) -> Page:
    return browser.post(letter.link) if way == "link" else enter(browser, letter.code)


@pytest.mark.parametrize("second", ["link", "code"])
@pytest.mark.parametrize("first", ["link", "code"])
def test_a_second_click_gets_the_session_of_the_first(
    asker: Browser, letter: Letter, stored: Stored, first: str, second: str
) -> None:
    asker.get("/sign-in", query_string={"next": "/my-data"})
    remembered = asker.cookie
    assert use(asker, letter, first).location == "/my-data"
    with asker.client.session_transaction() as session:
        token = session["sign_in"]
    # The browser gave up waiting for the first answer.
    asker.cookie = remembered
    assert use(asker, letter, second).location == "/my-data"
    with asker.client.session_transaction() as session:
        assert session["sign_in"] == token
    assert is_signed_in(asker)
    assert stored.count(SignIn) == 1


@pytest.mark.parametrize("way", ["link", "code"])
def test_a_second_click_after_the_answer_to_the_first_leads_in_too(
    asker: Browser, letter: Letter, stored: Stored, way: str
) -> None:
    asker.get(letter.link).send()
    page = asker.post(letter.link) if way == "link" else asker.post("/sign-in/code", {"code": "1"})
    while page.location:
        page = page.follow()
    assert page.path == "/start"
    assert asker.get(letter.link).location == "/start"
    assert stored.count(SignIn) == 1


@pytest.mark.parametrize("way", ["link", "code"])
def test_after_signing_out_no_click_leads_in_again(
    asker: Browser, letter: Letter, way: str
) -> None:
    remembered = asker.cookie
    asker.get(letter.link).send()
    asker.post("/sign-out")
    asker.cookie = remembered
    use(asker, letter, way)
    assert not is_signed_in(asker)


def test_signing_out_ends_the_session_on_the_server(
    browse: Browse, owner: Someone, stored: Stored
) -> None:
    browser = browse(owner)
    remembered = browser.cookie
    browser.post("/sign-out")
    assert stored.count(SignIn) == 0
    browser.cookie = remembered
    assert browser.get("/start").location.startswith("/sign-in")
    assert browser.post("/scan/start").status == 401


def test_signing_out_leaves_other_browsers_signed_in(browse: Browse, owner: Someone) -> None:
    phone, laptop = browse(owner), browse(owner)
    phone.post("/sign-out")
    assert not is_signed_in(phone)
    assert is_signed_in(laptop)


def test_one_who_goes_on_stays_signed_in_for_twelve_hours(browse: Browse, owner: Someone) -> None:
    browser, start = browse(owner), datetime.now(UTC)
    for hour in range(12):
        with time_machine.travel(start + timedelta(hours=hour, minutes=59)):
            assert is_signed_in(browser)
    with time_machine.travel(start + timedelta(hours=12, minutes=1)):
        assert not is_signed_in(browser)


def test_a_made_up_token_signs_nobody_in(browse: Browse, owner: Someone) -> None:
    browser = browse(owner)
    with browser.client.session_transaction() as session:
        session["sign_in"] = "made-up"
    assert not is_signed_in(browser)


def test_a_copy_of_the_database_opens_nothing(
    asker: Browser, letter: Letter, stored: Stored
) -> None:
    asker.get(letter.link).send()
    with asker.client.session_transaction() as session:
        tokens = {session["sign_in"], letter.link.rsplit("/", 1)[-1], letter.code}
    rows = stored.everything()
    text = repr(rows)
    tokens |= {letter.code.replace(" ", "")}
    assert not [token for token in tokens if token in text]


@pytest.mark.parametrize("address", ["", "  ", "olga", "olga@school", "two@a.nl three@a.nl"])
def test_what_is_no_address_comes_back_with_its_error(browse: Browse, address: str) -> None:
    page = ask(browse(), address)
    assert page.status == 422
    assert page.errors == ["email"]
    assert page.value("email") == address.strip()


def test_an_empty_code_comes_back_with_its_error(asker: Browser) -> None:
    page = enter(asker, " ")
    assert (page.status, page.errors) == (422, ["code"])


@pytest.mark.parametrize(
    ("chosen", "of_person", "written"), [(None, "en", "en"), ("nl", "en", "nl"), ("en", "nl", "en")]
)
def test_the_mail_is_in_the_chosen_language_or_else_in_that_of_the_person(
    browse: Browse, make: Maker, mailbox: Mailbox, chosen: str, of_person: str, written: str
) -> None:
    person = make.person("Polyglot", language=of_person)
    ask(browse(language=chosen), person.email)
    [letter] = mailbox.to(person.email)
    assert f'lang="{written}"' in letter.html


def test_the_page_that_was_wanted_opens_after_signing_in(
    browse: Browse, owner: Someone, mailbox: Mailbox
) -> None:
    browser = browse()
    browser.open("/my-data").send({"email": owner.email})
    [letter] = mailbox.to(owner.email)
    assert browser.get(letter.link).send().location == "/my-data"


def test_the_page_that_was_wanted_stays_wanted_with_another_address(browse: Browse) -> None:
    browser = browse()
    page = browser.get("/my-data").follow().send({"email": "typo@school.example"}).follow()
    [again] = [link for link in page.main.all("a") if "another address" in link.text]
    assert again.get("href").startswith("/sign-in?next=/my-data")


def test_the_page_that_one_wanted_is_not_opened_to_the_next(
    browse: Browse, owner: Someone, mailbox: Mailbox
) -> None:
    """Two people at one computer: the first left at a page that only the first can open."""
    browser = browse()
    browser.get(f"/scan/{uuid.uuid4()}/result").follow()
    browser.get("/sign-in").send({"email": owner.email})
    [letter] = mailbox.to(owner.email)
    assert enter(browser, letter.code).location == "/start"


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_signing_in_never_leads_off_the_site(
    browse: Browse, owner: Someone, mailbox: Mailbox, away: str
) -> None:
    browser = browse()
    browser.get("/sign-in", query_string={"next": away}).send({"email": owner.email})
    [letter] = mailbox.to(owner.email)
    page = browser.get(letter.link).send()
    assert page.response.location == "/start"
    assert browser.get("/sign-in", query_string={"next": away}).response.location == "/start"


def test_who_is_signed_in_is_not_asked_again(browse: Browse, owner: Someone) -> None:
    assert browse(owner).get("/sign-in").location == "/start"


def test_the_page_for_the_code_comes_after_asking(browse: Browse) -> None:
    assert browse().get("/sign-in/code").location == "/sign-in"
    assert browse().post("/sign-in/code", {"code": "123456"}).location == "/sign-in/code"


def test_a_deleted_person_is_out_at_the_next_request(browse: Browse, owner: Someone) -> None:
    phone, laptop = browse(owner), browse(owner)
    phone.post("/my-data/delete", {"sure": "y"})
    assert not is_signed_in(laptop)


def test_signing_in_in_a_second_tab_keeps_the_form_of_the_first(
    browse: Browse, owner: Someone
) -> None:
    browser = browse()
    token = browser.token()
    sign_in(browser, owner)
    assert browser.post("/scan/start", token=token).status == 303
