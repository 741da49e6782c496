"""Before a meeting and after it: who is ready, who was there, and what it leaves behind."""

import uuid
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.client import Client
from tests.browser.conftest import LAPTOP, PHONE, CheckPage, OpenBrowser
from tests.browser.pages import Visitor
from tests.browser.server import Server, somebody
from tests.browser.test_people import LONG_NAME
from tests.browser.test_trajectory import TITLE, Facilitator, facilitator, member
from zetwpo.accounts.actors import Role
from zetwpo.i18n import Language

pytestmark = pytest.mark.parametrize(
    ("language", "screen"), [("nl", PHONE), ("en", LAPTOP)], ids=["phone", "laptop"]
)
NOTES = "We kalibreerden de bekwaamheden."


@dataclass
class Group:
    """A facilitator and a participant, at their first pages, and where their group is."""

    fem: Facilitator
    max: Visitor
    path: str
    meeting: str


@pytest.fixture
def group(
    server: Server, open_browser: OpenBrowser, language: Language, screen: dict[str, int]
) -> Group:
    fem = facilitator(server, open_browser, language, screen)
    person = member(server, fem, LONG_NAME)
    fem.set_up(TITLE)
    path = fem.page.url.removeprefix(server.address).removesuffix("/people")
    fem.open(f"{path}/people/choose?name=max")
    fem.page.locator("input[name=person]").check()
    fem.press("Let them take part")
    fem.arrives("/people")
    client = Client(server)
    client.sign_in(person)
    reader = Visitor(open_browser(server, language, client, viewport=screen), fem.words)
    reader.open("/start")
    reader.speaks_own_language()
    meeting = reader.page.locator(".meetings a").first.get_attribute("href")
    fem.open("/start")
    return Group(fem, reader, path, str(meeting))


def test_every_page_is_whole_and_accessible(group: Group, check_page: CheckPage) -> None:
    fem, reader = group.fem, group.max
    check_page(reader.page)
    for here in ("/start", f"{group.path}/readiness", f"{group.meeting}/attendance"):
        fem.open(here)
        check_page(fem.page)
    fem.page.get_by_role("button", name=fem.words("Excused")).click()
    expect(fem.page.locator("[aria-pressed=true]")).to_have_count(1)
    check_page(fem.page)
    fem.open(f"{group.meeting}/agreements")
    check_page(fem.page)
    fem.write("notes", NOTES * 200)
    fem.press("Save")
    fem.is_refused()
    check_page(fem.page)
    fem.write("notes", NOTES)
    fem.page.locator("input[type=checkbox]").check()
    fem.press("Save")
    fem.arrives(group.meeting)
    check_page(fem.page)
    for ending in ("", "/attendance", "/agreements"):
        reader.open(group.meeting + ending)
        check_page(reader.page)
    reader.reads(NOTES)


def test_who_makes_time_finds_the_dates(
    group: Group,
    server: Server,
    open_browser: OpenBrowser,
    check_page: CheckPage,
    language: Language,
    screen: dict[str, int],
) -> None:
    leader = somebody("Lea Leider")
    place = f"Partnership of {group.fem.person.email}"
    server.add_person(leader, Role.PROGRAMME_LEADER, Role.SCHOOL_LEADER, partnership=place)
    client = Client(server)
    client.sign_in(leader)
    lea = Visitor(open_browser(server, language, client, viewport=screen), group.fem.words)
    lea.open("/start")
    lea.speaks_own_language()
    check_page(lea.page)
    lea.follow("See the dates")
    lea.reads(TITLE)
    check_page(lea.page)
    trajectory = uuid.UUID(group.path.rpartition("/")[2]).hex
    server.change(
        "UPDATE facilitation SET ended_at = since WHERE trajectory_id = :id", id=trajectory
    )
    lea.open(f"{group.path}/appoint")
    check_page(lea.page)


def test_notes_and_ticks_are_kept_while_one_types_and_survive_a_lost_connection(
    group: Group,
) -> None:
    fem, page = group.fem, group.fem.page
    fem.open(f"{group.meeting}/agreements")
    fem.page.locator("input[type=checkbox]").check()
    fem.write("notes", NOTES)
    expect_saved(page)
    page.reload()
    assert page.locator("[name=notes]").input_value() == NOTES
    assert page.locator("input[type=checkbox]").is_checked()
    page.context.set_offline(True)
    fem.write("notes", NOTES + " En verder.")
    fem.page.locator("input[type=checkbox]").uncheck()
    expect(page.locator(".saved")).to_have_class("saved failed")
    page.context.set_offline(False)
    expect_saved(page)
    group.max.open(group.meeting)
    group.max.reads("En verder.")
    page.reload()
    assert not page.locator("input[type=checkbox]").is_checked()


def expect_saved(page: Page) -> None:
    """Expect the line that says so, once nothing waits any more."""
    expect(page.locator(".saved:not(.failed)")).to_contain_text(":")
