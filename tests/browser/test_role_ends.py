"""A role ends while somebody is at work: the open tab is out at the next click."""

import pytest
from playwright.sync_api import expect

from tests.browser.client import Client
from tests.browser.conftest import LAPTOP, PHONE, CheckPage, OpenBrowser
from tests.browser.pages import EXAMPLE, Supervisor, Visitor
from tests.browser.server import Person, Server, somebody
from tests.browser.words import Words
from zetwpo.accounts.actors import Role
from zetwpo.i18n import Language

TYPED = "Op maandag stelt mijn student eerst zelf een doel."

pytestmark = pytest.mark.parametrize(
    ("language", "screen"), [("nl", PHONE), ("en", LAPTOP)], ids=["phone", "laptop"]
)


def account(server: Server, name: str, language: Language, *roles: Role) -> tuple[Person, Client]:
    person = server.add_person(somebody(name), *roles)
    client = Client(server)
    client.sign_in(person)
    client.speak(language)
    return person, client


def is_out(visitor: Visitor) -> None:
    """Expect the page that says why nothing opens here any more."""
    visitor.is_titled(visitor.words("This page belongs to a role that you do not have here"))


def end_role(administrator: Visitor, person: Person) -> None:
    """Find somebody on the list of people, and end the one role."""
    administrator.open("/start")
    administrator.follow("People")
    administrator.write("q", person.email)
    administrator.press("Search")
    administrator.page.locator(".directory a.who").click()
    administrator.page.locator(
        "#roles ~ .roles-here a", has_text=administrator.words("End")
    ).click()
    administrator.press("End this role")
    administrator.reads(administrator.words("Roles before"))


def test_a_supervisor_in_the_middle_of_a_form_keeps_what_was_typed(
    server: Server,
    open_browser: OpenBrowser,
    check_page: CheckPage,
    language: Language,
    screen: dict[str, int],
) -> None:
    words = Words(language)
    ans, client = account(server, "Ans Vos", language, Role.SUPERVISOR)
    scan = client.start_scan()
    page = open_browser(server, language, client, viewport=screen)
    me = Supervisor(page, words, ans, server.mailbox)
    me.open(f"{scan}/part/1")
    me.point(me.form.parts[0].statements[0], "3").check()
    me.is_saved()

    _karin, hers = account(server, "Karin de Boer", language, Role.ADMINISTRATOR)
    end_role(Visitor(open_browser(server, language, hers, viewport=screen), words), ans)

    me.question(EXAMPLE, me.form.parts[0]).fill(TYPED)
    me.is_not_saved()
    # Pressed: it is said, and what was typed is there.
    me.save(1)
    is_out(me)
    me.gets_back(TYPED)
    check_page(page)
    assert server.answers_of(ans) == {me.form.parts[0].statements[0].key: 3}
    assert server.texts_of(ans) == {}
    # What was made is still theirs, and that alone.
    me.open("/start")
    me.is_titled("Ans")
    me.reads(words("You have no role here now"))
    me.open(f"{scan}/part/1")
    is_out(me)


def test_an_administrator_is_out_of_every_page_of_people(
    server: Server, open_browser: OpenBrowser, language: Language, screen: dict[str, int]
) -> None:
    words = Words(language)
    karin, client = account(server, "Karin de Boer", language, Role.ADMINISTRATOR)
    nina = server.add_person(somebody("Nina Nieuw"), Role.SUPERVISOR)
    me = Visitor(open_browser(server, language, client, viewport=screen), words)
    page = me.page
    me.open("/start")
    me.follow("People")
    me.write("q", nina.email)
    me.press("Search")
    page.locator(".directory a.who").click()
    me.is_titled(nina.name)
    invites = Visitor(page.context.new_page(), words)
    invites.open("/start")
    invites.follow("People")
    invites.follow("Invite somebody")
    invites.write("name", "Bo de Wit")
    invites.write("email", somebody("Bo de Wit").email)
    page.locator("select[name=role]").select_option(Role.FACILITATOR.value)

    _other, client = account(server, "Ad van Dam", language, Role.ADMINISTRATOR)
    end_role(Visitor(open_browser(server, language, client, viewport=screen), words), karin)

    me.press("Give this role")
    is_out(me)
    invites.page.get_by_role("checkbox").first.check()
    invites.press("Invite")
    is_out(invites)
    expect(invites.page.locator("main .typed", has_text="Bo de Wit")).to_be_visible()
    assert not server.rows("SELECT id FROM person WHERE name = 'Bo de Wit' AND email LIKE 'bo.%'")
    [held] = server.rows(
        "SELECT role FROM membership JOIN person ON person.id = person_id WHERE email = :email",
        email=nina.email,
    )
    assert held.role == Role.SUPERVISOR
    me.page.go_back()
    me.page.reload()
    is_out(me)
    expect(me.page.get_by_text(nina.email)).to_have_count(0)
    me.open("/start")
    expect(page.get_by_role("link", name=words("People"), exact=True)).to_have_count(0)
