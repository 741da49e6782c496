"""Everybody who signs in lands somewhere useful: for each role, and without one."""

from datetime import timedelta

import pytest

from tests.factories import PARTNERSHIP, Maker, Scan, Someone
from tests.forms import SCHOOL_TRAINER
from tests.pages.client import Browser, Page
from tests.pages.statements import statements
from tests.people import Browse
from zetwpo import clock
from zetwpo.accounts.actors import Role
from zetwpo.home.first_page import WITH_CARD
from zetwpo.i18n import writing_in
from zetwpo.library import service as library

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


# -------------------------------------------------------------------------- several partnerships


@pytest.fixture
def twice(make: Maker) -> Someone:
    """A supervisor in two partnerships."""
    someone = make.person("Twan", Role.SUPERVISOR)
    return make.person("Twan", Role.SUPERVISOR, email=someone.email, partnership=ELSEWHERE)


def start_in(browser: Browser, make: Maker, partnership: str) -> str:
    """Choose where a scan is made; returns where it lives."""
    place = make.partnership(partnership)
    return browser.post("/scan/start", {"where": str(place)}).location.removesuffix("/part/1")


def test_who_supervises_in_two_partnerships_reads_on_each_page_in_which_one(
    browse: Browse, make: Maker, twice: Someone
) -> None:
    browser = browse(twice)
    assert ELSEWHERE in browser.post("/scan/start").main.text
    scan = start_in(browser, make, ELSEWHERE)
    for path in (f"{scan}/part/1", f"{scan}/check", f"{scan}/feedback", "/start"):
        text = browser.get(path).main.text
        assert ELSEWHERE in text, path
        assert PARTNERSHIP not in text, path


def test_one_scan_is_open_at_a_time_wherever_that_is(
    browse: Browse, make: Maker, twice: Someone
) -> None:
    browser = browse(twice)
    scan = start_in(browser, make, ELSEWHERE)
    assert start_in(browser, make, PARTNERSHIP) == scan
    assert ELSEWHERE in browser.get(f"{scan}/check").main.text


def test_who_supervises_in_one_partnership_reads_no_name_above_each_page(
    browse: Browse, owner: Someone, make: Maker
) -> None:
    scan = make.draft_scan(owner)
    olga = browse(owner)
    for path in (f"{scan.path}/part/1", f"{scan.path}/check", f"{scan.path}/feedback", "/start"):
        assert PARTNERSHIP not in olga.get(path).main.text, path


# -------------------------------------------------------------------------------- a role that ended


def all_links_work(browser: Browser, path: str) -> bool:
    links = {str(each.get("href")) for each in browser.get(path).main.all("a")}
    found = {link: browser.get(link).status for link in links if link.startswith("/")}
    assert set(found.values()) == {200}, found
    return True


def test_what_was_made_in_a_role_that_ended_stays_to_be_read(
    browse: Browse, make: Maker, owner: Someone
) -> None:
    scan = make.scan(owner)
    make.learning_question(scan, "How do I ask on?")
    make.learning_question_draft(scan, "How do I ask on, and on?")
    make.draft_scan(owner)
    make.without_role(owner, Role.SUPERVISOR)
    olga = browse(owner)
    page = olga.get("/start")
    assert "was never finished" in page.main.text
    assert not page.main.all("form")
    result, question = f"{scan.path}/result", f"{scan.path}/learning-question"
    for path in ("/start", result, question):
        assert all_links_work(olga, path)
    assert not [
        each for each in olga.get(result).main.all("form") if "subjects" in each.get("action")
    ]
    found = olga.get(question)
    assert "How do I ask on, and on?" in found.main.text
    assert not found.main.all("textarea")
    assert olga.post(question, {"axis": "pedagogical", "text": "No"}).status == 403


@pytest.fixture
def moved(make: Maker, owner: Someone) -> Someone:
    """Was a supervisor elsewhere, and is one here."""
    make.without_role(owner, Role.SUPERVISOR)
    return make.person(owner.name, Role.SUPERVISOR, email=owner.email, partnership=ELSEWHERE)


def test_who_goes_to_another_partnership_begins_anew_and_keeps_what_was(
    browse: Browse, make: Maker, owner: Someone, scan: Scan, request: pytest.FixtureRequest
) -> None:
    make.learning_question(scan, "How do I ask on?")
    request.getfixturevalue("moved")
    olga = browse(owner)
    page = olga.get("/start")
    assert "Start your self-scan" in page.main.text
    # Until a new scan has one of its own.
    assert "How do I ask on?" in page.main.text
    assert PARTNERSHIP in page.main.text
    assert f'href="{scan.path}/result"' in page.response.text
    assert all_links_work(olga, "/start")


