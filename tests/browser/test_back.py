"""Back to the answer to a form that was not taken in: a page, and never the browser's own."""

import pytest
from playwright.sync_api import expect

from tests.browser.client import Client
from tests.browser.conftest import OpenBrowser
from tests.browser.pages import EXAMPLE, Guest, Supervisor, sheet
from tests.browser.server import Server, somebody
from tests.browser.words import QUESTIONNAIRE, Words
from zetwpo.accounts.policy import Role
from zetwpo.library.questionnaires import Form

WORDS = Words("nl")
FILLED = sheet(Form.SELF, "1 2 3 4 5  6 7 1  2 3  4 5 6 7 1  2 3 4 5")


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


def goes_on_and_back(visitor: Supervisor | Guest, shown_at: str) -> None:
    """Leave the page that refused something by a link, and press Back and then reload."""
    page = visitor.page
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
    ans.choose("axis", QUESTIONNAIRE.axes[2].key)
    ans.press("Save my question")
    expect(ans.page.locator(".versions blockquote")).to_have_text("Why?")
    for _step in range(2):
        ans.page.go_back()
        ans.arrives("/learning-question")
        expect(ans.page.locator("main [name=text]")).to_be_visible()
