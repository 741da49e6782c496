"""A program that opens every link in a mail neither signs in nor uses a link up."""

from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.client import Client
from tests.browser.conftest import OpenBrowser
from tests.browser.pages import Supervisor
from tests.browser.server import Server, somebody
from tests.browser.words import Words
from zetwpo.accounts.actors import Role

WORDS = Words("nl")


def test_only_the_asker_can_use_a_link_and_only_once(
    server: Server, open_browser: OpenBrowser
) -> None:
    ans = server.add_person(somebody("Ans Vos"), Role.SUPERVISOR)
    asker = Supervisor(open_browser(server), WORDS, ans, server.mailbox)
    asker.ask_to_sign_in()
    link = server.mailbox.take(ans.email).link
    path = urlsplit(link).path

    scanner = Client(server)
    assert scanner.get(path, method="HEAD").status == 200
    assert scanner.get(path).status == 200
    assert scanner.post(path).status == 403
    assert scanner.get("/start").status == 303

    # Some scanners open the link in a real browser; there is nothing for it to press.
    sandbox = open_browser(server)
    sandbox.goto(link)
    expect(sandbox.locator("main form")).to_have_count(0)
    expect(sandbox.get_by_role("heading", level=1)).to_be_visible()

    asker.open(link)
    asker.press("Sign in")
    asker.is_at_start()

    # Where its owner is in already, it leads on; it lets nobody in a second time.
    again = asker.in_another_tab()
    again.open(link)
    again.is_at_start()
    server.sign_out(ans)
    again.open(link)
    expect(again.page.get_by_role("heading", level=1)).to_be_visible()
    expect(again.page.locator("main form")).to_have_count(0)


def test_looking_at_a_link_for_feedback_changes_nothing(server: Server) -> None:
    ans = server.add_person(somebody("Ans Vos"), Role.SUPERVISOR)
    client = Client(server)
    client.sign_in(ans)
    scan = client.start_scan()
    student = somebody("Bo de Wit")
    link = client.ask(scan, "student", student, "nl")

    def stored() -> object:
        return server.rows("SELECT * FROM invitation WHERE email = :email", email=student.email)

    before = stored()
    scanner = Client(server)
    for page in ("", "/part/1", "/part/5", "/preview"):
        for method in ("HEAD", "GET"):
            assert scanner.get(link + page, method=method).status == 200
    assert stored() == before
