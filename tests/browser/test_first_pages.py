"""What each role lands on, in both languages and at every width; and where that leads to."""

import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.browser.client import Client
from tests.browser.conftest import LAPTOP, PHONE, CheckPage, OpenBrowser
from tests.browser.pages import Visitor, sheet
from tests.browser.server import PARTNERSHIP, Person, Server, somebody
from tests.browser.test_every_page import BEFORE, LONG_NAME
from tests.browser.test_keyboard import TypingGuest
from tests.browser.words import Words
from tests.forms import SCHOOL_TRAINER, Form
from zetwpo.accounts.actors import Role
from zetwpo.i18n import Language

ELSEWHERE = "Opleidingsschool van elders met een lange naam"
GIVEN = sheet(Form.TRAINER, "7 7 7 7 7  1 1 1  4 5  6 6 6 6 6  5 5 5 1")
PEOPLE = "naam\te-mail\trol\tschool\n{name}\t{email}\twpb\tDe Linde\nZonder adres\t\twpb\t\n"

each_language = pytest.mark.parametrize("language", ["nl", "en"])


def signed_in(
    server: Server, language: Language, *roles: Role, partnership: str = PARTNERSHIP
) -> tuple[Person, Client]:
    """Somebody with these roles who is signed in."""
    person = server.add_person(somebody(LONG_NAME), *roles, partnership=partnership)
    client = Client(server)
    client.sign_in(person)
    client.speak(language)
    return person, client


def has_marked(page: Page, words: str) -> None:
    """Expect this one to be said to be where one is, among the pages of a partnership."""
    expect(page.locator(".rooms [aria-current]")).to_have_text(words)


# The first pages of the others are walked over with what they lead to.
@each_language
@pytest.mark.parametrize(
    "role", [Role.STUDENT, Role.INSTITUTE_TRAINER, Role.PROCESS_FACILITATOR, Role.SCHOOL_LEADER]
)
def test_the_first_page_of_a_role_and_what_it_reads(
    server: Server, open_browser: OpenBrowser, check_page: CheckPage, language: Language, role: Role
) -> None:
    _person, client = signed_in(server, language, role)
    visitor = Visitor(open_browser(server, language, client), Words(language))
    visitor.open("/start")
    check_page(visitor.page)
    visitor.page.locator(f"main a[href='/who-reads-what/{role}']").click()
    visitor.arrives(f"/who-reads-what/{role}")
    check_page(visitor.page)


@each_language
def test_an_administrator_is_led_to_inviting_a_list(
    server: Server, open_browser: OpenBrowser, check_page: CheckPage, language: Language
) -> None:
    place = f"Opleidingsschool {uuid.uuid4().hex[:8]}"
    roles = (Role.ADMINISTRATOR, Role.PROGRAMME_LEADER)
    person, client = signed_in(server, language, *roles, partnership=place)
    page = open_browser(server, language, client)
    karin = Visitor(page, Words(language))
    karin.open("/start")
    check_page(page)
    karin.follow("Fill it in")
    for name, text in (
        *(("controller", "Stichting De Linde"), ("address", "Lindelaan 1, Lindedorp")),
        *(("help_name", "Karin"), ("help_email", person.email)),
        *(("privacy_name", "Pim"), ("privacy_email", person.email)),
    ):
        karin.write(name, text)
    karin.press("Save")
    karin.open("/start")
    karin.follow("Add schools")
    has_marked(page, karin.words("Schools"))
    karin.write("name", "De Linde")
    karin.press("Add")
    karin.open("/start")
    # Of both cards only the one of the programme leader has the breaks.
    check_page(page)
    karin.follow("Invite many from a list")
    has_marked(page, karin.words("People"))
    check_page(page)
    karin.press("Look through the list")
    karin.is_refused()
    check_page(page)
    nina = somebody("Nina Nieuw")
    karin.write("text", PEOPLE.format(name=nina.name, email=nina.email))
    karin.press("Look through the list")
    karin.is_titled(karin.words("Look through the list"))
    has_marked(page, karin.words("People"))
    page.locator("main details").evaluate_all("all => all.forEach(each => each.open = true)")
    check_page(page)
    page.locator("form[action$='/invite'] button").click()
    karin.is_refused()
    check_page(page)
    page.locator("[name=agrees]").check()
    page.locator("form[action$='/invite'] button").click()
    expect(page.locator(".errors")).to_have_count(0)
    check_page(page)
    assert place in server.mailbox.take(nina.email).text
    karin.open("/start")
    karin.reads(karin.words("Nothing waits for you"))


