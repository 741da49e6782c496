"""What somebody typed goes along with the language, and is not left behind without a question."""

import uuid

import pytest
from playwright.sync_api import Dialog, expect

from tests.browser.client import Client
from tests.browser.conftest import OpenBrowser
from tests.browser.pages import EXAMPLE, Supervisor, Visitor, sheet
from tests.browser.server import Server, somebody
from tests.browser.words import QUESTIONNAIRE, Words
from tests.forms import Form
from tests.waiting import wait_until
from zetwpo.accounts.actors import Role
from zetwpo.i18n import LANGUAGE_NAMES

NL, EN = Words("nl"), Words("en")
TEXT = "Hoe vraag ik door,\nook in een vol uur? „🐟”"
FILLED = sheet(
    Form.SELF, "1 2 3 4 5  6 7 1  2 3  4 5 6 7 1  2 3 4 5", {(EXAMPLE, "pedagogical"): TEXT}
)


@pytest.fixture
def ans(server: Server, open_browser: OpenBrowser) -> Supervisor:
    """Somebody who is signed in, in Dutch."""
    person = server.add_person(somebody("Ans Vos"), Role.SUPERVISOR)
    client = Client(server)
    client.sign_in(person)
    return Supervisor(open_browser(server, signed_in=client), NL, person, server.mailbox)


@pytest.fixture
def scan(server: Server, ans: Supervisor) -> str:
    client = Client(server)
    client.sign_in(ans.person)
    return client.start_scan()


@pytest.fixture
def finished(server: Server, ans: Supervisor, scan: str) -> str:
    client = Client(server)
    client.sign_in(ans.person)
    client.fill_in(scan, FILLED)
    client.submit(scan)
    return scan


def speak(visitor: Visitor, words: Words) -> None:
    """Switch the language, after which nothing stays behind."""
    visitor.page.get_by_role("button", name=LANGUAGE_NAMES[words.language], exact=True).click()
    expect(visitor.page.locator("html")).to_have_attribute("lang", words.language)
    visitor.words = words
    visitor.page.wait_for_function("() => sessionStorage.length === 0")


def test_it_goes_along_when_asking_for_feedback(ans: Supervisor, scan: str) -> None:
    fields = {"name": "Bo de Wit", "email": "not yet whole", "word": TEXT}
    ans.open(f"{scan}/feedback")
    ans.choose("role", "school_trainer")
    for name, text in fields.items():
        ans.write(name, text)
    # Also from the answer to the form, with its errors.
    for words in (EN, NL):
        speak(ans, words)
        ans.arrives(f"{scan}/feedback")
        for name, text in fields.items():
            expect(ans.page.locator(f"main [name={name}]")).to_have_value(text)
        expect(ans.page.locator("[name=role][value=school_trainer]")).to_be_checked()
        ans.press("Send the request")
        ans.is_refused()


def test_it_goes_along_with_a_learning_question(ans: Supervisor, finished: str) -> None:
    ans.open(f"{finished}/learning-question")
    ans.choose("axis", QUESTIONNAIRE.axes[2].key)
    ans.write("text", TEXT)
    speak(ans, EN)
    expect(ans.page.locator("main [name=text]")).to_have_value(TEXT)
    ans.press("Save my question")
    expect(ans.page.locator(".versions blockquote")).to_have_text(TEXT)


def test_it_goes_along_with_a_part_and_is_saved(server: Server, ans: Supervisor, scan: str) -> None:
    ans.open(f"{scan}/part/1")
    ans.page.route("**/autosave", lambda route: route.abort())
    ans.fill_in(1, FILLED)
    ans.is_not_saved()
    ans.page.unroute("**/autosave")
    speak(ans, EN)
    ans.shows(1, FILLED)
    # Until then the page says that it is back.
    wait_until(lambda: server.texts_of(ans.person) == FILLED.texts)
    ans.is_saved()


def test_what_nobody_touched_here_does_not_go_over_what_another_device_saved(
    server: Server, ans: Supervisor, scan: str
) -> None:
    ans.open(f"{scan}/part/1")
    phone = Client(server)
    phone.sign_in(ans.person)
    phone.fill_in(scan, FILLED)
    speak(ans, EN)
    ans.shows(1, FILLED)
    assert server.texts_of(ans.person) == FILLED.texts


def test_it_waits_on_its_own_page_until_it_is_sent(ans: Supervisor, scan: str) -> None:
    ans.open(f"{scan}/feedback")
    ans.write("word", TEXT)
    # An answer that leads nowhere.
    ans.page.route("**/language", lambda route: route.fulfill(status=204))
    ans.page.get_by_role("button", name=LANGUAGE_NAMES["en"], exact=True).click()
    ans.open("/start")
    ans.open(f"{scan}/feedback")
    expect(ans.page.locator("main [name=word]")).to_have_value(TEXT)
    ans.ask_for_feedback("student", somebody("Bo de Wit"), TEXT)
    expect(ans.page.locator("main [name=word]")).to_have_value("")
    ans.page.wait_for_function("() => sessionStorage.length === 0")


def test_what_never_arrived_waits_wherever_one_is_led(ans: Supervisor, scan: str) -> None:
    ans.open(f"{scan}/feedback")
    ans.write("word", TEXT)
    ans.page.route("**/feedback", lambda route: route.abort())
    ans.press("Send the request")
    ans.page.unroute("**/feedback")
    # This leads on to another page, as the answer to the form would have done.
    ans.open("/sign-in")
    ans.arrives("/start")
    ans.open(f"{scan}/feedback")
    expect(ans.page.locator("main [name=word]")).to_have_value(TEXT)


def test_what_was_typed_for_one_is_not_put_in_a_request_to_another(
    server: Server, ans: Supervisor, scan: str
) -> None:
    """The page to mend a request has the address of the page to make one, and a query."""
    els = somebody("Els Bos")
    ans.open(f"{scan}/feedback")
    ans.ask_for_feedback("student", els)
    [row] = server.rows("SELECT id FROM invitation WHERE email = :email", email=els.email)
    mend = f"{scan}/feedback?instead_of={uuid.UUID(str(row.id))}"
    ans.write("name", "Bo de Wit")
    ans.open("/start")
    ans.open(mend)
    expect(ans.page.locator("main [name=name]")).to_have_value(els.name)
    ans.write("word", TEXT)
    ans.page.get_by_role("button", name=LANGUAGE_NAMES["en"], exact=True).click()
    expect(ans.page.locator("html")).to_have_attribute("lang", "en")
    expect(ans.page.locator("main [name=instead_of]")).to_have_count(1)
    expect(ans.page.locator("main [name=word]")).to_have_value(TEXT)
    ans.open(f"{scan}/feedback")
    expect(ans.page.locator("main [name=name]")).to_have_value("Bo de Wit")
    expect(ans.page.locator("main [name=word]")).to_have_value("")


def test_leaving_a_learning_question_keeps_it(ans: Supervisor, finished: str) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    ans.page.on("dialog", stay)
    ans.open(f"{finished}/learning-question")
    ans.choose("axis", QUESTIONNAIRE.axes[2].key)
    ans.write("text", TEXT)
    ans.follow("Look at the result again")
    ans.arrives("/result")
    ans.open(f"{finished}/learning-question")
    expect(ans.page.locator("main [name=text]")).to_have_value(TEXT)
    expect(ans.page.locator(".versions")).to_have_count(0)
    ans.press("Save my question")
    expect(ans.page.locator(".versions blockquote")).to_have_text(TEXT)
    assert asked == []
