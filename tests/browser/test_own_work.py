"""What somebody writes in a trajectory: small, safe, and open as they say."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.client import Client
from tests.browser.conftest import LAPTOP, PHONE, CheckPage, OpenBrowser
from tests.browser.pages import Supervisor
from tests.browser.server import Server, somebody
from tests.browser.words import Words
from tests.factories import Someone, Trajectory
from tests.waiting import wait_until
from zetwpo.accounts.actors import Role
from zetwpo.clock import today
from zetwpo.i18n import Language

WHAT = "Ik stel één vraag meer, en wacht „even”."
QUESTION = "Wat hoop je te zien?"

pytestmark = pytest.mark.parametrize(
    ("language", "screen"), [("nl", PHONE), ("en", LAPTOP)], ids=["phone", "laptop"]
)


@dataclass
class Group:
    """A trajectory of which one meeting has been."""

    trajectory: Trajectory
    people: dict[str, Someone]
    browsers: dict[str, Supervisor]

    def __getitem__(self, who: str) -> Supervisor:
        return self.browsers[who]


@pytest.fixture
def group(
    server: Server, open_browser: OpenBrowser, language: Language, screen: dict[str, int]
) -> Group:
    place = f"Partnership of {somebody('Group').email}"
    roles = {"Fem": Role.FACILITATOR, "Olga": Role.SUPERVISOR, "Bo": Role.SUPERVISOR}
    people, browsers = {}, {}
    for name, role in roles.items():
        person = somebody(f"{name} Visser")
        people[name] = server.make.person(
            person.name, role, language=language, email=person.email, partnership=place
        )
        client = Client(server)
        client.sign_in(person)
        page = open_browser(server, language, signed_in=client, viewport=screen)
        browsers[name] = Supervisor(page, Words(language), person, server.mailbox)
    made = server.make.trajectory(
        people["Fem"],
        people["Olga"],
        people["Bo"],
        first_day=today() - timedelta(days=3),
        partnership=place,
    )
    return Group(made, people, browsers)


def plans(server: Server, group: Group) -> list[str]:
    owner = group.people["Olga"].id
    return [
        row.what
        for row in server.rows("SELECT what FROM plan WHERE owner_id = :owner", owner=owner.hex)
    ]


def test_a_plan_is_written_opened_and_asked_about(group: Group, check_page: CheckPage) -> None:
    olga, bo = group["Olga"], group["Bo"]
    mine, shared = f"{group.trajectory.path}/mine", f"{group.trajectory.path}/shared"
    for here in ("/start", f"/meetings/{group.trajectory.meetings[0]}", mine):
        olga.open(here)
        check_page(olga.page)
    olga.press("Write my plan")
    olga.press("I am going to try this")
    olga.is_refused()
    check_page(olga.page)
    olga.write("what", f"- {WHAT}\n- En nog iets")
    olga.write("minutes", "90")
    olga.press("I am going to try this")
    olga.reads(olga.words("It is your plan: you decide."))
    check_page(olga.page)
    olga.press("Open it to my group")
    bo.open(shared)
    check_page(bo.page)
    bo.page.locator("a[href*='/plans/']").click()
    bo.press("Ask this")
    bo.is_refused()
    bo.write("text", QUESTION)
    bo.press("Ask this")
    bo.reads(QUESTION)
    check_page(bo.page)
    olga.page.reload()
    olga.page.locator("a[href*='/plan-questions/']").click()
    check_page(olga.page)
    olga.write("answer", "Dat ze zelf begint.")
    olga.press("Save")
    olga.reads("Dat ze zelf begint.")
    check_page(olga.page)
    olga.press("Close my plan")
    bo.page.reload()
    expect(bo.page.get_by_text(QUESTION)).to_have_count(0)


def test_each_answer_has_readers_and_one_sentence_goes_along(
    group: Group, check_page: CheckPage
) -> None:
    olga, fem = group["Olga"], group["Fem"]
    olga.open(f"{group.trajectory.path}/mine")
    olga.press("Look back")
    olga.page.locator("main summary").click()
    check_page(olga.page)
    olga.write("gained", "Dat stilte helpt.")
    olga.is_saved()
    olga.press("Save")
    check_page(olga.page)
    olga.page.locator("a[href$='/gained/readers']").click()
    check_page(olga.page)
    olga.choose("audience", "facilitators")
    olga.press("Save")
    olga.write("sentence", "Stilte is ook een vraag.")
    olga.press("Bring this sentence along")
    fem.open(f"{group.trajectory.path}/shared")
    fem.reads("Dat stilte helpt.")
    fem.reads("Stilte is ook een vraag.")
    check_page(fem.page)


def test_a_note_takes_two_minutes(group: Group, check_page: CheckPage) -> None:
    olga = group["Olga"]
    olga.open(f"{group.trajectory.path}/mine")
    olga.press("Write a note")
    check_page(olga.page)
    olga.write("text", "Ik wachtte.")
    olga.is_saved()
    for path in ("readers", "delete"):
        olga.open(f"{olga.page.url}/{path}")
        check_page(olga.page)
        olga.page.go_back()


def test_a_pair_is_proposed_and_agreed_to(group: Group, check_page: CheckPage) -> None:
    olga, fem = group["Olga"], group["Fem"]
    fem.open(f"{group.trajectory.path}/pairs")
    fem.press("Propose this pair")
    expect(fem.page.locator(".errors")).to_be_visible()
    check_page(fem.page)
    for box in fem.page.locator("input[name=person]").all():
        box.check()
    fem.press("Propose this pair")
    check_page(fem.page)
    olga.open(f"{group.trajectory.path}/mine")
    check_page(olga.page)
    olga.press("I agree")
    check_page(olga.page)


def test_nothing_typed_is_lost_where_the_connection_drops(server: Server, group: Group) -> None:
    olga = group["Olga"]
    olga.open(f"{group.trajectory.path}/mine")
    olga.press("Write my plan")
    olga.arrives(olga.page.url.removeprefix(server.address))
    olga.page.context.set_offline(True)
    olga.write("what", WHAT)
    olga.is_not_saved()
    assert plans(server, group) == [""]
    # The button waits for the connection, and keeps the page.
    olga.press("I am going to try this")
    expect(olga.page.locator("[name=what]")).to_have_value(WHAT)
    olga.page.context.set_offline(False)
    wait_until(lambda: plans(server, group) == [WHAT])
    expect(olga.page.locator(".badge").first).to_have_text(olga.words("being tried"))


def test_two_tabs_get_a_choice(server: Server, group: Group) -> None:
    plan = server.make.plan(group.trajectory, group.people["Olga"], WHAT)
    olga = group["Olga"]
    olga.open(f"/plans/{plan}")
    beside = olga.page.context.new_page()
    beside.goto(f"/plans/{plan}")
    beside.locator("[name=what]").fill("In een ander tabblad")
    wait_until(lambda: plans(server, group) == ["In een ander tabblad"])
    olga.write("what", "Hier")
    olga.is_not_saved()
    olga.press("Save")
    olga.is_refused()
    olga.reads("In een ander tabblad")
    expect(olga.page.locator("[name=what]")).to_have_value("Hier")
    olga.press("Save")
    wait_until(lambda: plans(server, group) == ["Hier"])
