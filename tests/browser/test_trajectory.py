"""The pages on which a trajectory is set up, and people are chosen for it and invited."""

import re
from datetime import timedelta

import pytest

from tests.browser.client import Client
from tests.browser.conftest import LAPTOP, PHONE, CheckPage, OpenBrowser
from tests.browser.pages import Supervisor, Visitor
from tests.browser.server import Person, Server, somebody
from tests.browser.test_people import LONG_NAME, key_of
from tests.browser.words import Words
from zetwpo.accounts.actors import Role
from zetwpo.clock import today
from zetwpo.i18n import Language

TITLE = "Van werkplekbegeleider naar werkplekopleider"

pytestmark = pytest.mark.parametrize(
    ("language", "screen"), [("nl", PHONE), ("en", LAPTOP)], ids=["phone", "laptop"]
)


class Facilitator(Supervisor):
    """Somebody who leads trajectories of a partnership of their own."""

    place = ""

    def set_up(self, title: str) -> None:
        """Fill in the form of a new trajectory, and send it."""
        self.open(f"/partnerships/{self.place}/trajectories/new")
        self.write("title", title)
        self.write("first_day", (today() + timedelta(days=20)).isoformat())
        self.write("place", "Regenboogschoolgemeenschap" * 3)
        self.press("Set it up, and choose who takes part")
        self.arrives("/people")


def facilitator(
    server: Server, open_browser: OpenBrowser, language: Language, screen: dict[str, int]
) -> Facilitator:
    person = somebody("Fem Visser")
    place = f"Partnership of {person.email}"
    server.add_person(person, Role.FACILITATOR, partnership=place)
    client = Client(server)
    client.sign_in(person)
    page = open_browser(server, language, signed_in=client, viewport=screen)
    found = Facilitator(page, Words(language), person, server.mailbox)
    found.place = key_of(server, place)
    found.open("/my-data")
    found.speaks_own_language()
    return found


def member(server: Server, fem: Facilitator, name: str) -> Person:
    person = somebody(name)
    place = f"Partnership of {fem.person.email}"
    return server.add_person(person, Role.SUPERVISOR, partnership=place)


def test_every_page_is_whole_and_accessible(
    server: Server,
    open_browser: OpenBrowser,
    check_page: CheckPage,
    language: Language,
    screen: dict[str, int],
) -> None:
    fem = facilitator(server, open_browser, language, screen)
    page, noor = fem.page, member(server, fem, LONG_NAME)
    fem.open(f"/partnerships/{fem.place}/trajectories/new")
    check_page(page)
    fem.press("Set it up, and choose who takes part")
    fem.is_refused()
    check_page(page)
    fem.set_up(TITLE)
    check_page(page)
    path = page.url.removeprefix(server.address).removesuffix("/people")
    for here in ("", "/settings", "/people/choose", "/facilitators/choose?name=nobody"):
        fem.open(path + here)
        check_page(page)
    fem.open(f"{path}/people/choose?name=max")
    check_page(page)
    fem.press("Let them take part")
    fem.is_refused()
    page.locator("input[name=person]").check()
    fem.press("Let them take part")
    fem.arrives("/people")
    check_page(page)
    fem.open(path)
    check_page(page)
    page.goto(f"{server.address}{path}/people")
    page.get_by_role("link", name=LONG_NAME).click()
    check_page(page)
    fem.open(f"{path}/invitations")
    fem.press("Send the invitation")
    fem.is_refused()
    check_page(page)
    fem.write("name", "Daan Nieuw")
    fem.write("email", somebody("Daan Nieuw").email)
    fem.press("Send the invitation")
    check_page(page)
    reader = Visitor(_signed_in(server, open_browser, language, noor), fem.words)
    for here in ("/people", "/leave"):
        reader.open(path + here)
        check_page(reader.page)


def _signed_in(
    server: Server, open_browser: OpenBrowser, language: Language, person: Person
) -> object:
    client = Client(server)
    client.sign_in(person)
    return open_browser(server, language, signed_in=client)


def test_every_answer_to_an_invitation_has_its_page(
    server: Server,
    open_browser: OpenBrowser,
    check_page: CheckPage,
    language: Language,
    screen: dict[str, int],
) -> None:
    fem = facilitator(server, open_browser, language, screen)
    daan = somebody(LONG_NAME)
    fem.set_up(TITLE)
    fem.follow("Invite by email")
    fem.write("name", daan.name)
    fem.write("email", daan.email)
    fem.press("Send the invitation")
    guest = Visitor(open_browser(server, language, viewport=screen), fem.words)
    guest.open(server.mailbox.take(daan.email).link)
    check_page(guest.page)
    guest.press("No, thank you")
    guest.reads(fem.words("Yes, I take part"))
    check_page(guest.page)
    fem.page.reload()
    check_page(fem.page)
    fem.page.get_by_role("button", name=re.compile("^" + fem.words("Withdraw"))).click()
    guest.page.reload()
    guest.is_titled(fem.words("This invitation was withdrawn"))
    check_page(guest.page)
