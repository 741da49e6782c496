"""How a trajectory ends: what the team hears, the scan then and now, closing, and the next one."""

from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from tests.browser.client import Client
from tests.browser.conftest import LAPTOP, PHONE, CheckPage, OpenBrowser
from tests.browser.pages import Visitor
from tests.browser.server import Server, somebody
from tests.browser.words import Words
from tests.factories import Someone, Trajectory
from zetwpo.accounts.actors import Role
from zetwpo.clock import now, today
from zetwpo.i18n import Language

pytestmark = pytest.mark.parametrize(
    ("language", "screen"), [("nl", PHONE), ("en", LAPTOP)], ids=["phone", "laptop"]
)
WEEK = timedelta(weeks=1)
ROLES = {
    "Fem": Role.FACILITATOR,
    "Olga": Role.SUPERVISOR,
    "Bo": Role.SUPERVISOR,
    "Pia": Role.PROGRAMME_LEADER,
}


@pytest.fixture
def place() -> str:
    return f"Partnership of {somebody('Closing').email}"


@pytest.fixture
def people(server: Server, language: Language, place: str) -> dict[str, Someone]:
    made = {}
    for name, role in ROLES.items():
        person = somebody(f"{name} Visser")
        made[name] = server.make.person(
            person.name, role, language=language, email=person.email, partnership=place
        )
    return made


@pytest.fixture
def visitors(
    server: Server,
    open_browser: OpenBrowser,
    language: Language,
    screen: dict[str, int],
    people: dict[str, Someone],
) -> dict[str, Visitor]:
    found = {}
    for name, person in people.items():
        client = Client(server)
        client.sign_in(person)
        page = open_browser(server, language, signed_in=client, viewport=screen)
        found[name] = Visitor(page, Words(language))
    return found


@pytest.fixture
def group(server: Server, people: dict[str, Someone], place: str) -> Trajectory:
    """Of five months ago, whose last meeting was two weeks ago; with two scans of one of them."""
    make, olga = server.make, people["Olga"]
    first = today() - 22 * WEEK
    with time_machine.travel(now() - 26 * WEEK):
        group = make.trajectory(
            people["Fem"], olga, people["Bo"], first_day=first, partnership=place
        )
        scan = make.scan(olga, 3)
        make.learning_question(scan, "Hoe wacht ik langer?", "gatekeeper")
        make.common_question(group, people["Fem"], "Hoe stellen we één vraag meer?")
    make.scan(olga, " ".join("5" * 5 + "2" * 5 + "3" * 9))
    return group


def save(visitor: Visitor) -> None:
    """Press the button, and wait until it is kept."""
    visitor.press("Save")
    visitor.reads(visitor.words("Saved."))


def test_the_group_agrees_releases_and_takes_back(
    visitors: dict[str, Visitor], group: Trajectory, check_page: CheckPage
) -> None:
    fem, olga, bo, pia = visitors.values()
    message = f"{group.path}/team-message"
    olga.open(message)
    check_page(olga.page)
    olga.write("different", "We vragen één keer door.")
    olga.choose("told", "programme")
    save(olga)
    olga.press("I agree with this text")
    olga.reads(olga.words("Take back that I agree"))
    # Who has the text open while another one changes it, reads the change first.
    bo.open(message)
    fem.open(message)
    fem.write("proposal", "Een uur per maand.")
    save(fem)
    bo.press("I agree with this text")
    expect(bo.page.get_by_role("alert")).to_be_focused()
    check_page(bo.page)
    bo.page.get_by_text(bo.words("I would like something changed first"), exact=True).click()
    bo.write("words", "Graag een half uur.")
    bo.press("Tell the group")
    bo.reads(bo.words("this should change first"))
    fem.open(message)
    fem.reads("Graag een half uur.")
    fem.write("proposal", "Een half uur per maand.")
    save(fem)
    for visitor in (olga, bo):
        visitor.open(message)
        visitor.press("I agree with this text")
        visitor.reads(visitor.words("You agree. Where a word of it changes, you are asked again."))
    bo.press("Release it")
    bo.reads(bo.words("Take it back"))
    check_page(bo.page)
    bo.follow("Print it to take along")
    check_page(bo.page)
    pia.open(f"{message}/released")
    pia.reads("Een half uur per maand.")
    check_page(pia.page)
    olga.open(message)
    olga.press("Take it back")
    olga.reads(olga.words("Nobody outside the group reads this."))
    answer = pia.page.reload()
    assert answer
    assert answer.status == 404


def test_then_and_now_and_on_to_the_next(
    visitors: dict[str, Visitor], group: Trajectory, check_page: CheckPage
) -> None:
    fem, olga, *_others = visitors.values()
    olga.open(f"{group.path}/mine")
    olga.follow("My questions, and my scan then and now")
    expect(olga.page.locator("svg[role=img]").first).to_be_visible()
    check_page(olga.page)
    fem.open(f"{group.path}/closing")
    check_page(fem.page)
    fem.press("Close the trajectory")
    fem.reads(fem.words("Let it go on"))
    check_page(fem.page)
    fem.follow("Start the next trajectory")
    check_page(fem.page)
    fem.press("Set it up")
    fem.is_refused()
    check_page(fem.page)
    fem.page.get_by_label("Olga").check()
    fem.choose("goes_on", "deepen")
    fem.press("Set it up")
    fem.arrives("/people")
    expect(fem.page.locator("main li", has_text="Olga")).to_have_count(1)
    expect(fem.page.locator("main li", has_text="Bo ")).to_have_count(0)
