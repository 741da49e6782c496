"""A shelf on a phone and on a laptop: a file goes there, is saved, and is read for a meeting."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.client import Client
from tests.browser.conftest import LAPTOP, PHONE, CheckPage, OpenBrowser
from tests.browser.pages import Supervisor
from tests.browser.server import Server, somebody
from tests.browser.words import Words
from tests.factories import Trajectory
from tests.pages.shelves import PDF, PNG
from zetwpo.accounts.actors import Role
from zetwpo.cycle.shelf.rules import LARGEST_FILE
from zetwpo.i18n import Language

TITLE = "Drie vragen voor na de les"
TEXT = "Vraag eerst wat de student zelf zag."


@dataclass
class Group:
    """A facilitator and a participant of a trajectory."""

    fem: Supervisor
    olga: Supervisor
    trajectory: Trajectory
    # Of the shelf of the partnership.
    shared: str


@pytest.fixture
def group(
    server: Server, open_browser: OpenBrowser, language: Language, screen: dict[str, int]
) -> Group:
    place = f"Partnership of {somebody('Shelf').email}"
    people, browsers = [], []
    for name, role in {"Fem": Role.FACILITATOR, "Olga": Role.SUPERVISOR}.items():
        person = somebody(f"{name} Visser")
        people.append(
            server.make.person(
                person.name, role, language=language, email=person.email, partnership=place
            )
        )
        client = Client(server)
        client.sign_in(person)
        page = open_browser(server, language, signed_in=client, viewport=screen)
        browsers.append(Supervisor(page, Words(language), person, server.mailbox))
    trajectory = server.make.trajectory(*people, partnership=place)
    shared = f"/partnerships/{server.make.partnership(place)}/shelf"
    return Group(*browsers, trajectory, shared)


@pytest.mark.parametrize(
    ("language", "screen"), [("nl", PHONE), ("en", LAPTOP)], ids=["phone", "laptop"]
)
def test_a_file_goes_on_the_shelf_and_is_read_for_a_meeting(
    group: Group, check_page: CheckPage, tmp_path: Path
) -> None:
    olga, fem = group.olga, group.fem
    olga.open(f"{group.trajectory.path}/shelf")
    check_page(olga.page)
    olga.follow("Put something on the shelf")
    check_page(olga.page)
    olga.write("title", TITLE)
    olga.write("text", TEXT)
    olga.choose("section", "own")
    # It says that it is something else than it is; then it is too large; and then it is right.
    files = {"lies.pdf": PNG, "large.pdf": PDF + b"\x00" * LARGEST_FILE, "plan één.pdf": PDF}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    olga.page.set_input_files("#file", tmp_path / "lies.pdf")
    olga.press("Put it on the shelf")
    olga.is_refused()
    check_page(olga.page)
    olga.page.set_input_files("#file", tmp_path / "large.pdf")
    olga.press("Put it on the shelf")
    olga.is_refused()
    assert olga.page.locator("#text").input_value() == TEXT
    olga.page.set_input_files("#file", tmp_path / "plan één.pdf")
    olga.press("Put it on the shelf")
    olga.reads(olga.words("It lies on the shelf now."))
    check_page(olga.page)

    with olga.page.expect_download() as saved:
        olga.page.locator("main a[href$='/file']").click()
    assert saved.value.suggested_filename == "plan één.pdf"
    assert saved.value.path().read_bytes() == PDF
    olga.page.get_by_role("link", name=TITLE, exact=True).click()
    check_page(olga.page)
    for page in ("edit", "pass-on", "take-off"):
        olga.page.locator(f"main a[href$='/{page}']").click()
        check_page(olga.page)
        olga.page.go_back()

    meeting = f"/meetings/{group.trajectory.meetings[0]}"
    fem.open(f"{meeting}/reading")
    check_page(fem.page)
    fem.page.get_by_role("checkbox", name=TITLE).check()
    fem.press("Save")
    fem.arrives(meeting)
    check_page(fem.page)
    olga.open(meeting)
    expect(olga.page.get_by_role("link", name=TITLE)).to_be_visible()
    looks_at_the_shelf_of_the_partnership(fem, group.shared, check_page)


def looks_at_the_shelf_of_the_partnership(
    fem: Supervisor, shelf: str, check_page: CheckPage
) -> None:
    fem.open(shelf)
    check_page(fem.page)
    fem.open(f"{shelf}/new")
    check_page(fem.page)
    fem.write("title", TITLE)
    fem.write("text", TEXT)
    fem.choose("section", "own")
    fem.choose("area", "pedagogical")
    fem.press("Put it on the shelf")
    fem.page.get_by_role("link", name=TITLE, exact=True).click()
    fem.page.wait_for_url("**/partnership-shelf/*")
    check_page(fem.page)
    item = fem.page.url
    for page in ("edit", "take-off"):
        fem.open(f"{item}/{page}")
        check_page(fem.page)
