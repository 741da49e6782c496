"""An administrator invites somebody who signs in; and ends the role, in a tab that was open."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.client import Client
from tests.browser.conftest import LAPTOP, CheckPage, OpenBrowser
from tests.browser.pages import Supervisor
from tests.browser.server import Person, Server, somebody
from tests.browser.test_keyboard import TypingSupervisor
from tests.browser.words import Words
from zetwpo.accounts.actors import Role
from zetwpo.i18n import Language

LONG_NAME = "Maximiliaan-Alexander van der Hoeven-Zonnevelden"


class Administrator(Supervisor):
    """Somebody who looks after a partnership of their own."""

    # The key of the partnership.
    place = ""

    def open_people(self) -> None:
        """The list of everybody."""
        self.open(f"/partnerships/{self.place}/people")

    def invite(self, person: Person, *roles: Role) -> None:
        """Fill in the form for one person and send it."""
        self.follow("Invite somebody")
        self.write("name", person.name)
        self.write("email", person.email)
        for role in roles:
            self.page.locator(f"input[value={role.value}]").check()
        self.press("Invite")
        self.is_titled(person.name)


def key_of(server: Server, name: str) -> str:
    """The key of this partnership, in the form in which it stands in an address."""
    [row] = server.rows("SELECT id FROM partnership WHERE name = :name", name=name)
    return re.sub(r"^(.{8})(.{4})(.{4})(.{4})(.{12})$", r"\1-\2-\3-\4-\5", str(row[0]))


def administrator(
    server: Server, open_browser: OpenBrowser, language: Language, **options: object
) -> Administrator:
    """Somebody who is signed in, and looks after a partnership that is theirs alone."""
    person = somebody("Ada Beheer")
    place = f"Partnership of {person.email}"
    server.add_person(person, Role.ADMINISTRATOR, partnership=place)
    client = Client(server)
    client.sign_in(person)
    page = open_browser(server, language, signed_in=client, **options)
    found = Administrator(page, Words(language), person, server.mailbox)
    found.place = key_of(server, place)
    found.open("/my-data")
    found.speaks_own_language()
    return found


@pytest.mark.parametrize("language", ["nl", "en"])
def test_somebody_is_invited_and_is_out_at_the_next_click_once_the_role_ended(
    server: Server, open_browser: OpenBrowser, language: Language
) -> None:
    ada = administrator(server, open_browser, language, is_mobile=True, has_touch=True)
    words, nina = ada.words, somebody("Nina Nieuw")
    ada.open_people()
    ada.invite(nina, Role.SUPERVISOR)
    ada.reads(words("%(name)s is invited.", name=nina.name))
    welcome = server.mailbox.take(nina.email)
    assert ada.person.name in welcome.text
    me = Supervisor(open_browser(server, language, viewport=LAPTOP), words, nina, server.mailbox)
    me.open(welcome.link)
    me.ask_to_sign_in()
    me.open(server.mailbox.take(nina.email).link)
    me.press("Sign in")
    me.is_at_start()
    ada.open_people()
    expect(ada.page.locator(".directory li")).to_have_count(2)
    ada.write("q", "nieuw")
    ada.press("Search")
    expect(ada.page.locator(".directory li")).to_have_count(1)
    ada.page.get_by_role("link", name=nina.name).click()
    ada.page.get_by_role("link", name=re.compile("^" + words("End"))).click()
    ada.press("End this role")
    ada.reads(words("Roles before"))
    me.press("Start the self-scan")
    me.is_titled(words("This page belongs to a role that you do not have here"))
    me.open("/my-data")
    me.is_titled(words("My data"))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_is_whole_and_accessible(
    server: Server, open_browser: OpenBrowser, check_page: CheckPage, language: Language
) -> None:
    ada = administrator(server, open_browser, language)
    page, nina = ada.page, somebody(LONG_NAME)
    ada.open_people()
    check_page(page)
    ada.follow("Invite somebody")
    check_page(page)
    ada.press("Invite")
    ada.is_refused()
    check_page(page)
    ada.open_people()
    ada.invite(nina, Role.SUPERVISOR, Role.PROGRAMME_LEADER)
    check_page(page)
    ada.page.get_by_role("link", name=re.compile("^" + ada.words("End"))).first.click()
    ada.is_titled(ada.words("End a role"))
    check_page(page)
    ada.follow("Back")
    ada.follow("Mend the name or the address")
    check_page(page)
    ada.write("email", "nobody")
    ada.press("Save")
    ada.is_refused()
    check_page(page)
    person = page.url.removesuffix("/mend")
    server.change("UPDATE welcome SET came_at = invited_at WHERE email = :email", email=nina.email)
    ada.open(person)
    check_page(page)
    ada.follow("Another email address")
    check_page(page)
    for query in ("?q=nobody+is+called+this", "?role=none"):
        ada.open(f"/partnerships/{ada.place}/people{query}")
        check_page(page)
    ada.open(f"/partnerships/{ada.place}/mails")
    check_page(page)
    server.mailbox.take(nina.email)
    server.change(
        "UPDATE outbox_mail SET failure = 'other', sent_at = NULL WHERE recipient = :email",
        email=nina.email,
    )
    page.reload()
    expect(page.locator(".directory li")).to_have_count(1)
    check_page(page)
    ada.open("/my-data")
    check_page(page)
    client = Client(server)
    client.sign_in(nina)
    leader = open_browser(server, language, signed_in=client)
    leader.goto(f"{server.address}/partnerships/{ada.place}/names")
    expect(leader.locator(".directory li")).to_have_count(2)
    check_page(leader)


def test_with_the_keyboard_alone(server: Server, open_browser: OpenBrowser) -> None:
    ada = administrator(server, open_browser, "nl", viewport=LAPTOP)
    me = TypingSupervisor(ada.page, ada.words, ada.person, server.mailbox)
    nina = somebody("Nina Nieuw")
    ada.open_people()
    me.enter("Invite somebody")
    me.type_in("name", nina.name)
    me.type_in("email", nina.email)
    me.tab_to(lambda focus: 'value="student"' in focus["html"])
    ada.page.keyboard.press("Space")
    me.enter("Invite")
    me.is_titled(nina.name)
    me.tab_to(lambda focus: focus["name"] == "role")
    ada.page.keyboard.type("facil")
    me.enter("Give this role")
    expect(ada.page.locator("#roles ~ ul li")).to_have_count(2)


def test_what_was_typed_and_ticked_is_there_after_a_reload(
    server: Server, open_browser: OpenBrowser
) -> None:
    ada = administrator(server, open_browser, "en")
    page = ada.page
    ada.open_people()
    ada.follow("Invite somebody")
    ada.write("name", "Nina")
    for role in (Role.STUDENT, Role.FACILITATOR):
        page.locator(f"input[value={role.value}]").check()
    page.locator("input[value=student]").uncheck()
    page.locator("select[name=school]").focus()
    page.reload()
    expect(page.locator("[name=name]")).to_have_value("Nina")
    expect(page.locator("[name=roles]:checked")).to_have_count(1)
    expect(page.locator("input[value=facilitator]")).to_be_checked()
