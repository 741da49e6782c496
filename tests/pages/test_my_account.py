"""My account: name, language, where one is signed in, and which mails one gets."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from tests.application import Stored
from tests.factories import Asked, Maker, Someone
from tests.mailbox import Mailbox
from tests.pages.client import Browser, Page
from tests.pages.signing_in import ask, enter, is_signed_in
from tests.pages.statements import statements
from tests.people import Browse, sign_in
from zetwpo.accounts.models import Person, SignIn
from zetwpo.accounts.own.models import StoppedMail
from zetwpo.audit import AuditEntry
from zetwpo.clock import AMSTERDAM
from zetwpo.mail.kinds import KINDS

PATH = "/my-account"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0"
SHARED = "feedback_shared"


def profile(stored: Stored, person: Someone) -> tuple[str, str]:
    [row] = stored.rows(sa.select(Person.name, Person.language).where(Person.id == person.id))
    return tuple(row)


def acts(stored: Stored, action: str) -> int:
    return stored.count(AuditEntry, AuditEntry.action == action)


def test_everybody_with_an_account_opens_it_and_nobody_else(
    browse: Browse, owner: Someone, colleague: Someone
) -> None:
    for person in (owner, colleague):
        page = browse(person).get(PATH)
        assert page.status == 200
        assert person.email in page.text
        assert page.value("name") == person.name
    assert browse().get(PATH).location.startswith("/sign-in?next=/my-account")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_header_leads_to_it_and_it_leads_to_ones_data(
    browse: Browse, owner: Someone, language: str
) -> None:
    browser = browse(owner, language)
    assert PATH in browser.get("/start").links
    assert "/my-data" in browser.get(PATH).links


# ------------------------------------------------------------------------------ name and language


def test_name_and_language_are_changed(olga: Browser, owner: Someone, stored: Stored) -> None:
    page = olga.get(PATH).send({"name": "  Olga  de   Wit ", "language": "nl"})
    assert page.location == PATH
    assert profile(stored, owner) == ("Olga de Wit", "nl")
    olga.language = "nl"
    assert olga.get(PATH).tree.all("html")[0].get("lang") == "nl"
    assert acts(stored, "name changed") == 1


def test_mails_come_in_the_language_that_was_chosen(
    browse: Browse, make: Maker, mailbox: Mailbox
) -> None:
    person = make.person("Polyglot", language="nl")
    browse(person).get(PATH).send({"language": "en"})
    ask(browse(language=None), person.email)
    [letter] = mailbox.to(person.email)
    assert 'lang="en"' in letter.html


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "x" * 121, "Olga\x00"])
def test_a_name_that_cannot_be_kept_comes_back_and_the_language_is_kept(
    olga: Browser, owner: Someone, stored: Stored, name: str
) -> None:
    page = olga.get(PATH)
    olga.language = "nl"
    page = page.send({"name": name, "language": "nl"})
    assert (page.status, page.errors) == (422, ["name"])
    assert profile(stored, owner) == (owner.name, "nl")


@pytest.mark.parametrize("chosen", ["", "xx", ["nl", "en"]])
def test_a_language_that_is_none_of_ours_is_not_stored(
    olga: Browser, owner: Someone, stored: Stored, chosen: object
) -> None:
    page = olga.get(PATH).send({"name": "Other", "language": chosen})
    assert page.status == 422
    assert profile(stored, owner) == ("Other", "nl")


def test_of_two_tabs_the_second_gets_a_choice(
    olga: Browser, owner: Someone, stored: Stored
) -> None:
    one, other = olga.get(PATH), olga.get(PATH)
    one.send({"name": "Olga One", "language": "en"})
    page = other.send({"name": "Olga Two", "language": "en"})
    assert (page.status, page.errors) == (409, ["name"])
    assert "Olga One" in page.main.text
    assert page.value("name") == "Olga Two"
    assert profile(stored, owner) == ("Olga One", "en")
    assert page.send().location == PATH
    assert profile(stored, owner) == ("Olga Two", "en")


def test_what_one_of_two_tabs_left_alone_is_no_choice(
    olga: Browser, owner: Someone, stored: Stored
) -> None:
    one, other = olga.get(PATH), olga.get(PATH)
    one.send({"name": "Olga One"})
    olga.language = "en"
    assert other.send({"language": "en"}).status == 303
    assert profile(stored, owner) == ("Olga One", "en")


def test_a_choice_outlives_a_mistake(olga: Browser, owner: Someone, stored: Stored) -> None:
    one, other = olga.get(PATH), olga.get(PATH)
    one.send({"name": "Olga One"})
    olga.language = "nl"
    wrong = other.send({"name": "x" * 121})
    assert (wrong.status, set(wrong.errors)) == (409, {"name"})
    # Not looked at: the other tab is faster once more.
    olga.get(PATH).send({"name": "Olga Again"})
    assert wrong.send({"name": "Olga Two"}).status == 409
    assert profile(stored, owner)[0] == "Olga Again"


def test_what_both_tabs_say_is_no_conflict(olga: Browser) -> None:
    one, other = olga.get(PATH), olga.get(PATH)
    for page in (one, other):
        assert page.send({"name": "Olga One", "language": "en"}).status == 303


def test_a_made_up_form_changes_nothing_that_it_did_not_show(
    olga: Browser, owner: Someone, stored: Stored
) -> None:
    assert olga.post(PATH, {"name": "Other"}).status == 409
    assert olga.post(PATH, {"name": "Other", "seen": "name=%FF&name=x"}).status == 409
    assert profile(stored, owner) == (owner.name, "nl")


# ------------------------------------------------------------------------------ where one is in


def items(page: Page) -> list[str]:
    [section] = [
        each for each in page.main.all("section") if each.get("aria-labelledby") == "devices"
    ]
    return [each.text for each in section.all("li")]


def test_a_sign_in_is_known_by_its_device(
    browse: Browse, owner: Someone, mailbox: Mailbox, stored: Stored
) -> None:
    with time_machine.travel(datetime(2027, 3, 1, 14, 3, tzinfo=AMSTERDAM), tick=False):
        browser = browse()
        browser.client.environ_base["HTTP_USER_AGENT"] = FIREFOX
        ask(browser, owner.email)
        [letter] = mailbox.to(owner.email)
        enter(browser, letter.code)
        [item] = items(browser.get(PATH))
    assert "Firefox on Windows" in item
    assert "since today 14:03" in item
    assert "this device" in item
    assert stored.rows(sa.select(SignIn.browser, SignIn.system)) == [("firefox", "windows")]
    assert "Mozilla" not in repr(stored.everything())


def test_by_link_too(browse: Browse, owner: Someone, mailbox: Mailbox, stored: Stored) -> None:
    browser = browse()
    browser.client.environ_base["HTTP_USER_AGENT"] = FIREFOX
    ask(browser, owner.email)
    [letter] = mailbox.to(owner.email)
    browser.get(letter.link).send()
    assert stored.rows(sa.select(SignIn.browser, SignIn.system)) == [("firefox", "windows")]


def test_before_midnight_is_yesterday(browse: Browse, owner: Someone) -> None:
    with time_machine.travel(datetime(2027, 3, 1, 23, 30, tzinfo=AMSTERDAM), tick=False):
        browser = browse(owner)
        browser.get(PATH)
    with time_machine.travel(datetime(2027, 3, 2, 0, 30, tzinfo=AMSTERDAM), tick=False):
        assert "since yesterday 23:30" in items(browser.get(PATH))[0]


def test_one_sign_in_is_ended_and_the_others_stay(
    browse: Browse, owner: Someone, stored: Stored
) -> None:
    phone, tablet, laptop = browse(owner), browse(owner), browse(owner)
    page = laptop.get(PATH)
    assert len(items(page)) == 3
    [*buttons] = [each for each in page.main.all("button") if each.get("name") == "sign_in"]
    assert len(buttons) == 2
    # The newest first.
    page.send({"sign_in": buttons[0].get("value")}, form="sign-ins/end")
    assert not is_signed_in(tablet)
    assert tablet.post("/scan/start").status == 401
    assert is_signed_in(phone)
    assert is_signed_in(laptop)
    assert acts(stored, "signed out elsewhere") == 1
    # A second click.
    assert page.send({"sign_in": buttons[0].get("value")}, form="sign-ins/end").status == 303
    assert acts(stored, "signed out elsewhere") == 1


def test_all_others_are_ended_at_once(browse: Browse, owner: Someone, stored: Stored) -> None:
    others = [browse(owner) for _device in range(3)]
    laptop = browse(owner)
    page = laptop.get(PATH).send(form="end-others").follow()
    assert len(items(page)) == 1
    assert [is_signed_in(each) for each in others] == [False] * 3
    assert is_signed_in(laptop)
    assert stored.count(SignIn) == 1
    assert not [each for each in page.main.all("form") if "end-others" in each.get("action")]


def test_nobody_ends_the_sign_in_of_somebody_else(
    browse: Browse, owner: Someone, stranger: Someone, stored: Stored
) -> None:
    olga, sven = browse(owner), browse(stranger)
    [theirs] = stored.values(sa.select(SignIn.id).where(SignIn.person_id == owner.id))
    for key in (theirs, uuid.uuid4(), "no key"):
        assert sven.post(f"{PATH}/sign-ins/end", {"sign_in": key}).status == 303
    sven.post(f"{PATH}/sign-ins/end-others")
    assert is_signed_in(olga)
    assert acts(stored, "signed out elsewhere") == 0


def test_what_is_over_is_not_shown(browse: Browse, owner: Someone) -> None:
    browse(owner)
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=12, minutes=1)):
        laptop = browse(owner)
        assert len(items(laptop.get(PATH))) == 1


# ------------------------------------------------------------------------------------------ mails


def test_somebody_stops_a_kind_of_mail_and_lets_it_come_again(
    olga: Browser, make: Maker, asked: Asked, mailbox: Mailbox, owner: Someone, stored: Stored
) -> None:
    mailbox.deliver()
    page = olga.get(PATH).send({"kind": SHARED}, form="mails/stop").follow()
    assert "You get these no longer." in page.text
    # Decided when it leaves: it was queued all the same.
    make.shared(asked)
    assert mailbox.to(owner.email) == []
    page.send({"kind": SHARED}, form="mails/want")
    make.shared(make.asked(asked.scan, "Daan"))
    [letter] = mailbox.to(owner.email)
    assert "Daan" in letter.subject
    assert [acts(stored, each) for each in ("mails stopped", "mails wanted again")] == [1, 1]


def test_a_mail_that_may_be_stopped_says_how(
    olga: Browser, make: Maker, asked: Asked, mailbox: Mailbox, owner: Someone
) -> None:
    make.shared(asked)
    [letter] = mailbox.to(owner.email)
    assert "http://127.0.0.1/my-account#mails" in letter.text
    assert "http://127.0.0.1/my-account#mails" in letter.html
    [section] = [each for each in olga.get(PATH).main.all("h2") if each.get("id") == "mails"]
    assert section.text == "Which emails you get"


def test_a_mail_that_is_needed_does_not_say_that_it_can_be_stopped(
    browse: Browse, mailbox: Mailbox, owner: Someone
) -> None:
    ask(browse(), owner.email)
    [letter] = mailbox.to(owner.email)
    assert "my-account" not in letter.text + letter.html


def test_what_one_person_stops_others_still_get(
    olga: Browser, make: Maker, stranger: Someone, mailbox: Mailbox
) -> None:
    olga.get(PATH).send({"kind": SHARED}, form="mails/stop")
    make.shared(make.asked(make.scan(stranger)))
    assert len(mailbox.to(stranger.email)) == 1


@pytest.mark.parametrize(
    "kind", [*(kind for kind, each in KINDS.items() if not each.may_be_stopped), "made-up", ""]
)
def test_what_is_needed_cannot_be_stopped(olga: Browser, stored: Stored, kind: str) -> None:
    for what in ("stop", "want"):
        assert olga.post(f"{PATH}/mails/{what}", {"kind": kind}).status == 400
    assert stored.count(StoppedMail) == 0


def test_a_second_click_stops_nothing_twice(olga: Browser, stored: Stored) -> None:
    page = olga.get(PATH)
    for _click in range(2):
        assert page.send({"kind": SHARED}, form="mails/stop").status == 303
    assert stored.count(StoppedMail) == acts(stored, "mails stopped") == 1


# ------------------------------------------------------------------------------------------- cost


def test_the_page_costs_the_same_however_much_there_is(
    browse: Browse, make: Maker, owner: Someone
) -> None:
    laptop = browse(owner)
    with statements(laptop.app) as before:
        laptop.get(PATH)
    for _device in range(5):
        sign_in(browse(), owner)
    make.stopped_mail(owner, SHARED)
    with statements(laptop.app) as after:
        laptop.get(PATH)
    assert len(after) == len(before)


# ------------------------------------------------------------------------------ after the account


@pytest.mark.parametrize("clicks", [2, 3])
def test_a_second_click_on_deleting_the_account_says_that_it_is_deleted(
    olga: Browser, clicks: int
) -> None:
    page, before = olga.get("/my-data"), olga.cookie
    for _click in range(clicks):
        # The browser gave up waiting for the first answer.
        olga.cookie = before
        answer = page.send({"sure": "y"})
        assert answer.location == "/"
        assert "Everything about you is deleted." in answer.follow().text


def test_whoever_was_only_signed_out_is_not_told_that_the_account_is_deleted(
    browse: Browse, owner: Someone, stored: Stored
) -> None:
    phone, laptop = browse(owner), browse(owner)
    page = phone.get("/my-data")
    laptop.get(PATH).send(form="end-others")
    answer = page.send({"sure": "y"})
    assert answer.status == 401
    assert "deleted" not in answer.main.text
    assert stored.count(Person, Person.id == owner.id) == 1
