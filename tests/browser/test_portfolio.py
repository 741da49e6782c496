"""What somebody takes along: a portfolio that keeps itself, and a certificate, on every screen."""

from datetime import timedelta

import pytest

from tests.browser.checks import check_charts
from tests.browser.client import Client
from tests.browser.conftest import LAPTOP, PHONE, CheckPage, OpenBrowser
from tests.browser.pages import Supervisor
from tests.browser.server import Server, somebody
from tests.browser.words import Words
from tests.waiting import wait_until
from zetwpo.accounts.actors import Role
from zetwpo.clock import as_if, now, today
from zetwpo.i18n import Language

NOTE, INTRODUCTION = "Ik wachtte, en zij begon.", "Voor mijn jaargesprek."


@pytest.mark.parametrize(
    ("language", "screen"), [("nl", PHONE), ("en", LAPTOP)], ids=["phone", "laptop"]
)
def test_a_portfolio_is_chosen_and_a_certificate_claimed(
    server: Server,
    open_browser: OpenBrowser,
    check_page: CheckPage,
    language: Language,
    screen: dict[str, int],
) -> None:
    make, place = server.make, f"Partnership of {somebody('Group').email}"
    people = {}
    for name, role in {"Fem": Role.FACILITATOR, "Olga": Role.SUPERVISOR}.items():
        person = somebody(f"{name} Visser")
        people[name] = make.person(
            person.name, role, language=language, email=person.email, partnership=place
        )
    with as_if(now() - timedelta(weeks=3)):
        first = today() + timedelta(days=7)
        group = make.trajectory(people["Fem"], people["Olga"], first_day=first, partnership=place)
    for marks in (3, 5):
        make.scan(people["Olga"], marks)
    make.note(group, people["Olga"], NOTE)
    make.noted(group, 1, people["Olga"], "present")
    make.closed(group)
    client = Client(server)
    client.sign_in(person)
    page = open_browser(server, language, signed_in=client, viewport=screen)
    olga = Supervisor(page, Words(language), person, server.mailbox)

    olga.open("/start")
    page.locator("a[href$='/portfolio']").click()
    check_page(page)
    olga.write("introduction", INTRODUCTION)
    page.locator("[name=notes][type=checkbox]").check()

    def kept(query: str) -> int:
        return len(server.rows(query, owner=people["Olga"].id.hex))

    words = "SELECT id FROM portfolio WHERE owner_id = :owner AND introduction <> ''"
    ticks = (
        "SELECT key FROM portfolio_item JOIN portfolio ON portfolio.id = portfolio_id "
        "WHERE owner_id = :owner"
    )
    # Without a button.
    wait_until(lambda: kept(words) == 1 and kept(ticks) == 1)
    olga.press("Tick all that is my own")
    olga.reads(olga.words("All that is your own goes in now. Untick what you leave out."))
    assert kept(ticks) == 4
    check_page(page)
    olga.follow("See it as it prints")
    olga.reads(INTRODUCTION)
    olga.reads(NOTE)
    check_page(page)
    check_charts(page, is_live=False)

    olga.open(f"{group.path}/certificate")
    check_page(page)
    olga.press("Claim my certificate")
    page.wait_for_url("**/certificates/*")
    check_page(page)
    olga.open(f"{group.path}/certificate")
    check_page(page)
    olga.follow("Delete it")
    check_page(page)
    olga.press("Delete it")
    olga.reads(olga.words("You can claim it"))
