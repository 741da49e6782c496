"""Somebody who was signed out meanwhile asks for a file."""

import pytest
from playwright.sync_api import Download

from tests.browser.client import Client
from tests.browser.conftest import OpenBrowser
from tests.browser.pages import Supervisor, sheet
from tests.browser.server import Server, somebody
from tests.browser.words import Words
from tests.forms import Form
from zetwpo.accounts.actors import Role

WORDS = Words("nl")
FILLED = sheet(Form.SELF, "1 2 3 4 5  6 7 1  2 3  4 5 6 7 1  2 3 4 5")


@pytest.mark.parametrize("ending", ["/result.xlsx", "/result.json", "/all.json", "/all.html"])
def test_the_page_to_sign_in_is_shown_and_not_saved_as_that_file(
    server: Server, open_browser: OpenBrowser, ending: str
) -> None:
    person = server.add_person(somebody("Ans Vos"), Role.SUPERVISOR)
    client = Client(server)
    client.sign_in(person)
    scan = client.start_scan()
    client.fill_in(scan, FILLED)
    client.submit(scan)
    me = Supervisor(open_browser(server, signed_in=client), WORDS, person, server.mailbox)
    me.open(f"{scan}/result" if ending.startswith("/result") else "/my-data")
    saved: list[Download] = []

    def save(download: Download) -> None:
        saved.append(download)

    me.page.on("download", save)
    link = me.page.locator(f"a[href$='{ending}']")
    link.click()
    me.wait_until(lambda: len(saved) == 1)
    server.sign_out(person)
    link.click()
    me.is_titled(WORDS("Sign in"))
    assert len(saved) == 1
