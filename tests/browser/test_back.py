"""Back to the answer to a form that was not taken in: a page, and never the browser's own."""

import pytest
from playwright.sync_api import expect

from tests.browser.client import Client
from tests.browser.conftest import OpenBrowser
from tests.browser.pages import EXAMPLE, Guest, Supervisor, Visitor, sheet
from tests.browser.server import Server, somebody
from tests.browser.words import QUESTIONNAIRE, Words
from tests.forms import Form
from zetwpo.accounts.actors import Role

WORDS = Words("nl")
FILLED = sheet(Form.SELF, "1 2 3 4 5  6 7 1  2 3  4 5 6 7 1  2 3 4 5")
OTHER = sheet(Form.SELF, "7 2 3 4 5  6 7 1  2 3  4 5 6 7 1  2 3 4 5")
GIVEN = sheet(Form.STUDENT, "7 6 x 6 5  6 6 6 6  x x  6 5 6 7 6  - 4")


@pytest.fixture
def ans(server: Server, open_browser: OpenBrowser) -> Supervisor:
    """Somebody who is signed in."""
    person = server.add_person(somebody("Ans Vos"), Role.SUPERVISOR)
    client = Client(server)
    client.sign_in(person)
    return Supervisor(open_browser(server, signed_in=client), WORDS, person, server.mailbox)


@pytest.fixture
def client(server: Server, ans: Supervisor) -> Client:
    """The same person on another device."""
    client = Client(server)
    client.sign_in(ans.person)
    return client


def goes_on_and_back(visitor: Visitor, shown_at: str) -> None:
    """Leave the page that refused something by a link, and press Back and then reload."""
    page = visitor.page
    # Its script gives the answer the address of a page; nobody leaves sooner than that.
    page.wait_for_load_state()
    page.on("dialog", lambda dialog: dialog.accept())
    for _time in range(2):
        page.locator("footer a").first.click()
        visitor.arrives("/who-reads-what")
        page.go_back()
        visitor.arrives(shown_at)
        expect(page.locator("h1")).to_be_visible()
    page.reload()
    visitor.arrives(shown_at)


def test_of_a_part(ans: Supervisor, client: Client) -> None:
    scan = client.start_scan()
    ans.open(f"{scan}/part/1")
    ans.page.route("**/autosave", lambda route: route.abort())
    ans.question(EXAMPLE, ans.form.parts[0]).fill("x" * 4001)
    ans.page.unroute("**/autosave")
    ans.save(1)
    ans.is_refused()
    goes_on_and_back(ans, "/part/1")


def test_of_a_learning_question(ans: Supervisor, client: Client) -> None:
    scan = client.start_scan()
    client.fill_in(scan, FILLED)
    client.submit(scan)
    ans.open(f"{scan}/learning-question")
    ans.write("text", "Why do I take the lead?")
    ans.press("Save my question")
    ans.is_refused()
    goes_on_and_back(ans, "/learning-question")
    # After a refusal and a success: Back leads over both.
    ans.open(f"{scan}/learning-question")
    ans.write("text", "Why?")
    ans.press("Save my question")
    ans.is_refused()
    ans.page.wait_for_load_state()
    ans.choose("axis", QUESTIONNAIRE.axes[2].key)
    ans.press("Save my question")
    expect(ans.page.locator(".versions blockquote")).to_have_text("Why?")
    ans.page.wait_for_load_state()
    for _step in range(2):
        ans.page.go_back()
        ans.arrives("/learning-question")
        expect(ans.page.locator("main [name=text]")).to_be_visible()


def test_of_a_request_for_feedback(ans: Supervisor, client: Client) -> None:
    scan = client.start_scan()
    ans.open(f"{scan}/feedback")
    ans.write("name", "Bo de Wit")
    ans.press("Send the request")
    ans.is_refused()
    goes_on_and_back(ans, "/feedback")


def test_of_deleting_everything(ans: Supervisor) -> None:
    ans.open("/my-data")
    ans.page.locator("form[action='/my-data/delete'] button").click()
    ans.is_refused()
    goes_on_and_back(ans, "/my-data")


@pytest.mark.parametrize("path", ["/sign-in", "/feedback/lost-link"])
def test_of_an_address(server: Server, open_browser: OpenBrowser, path: str) -> None:
    visitor = Visitor(open_browser(server), WORDS)
    visitor.open(path)
    visitor.page.locator("main form button").click()
    visitor.is_refused()
    goes_on_and_back(visitor, path)


def test_of_a_code(ans: Supervisor) -> None:
    ans.page.context.clear_cookies()
    ans.ask_to_sign_in()
    ans.press("Sign in")
    ans.is_refused()
    goes_on_and_back(ans, "/sign-in/code")


def test_of_handing_in_what_changed_meanwhile(ans: Supervisor, client: Client) -> None:
    scan = client.start_scan()
    client.fill_in(scan, FILLED)
    ans.open(f"{scan}/check")
    client.fill_in(scan, OTHER)
    ans.press("Finish my self-scan")
    ans.is_refused()
    goes_on_and_back(ans, "/check")


@pytest.fixture
def guest(server: Server, open_browser: OpenBrowser, ans: Supervisor, client: Client) -> Guest:
    """Somebody who looks at what they are about to share, which changes meanwhile."""
    student = somebody("Bo de Wit")
    link = client.ask(client.start_scan(), "student", student, "nl")
    phone = Client(server)
    phone.fill_in(link, GIVEN)
    guest = Guest(open_browser(server), WORDS, Form.STUDENT, student, ans.person)
    guest.open(f"{link}/preview")
    phone.post(f"{link}/part/1", **{"text-example-pedagogical": "More"})
    return guest


def test_of_sharing_what_changed_meanwhile(guest: Guest) -> None:
    guest.share_now()
    guest.is_refused()
    goes_on_and_back(guest, "/preview")


def test_of_a_day_that_is_none(guest: Guest) -> None:
    guest.press("Share from this day")
    guest.is_refused()
    goes_on_and_back(guest, "/preview")


def test_of_a_form_that_is_closed(ans: Supervisor, client: Client) -> None:
    scan = client.start_scan()
    client.fill_in(scan, FILLED)
    ans.open(f"{scan}/part/1")
    client.submit(scan)
    ans.save(1)
    ans.is_titled(WORDS("This scan is finished"))
    # Where the form was, the result is by now.
    goes_on_and_back(ans, "/result")


def test_of_a_page_without_its_session(ans: Supervisor, client: Client) -> None:
    scan = client.start_scan()
    ans.open(f"{scan}/part/1")
    ans.page.context.clear_cookies()
    ans.save(1)
    ans.is_titled(WORDS("You are signed out"))
    goes_on_and_back(ans, "/part/1?")
