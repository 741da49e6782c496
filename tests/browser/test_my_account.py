"""Somebody gets another address, and signs out wherever they left themselves signed in."""

import pytest
from playwright.sync_api import expect

from tests.browser.client import Client
from tests.browser.conftest import LAPTOP, OpenBrowser
from tests.browser.pages import Supervisor
from tests.browser.server import Person, Server, somebody
from tests.browser.test_keyboard import TypingSupervisor
from tests.browser.words import Words
from zetwpo.accounts.actors import Role
from zetwpo.i18n import Language


@pytest.fixture
def ans(server: Server) -> Person:
    return server.add_person(somebody("Ans Vos"), Role.SUPERVISOR)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_signed_out_everywhere_else_the_other_browser_is_out_at_its_next_click(
    server: Server, open_browser: OpenBrowser, ans: Person, language: Language
) -> None:
    words = Words(language)
    phone = Supervisor(
        open_browser(server, language, is_mobile=True, has_touch=True), words, ans, server.mailbox
    )
    phone.sign_in_by_link()
    laptop = Supervisor(open_browser(server, language, viewport=LAPTOP), words, ans, server.mailbox)
    laptop.sign_in_by_code()
    laptop.follow("My account")
    devices = laptop.page.locator("[aria-labelledby=devices] li")
    expect(devices).to_have_count(2)
    expect(devices.first).to_contain_text(words("this device"))
    expect(devices.last).to_contain_text("Chrome")
    laptop.press("Sign out everywhere else")
    expect(devices).to_have_count(1)
    phone.press("Start the self-scan")
    phone.is_titled(words("You are signed out"))
    phone.open("/start")
    phone.is_titled(words("Sign in"))
    laptop.go_to_start()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_new_address_is_confirmed_and_signs_in(
    server: Server, open_browser: OpenBrowser, ans: Person, language: Language
) -> None:
    words, new = Words(language), somebody("Ans Vos")
    me = Supervisor(open_browser(server, language), words, ans, server.mailbox)
    me.sign_in_by_link()
    me.follow("My account")
    me.page.locator("#address ~ details summary").click()
    me.write("email", new.email)
    me.press("Send the email to confirm")
    me.reads(words("A new address is waiting"))
    expect(me.page.locator("#address ~ p strong")).to_have_text(ans.email)
    assert server.mailbox.take(ans.email).subject == words("Your email address is about to change")
    me.open(server.mailbox.take(new.email).link)
    me.press("Confirm this address")
    me.reads(words("This is your email address from now on."))
    expect(me.page.locator("#address ~ p strong")).to_have_text(new.email)
    assert server.mailbox.take(ans.email).subject == words("Your email address has changed")
    me.press("Sign out")
    again = Supervisor(me.page, words, new, server.mailbox)
    again.sign_in_by_link()


def test_with_the_keyboard_alone(server: Server, open_browser: OpenBrowser, ans: Person) -> None:
    client, elsewhere = Client(server), Client(server)
    for each in (client, elsewhere):
        each.sign_in(ans)
    page = open_browser(server, viewport=LAPTOP, signed_in=client)
    me = TypingSupervisor(page, Words("nl"), ans, server.mailbox)
    new = somebody("Ans Vos")
    me.open("/start")
    me.enter("My account")
    me.type_in("name", " de Wit")
    me.enter("Save")
    me.tab_to(lambda focus: focus["words"].strip() == me.words("Use another address"))
    page.keyboard.press("Enter")
    me.type_in("email", new.email)
    me.leaves_by_pressing("Enter")
    me.enter("Keep my address as it is")
    me.enter("Sign out everywhere else")
    assert elsewhere.get("/start").status == 303
    me.tab_to(lambda focus: focus["words"].startswith(me.words("Stop these")))
    me.leaves_by_pressing("Enter")
    me.reads(me.words("You get these no longer."))