def test_a_scan_that_was_begun_goes_along_to_another_partnership(
    browse: Browse, make: Maker, owner: Someone, draft: Scan, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("moved")
    olga = browse(owner)
    assert all_links_work(olga, "/start")
    page = olga.get("/start")
    assert "goes along" in page.main.text
    [go_on] = [each for each in page.main.all("form") if each.get("action") == "/scan/start"]
    assert page.send(form=go_on.get("action")).location == f"{draft.path}/part/1"
    assert olga.get(f"{draft.path}/part/1").status == 200
    assert "goes along" not in olga.get("/start").main.text


# ----------------------------------------------------------------------------------- the next step


def next_of(browser: Browser, role: Role) -> str:
    """What the card of this role proposes."""
    page = browser.get("/start")
    with browser.app.test_request_context(), writing_in("en"):
        [found] = [
            each
            for each in page.main.all("section")
            if each.text.lower().startswith(role.label.lower())
        ]
    [title] = found.all("h2")
    return title.text


def test_an_administrator_is_led_from_one_thing_to_the_next(
    browse: Browse, make: Maker, administrator: Someone
) -> None:
    browser = browse(administrator)
    here = make.partnership()
    assert next_of(browser, Role.ADMINISTRATOR) == "Say who is responsible"
    make.identity(here)
    assert next_of(browser, Role.ADMINISTRATOR) == "Add your schools"
    make.closed_school(here, "The old one")
    assert next_of(browser, Role.ADMINISTRATOR) == "Add your schools"
    make.school(here, "De Linde")
    assert next_of(browser, Role.ADMINISTRATOR) == "Invite people"
    # Who keeps all this may do more, and is not whom it is for.
    make.person("Ad", Role.PROGRAMME_LEADER, email=administrator.email)
    assert next_of(browser, Role.ADMINISTRATOR) == "Invite people"
    owner = make.person("Olga", Role.SUPERVISOR)
    assert next_of(browser, Role.ADMINISTRATOR) == "Nothing waits for you"
    for name in ("Noor", "Daan"):
        make.not_delivered(make.asked(make.scan(owner), name))
        assert all_links_work(browser, "/start")
    assert next_of(browser, Role.ADMINISTRATOR) == "2 mails did not arrive"


def test_what_others_did_elsewhere_changes_no_next_step(
    browse: Browse, make: Maker, administrator: Someone, programme_leader: Someone
) -> None:
    leader = make.person("Others", Role.PROGRAMME_LEADER, partnership=ELSEWHERE)
    elsewhere = make.partnership(ELSEWHERE)
    make.identity(elsewhere)
    make.school_break(elsewhere, "Autumn", clock.today())
    make.questionnaire_draft(leader, partnership=ELSEWHERE)
    assert next_of(browse(administrator), Role.ADMINISTRATOR) == "Say who is responsible"
    asks = next_of(browse(programme_leader), Role.PROGRAMME_LEADER)
    assert asks == "Say when the schools are closed"


def test_a_programme_leader_is_led_from_one_thing_to_the_next(
    browse: Browse, make: Maker, programme_leader: Someone
) -> None:
    browser = browse(programme_leader)
    here = make.partnership()
    assert next_of(browser, Role.PROGRAMME_LEADER) == "Say when the schools are closed"
    first, _last = clock.school_year(clock.today())
    make.school_break(here, "Last summer", first - timedelta(days=20), first + timedelta(days=9))
    assert next_of(browser, Role.PROGRAMME_LEADER) == "Say when the schools are closed"
    make.school_break(here, "Autumn", first + timedelta(days=80))
    assert next_of(browser, Role.PROGRAMME_LEADER) == "Look at the questionnaire"
    draft = make.questionnaire_draft(programme_leader)
    assert next_of(browser, Role.PROGRAMME_LEADER) == "Go on with the draft of the questionnaire"
    assert all_links_work(browser, "/start")
    with make.request():
        library.publish(here, draft.revision, programme_leader.id)
    assert next_of(browser, Role.PROGRAMME_LEADER) == "Nothing waits for you"


def test_the_first_page_asks_the_database_as_often_for_many_partnerships(
    browse: Browse, make: Maker, administrator: Someone
) -> None:
    def looks(number: int) -> int:
        roles = (Role.ADMINISTRATOR, Role.PROGRAMME_LEADER)
        for each in range(number):
            email = administrator.email
            make.person("Ad", *roles, email=email, partnership=f"Partnership {each}")
        browser = browse(administrator)
        with statements(browser.app) as asked:
            browser.get("/start")
        return len(asked)

    assert looks(2) == looks(6)