@each_language
@pytest.mark.parametrize("viewport", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_a_trainer_answers_from_the_first_page_with_the_keyboard(
    server: Server,
    open_browser: OpenBrowser,
    check_page: CheckPage,
    language: Language,
    viewport: dict[str, int],
) -> None:
    words = Words(language)
    lena = server.add_person(somebody("Lena Pauw"), Role.SUPERVISOR)
    asking = Client(server)
    asking.sign_in(lena)
    tess, client = signed_in(server, language, Role.SCHOOL_TRAINER)
    page = open_browser(server, language, client, viewport=viewport)
    me = TypingGuest(page, words, Form.TRAINER, tess, lena)

    def look() -> None:
        # That is at every width already.
        if viewport == PHONE:
            check_page(page)
            page.set_viewport_size(viewport)

    me.open("/start")
    look()
    asking.ask(asking.start_scan(), SCHOOL_TRAINER, tess, language)
    page.reload()
    me.reads(lena.name)
    look()
    me.tab_to(lambda focus: focus["words"].startswith(words("Give feedback")))
    me.leaves_by_pressing("Enter")
    me.is_asked()
    me.enter("Start")
    me.fill_in_form(GIVEN)
    me.share_now()
    me.has_shared()
    me.open("/start")
    expect(page.locator("main .button")).to_have_count(0)
    look()
    me.tab_to(lambda focus: lena.name in focus["words"])
    me.leaves_by_pressing("Enter")
    me.has_shared()


@each_language
def test_pages_of_somebody_in_two_partnerships_whose_roles_end(
    server: Server, open_browser: OpenBrowser, check_page: CheckPage, language: Language
) -> None:
    ans, client = signed_in(server, language, Role.SUPERVISOR)
    scan = client.start_scan()
    client.fill_in(scan, BEFORE)
    client.submit(scan)
    client.write_question(scan, "pedagogical", "Hoe vraag ik door?")
    page = open_browser(server, language, client)
    me = Visitor(page, Words(language))
    # Now somewhere else as well.
    server.add_person(ans, Role.SUPERVISOR, Role.FACILITATOR, partnership=ELSEWHERE)
    for path in ("/start", f"{scan}/result", f"{scan}/learning-question", f"{scan}/feedback"):
        me.open(path)
        expect(page.locator("main .kicker").first).to_contain_text(PARTNERSHIP)
        check_page(page)
    me.open("/scan/again")
    page.locator("main form button").first.click()
    me.is_titled(me.words("For which partnership do you do this scan?"))
    check_page(page)
    me.press(ELSEWHERE)
    me.arrives("/part/1")
    expect(page.locator("main .kicker").first).to_contain_text(ELSEWHERE)
    check_page(page)
    # And then nowhere.
    server.end_roles(ans)
    me.open("/start")
    expect(page.locator("main form")).to_have_count(0)
    check_page(page)
    for path in (f"{scan}/result", f"{scan}/learning-question"):
        me.open(path)
        expect(page.locator("main textarea, main .take-along")).to_have_count(0)
        check_page(page)
    server.add_person(ans, Role.SUPERVISOR, partnership=f"{ELSEWHERE} nog een")
    me.open("/start")
    check_page(page)
    me.press("Go on")
    me.arrives("/part/1")
