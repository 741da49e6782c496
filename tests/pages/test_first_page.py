"""Everybody who signs in lands somewhere useful: for each role, and without one."""

import pytest

from tests.factories import Maker, Someone
from tests.forms import SCHOOL_TRAINER
from tests.pages.client import Browser, Page
from tests.people import Browse
from zetwpo.accounts.actors import Role
from zetwpo.home.first_page import WITH_CARD
from zetwpo.i18n import writing_in

ELSEWHERE = "Partnership of others"


def card_of(page: Page, role: Role) -> str:
    cards = [each.text for each in page.main.all("section") if "card" in (each.get("class") or "")]
    with writing_in("en"):
        [found] = [text for text in cards if text.lower().startswith(role.label.lower())]
    return found


@pytest.mark.parametrize("role", WITH_CARD)
def test_each_role_has_a_card_that_says_what_stays_closed(
    browse: Browse, make: Maker, role: Role
) -> None:
    browser = browse(make.person("Somebody", role))
    page = browser.get("/start")
    with browser.app.test_request_context():
        assert "answers" in card_of(page, role)
    assert f'href="/who-reads-what/{role}"' in page.response.text


@pytest.mark.parametrize("role", Role)
def test_no_link_on_a_first_page_is_dead(browse: Browse, make: Maker, role: Role) -> None:
    browser = browse(make.person("Somebody", role))
    links = {each.get("href") for each in browser.get("/start").main.all("a")}
    assert links
    for link in links:
        assert browser.get(str(link)).status == 200, link


def test_who_has_roles_in_two_partnerships_reads_in_which_one(browse: Browse, make: Maker) -> None:
    facilitator = make.person("Fem", Role.FACILITATOR)
    make.person("Fem", Role.ADMINISTRATOR, email=facilitator.email, partnership=ELSEWHERE)
    browser = browse(facilitator)
    page = browser.get("/start")
    with browser.app.test_request_context():
        assert "Partnership of the tests" in card_of(page, Role.FACILITATOR)
        assert ELSEWHERE in card_of(page, Role.ADMINISTRATOR)


def test_who_has_roles_in_one_partnership_does_not_read_its_name_each_time(
    browse: Browse, facilitator: Someone
) -> None:
    browser = browse(facilitator)
    with browser.app.test_request_context():
        card = card_of(browser.get("/start"), Role.FACILITATOR)
    assert "Partnership of the tests" not in card


def test_who_has_no_role_any_more_reads_what_is_their_own(
    browse: Browse, make: Maker, owner: Someone
) -> None:
    scan = make.scan(owner)
    make.without_role(owner, Role.SUPERVISOR)
    olga = browse(owner)
    page = olga.get("/start")
    assert "You have no role here now" in page.main.text
    assert olga.get(f"{scan.path}/result").status == 200
    assert f'href="{scan.path}/result"' in page.response.text
    assert olga.post("/scan/start").status == 403


# ----------------------------------------------------------------------------- what others asked


@pytest.fixture
def tess(browse: Browse, trainer: Someone) -> Browser:
    return browse(trainer)


def test_a_trainer_answers_from_the_first_page(
    make: Maker, owner: Someone, trainer: Someone, tess: Browser
) -> None:
    assert "Nobody waits for you now." in tess.get("/start").main.text
    make.asked(make.scan(owner), "Tess", SCHOOL_TRAINER, email=trainer.email.upper())
    page = tess.get("/start")
    assert "One supervisor waits for you." in page.main.text
    [link] = [each for each in page.main.all("a") if each.text.startswith("Give feedback")]
    assert owner.name in tess.get(str(link.get("href"))).heading


@pytest.mark.parametrize(
    ("become", "words"),
    [
        ("planned", "will be shared on"),
        ("shared", "shared on"),
        ("retracted", "you withdrew it after sharing"),
        ("declined", "you said no"),
        ("withdrawn", "the supervisor withdrew the request"),
    ],
)
def test_a_trainer_sees_what_became_of_it(
    make: Maker, owner: Someone, trainer: Someone, tess: Browser, become: str, words: str
) -> None:
    asked = make.asked(make.scan(owner), "Tess", SCHOOL_TRAINER, email=trainer.email)
    getattr(make, become)(asked)
    page = tess.get("/start")
    assert words in page.main.text
    assert "Nobody waits for you now." in page.main.text


def test_only_the_owner_of_an_address_sees_what_was_asked_there(
    browse: Browse, make: Maker, owner: Someone, colleague: Someone, stranger: Someone
) -> None:
    make.asked(make.scan(owner), "Noor", email="noor@student.example")
    make.asked(make.scan(owner), "Sven", email=stranger.email)
    page = browse(colleague).get("/start")
    assert owner.name not in page.main.text
    assert owner.name not in browse(owner).get("/start").main.text.replace(
        f"Hello {owner.name}", ""
    )
    assert owner.name in browse(stranger).get("/start").main.text


def test_the_one_that_ends_first_stands_first(
    make: Maker, owner: Someone, stranger: Someone, trainer: Someone, tess: Browser
) -> None:
    for supervisor in (owner, stranger):
        make.asked(make.scan(supervisor), "Tess", SCHOOL_TRAINER, email=trainer.email)
    text = tess.get("/start").main.text
    assert "2 supervisors wait for you." in text
    assert text.index(owner.name) < text.index(stranger.name)
