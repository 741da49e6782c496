"""A partnership from nothing: one command, one list, and its people are at work."""

import csv
import uuid
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook
from playwright.sync_api import Locator, expect

from tests.browser.conftest import LAPTOP, PHONE, OpenBrowser
from tests.browser.pages import Supervisor
from tests.browser.server import Person, Server, somebody
from tests.browser.words import Words
from zetwpo.i18n import Language

HEADINGS = ["Naam", "Collega", "E-mailadres", "Functie", "Locatie"]
SCHOOL = "De Linde"


class Newcomer(Supervisor):
    """Somebody to whom a welcome came."""

    def come_in(self, partnership: str) -> None:
        """From the mail to the first page."""
        welcome = self.mailbox.take(self.person.email)
        assert partnership in welcome.subject
        self.open(welcome.link)
        self.speaks_own_language()
        self.write("email", self.person.email)
        self.press("Send me a link")
        self.arrives("/sign-in/code")
        self.open(self.mailbox.take(self.person.email).link)
        self.press("Sign in")
        self.is_at_start()

    def describe(self) -> None:
        """Say who answers for the data."""
        self.follow("Fill it in")
        for name, text in (
            *(("controller", "Stichting De Linde"), ("address", "Lindelaan 1, Lindedorp")),
            *(("help_name", "Karin"), ("help_email", self.person.email)),
            *(("privacy_name", "Pim"), ("privacy_email", self.person.email)),
        ):
            self.write(name, text)
        self.press("Save")
        self.reads(self.words("Saved. It stands below every page from now on."))

    def add_school(self) -> None:
        """The first one."""
        self.go_to_start()
        self.follow("Add schools")
        self.write("name", SCHOOL)
        self.press("Add")
        self.reads(self.words("%(name)s is added.", name=SCHOOL))

    def look_through(self) -> None:
        """Send the list, and arrive at what will happen."""
        self.press("Look through the list")
        self.is_titled(self.words("Look through the list"))

    def correct_the_name(self, place: int) -> None:
        """Say in which column the names are."""
        page = self.page
        page.locator("main summary", has_text=self.words("What do the columns hold?")).click()
        page.locator("select[name=name]").select_option(str(place))
        page.locator("#choices").get_by_role("button").first.click()
        expect(page.locator(".import-rows strong").first).not_to_have_text("medewerker-1")

    @property
    def happens(self) -> Locator:
        """What will happen, or did, in a line for each kind."""
        return self.page.locator(".what-happens li")


def rows(people: list[Person], roles: list[str]) -> list[list[str]]:
    """The list of a school office: what it calls a name is that of an account."""
    return [
        [f"medewerker-{number}", person.name, person.email, role, SCHOOL]
        for number, (person, role) in enumerate(zip(people, roles, strict=True), 1)
    ]


def workbook(folder: Path, lines: list[list[str]]) -> Path:
    """The same list as a file, below a title."""
    book = Workbook()
    for line in (["Personeel"], [], HEADINGS, *lines):
        book.active.append(line)
    book.save(folder / "personeel.xlsx")
    return folder / "personeel.xlsx"


def made(server: Server, partnership: str) -> list[tuple[object, ...]]:
    """Who belongs to a partnership, and every mail that was queued for it."""
    roles = server.rows(
        "SELECT membership.id, person.email, person.name, role, ended_at FROM membership"
        " JOIN person ON person.id = person_id"
        " JOIN partnership ON partnership.id = partnership_id"
        " WHERE partnership.name = :name ORDER BY membership.id",
        name=partnership,
    )
    mails = server.rows(
        "SELECT outbox_mail.id FROM outbox_mail"
        " JOIN partnership ON partnership.id = partnership_id"
        " WHERE partnership.name = :name ORDER BY outbox_mail.id",
        name=partnership,
    )
    return [tuple(row) for row in (*roles, *mails)]


@pytest.mark.parametrize(
    ("language", "screen"), [("nl", PHONE), ("en", LAPTOP)], ids=["phone", "laptop"]
)
def test_a_partnership_begins_and_the_people_on_its_list_sign_in(
    server: Server,
    open_browser: OpenBrowser,
    language: Language,
    screen: dict[str, int],
    tmp_path: Path,
) -> None:
    words = Words(language)
    place = f"Opleidingsschool {uuid.uuid4().hex[:8]}"

    def newcomer(person: Person) -> Newcomer:
        page = open_browser(server, language, viewport=screen)
        return Newcomer(page, words, person, server.mailbox)

    karin = newcomer(somebody("Karin de Boer"))
    page = karin.page
    server.start_partnership(place, karin.person)
    karin.come_in(place)
    karin.describe()
    karin.add_school()

    # The list as it comes from the office: its names are in another column than it says.
    people = [somebody("Lena Pauw"), somebody("Tess Trouw")]
    lines = rows(people, ["WPB", "SO"])
    karin.go_to_start()
    karin.follow("Invite many from a list")
    karin.write("text", "\n".join("\t".join(line) for line in [HEADINGS, *lines]))
    before = made(server, place)
    karin.look_through()
    karin.reads("medewerker-1")
    karin.correct_the_name(HEADINGS.index("Collega"))
    expect(page.locator(".import-rows strong")).to_have_text([each.name for each in people])
    expect(karin.happens).to_have_text([f"2 {words('new: gets an invitation')}"])
    assert made(server, place) == before

    page.locator("form[action$='/invite'] button").click()
    karin.is_titled(words("The people are invited"))
    expect(karin.happens).to_have_text([f"2 {words('new: invited')}"])
    takes_the_outcome_along(karin, people, tmp_path)
    for person, heading in zip(
        people, ("Start your self-scan", "Feedback that was asked of you"), strict=True
    ):
        visitor = newcomer(person)
        visitor.come_in(place)
        expect(visitor.page.get_by_role("heading", name=words(heading))).to_be_visible()
        expect(visitor.page.locator("footer")).to_contain_text("Stichting De Linde")

    # The same list once more, now as a file.
    before = made(server, place)
    karin.follow("Bring another list")
    page.locator("input[type=file]").set_input_files(workbook(tmp_path, lines))
    karin.look_through()
    karin.correct_the_name(HEADINGS.index("Collega"))
    expect(karin.happens).to_have_text([f"2 {words('already here: nothing changes')}"])
    karin.reads(words("There is nobody to invite on this list."))
    expect(page.locator("form[action$='/invite']")).to_have_count(0)
    karin.press("Throw this list away")
    karin.reads(words("The list is gone."))
    assert made(server, place) == before


def takes_the_outcome_along(karin: Newcomer, people: list[Person], folder: Path) -> None:
    """As a workbook and as text, with what became of each."""
    files = []
    for label in ("Download as Excel", "Download as CSV"):
        with karin.page.expect_download() as download:
            karin.follow(label)
        files.append(folder / download.value.suggested_filename)
        download.value.save_as(files[-1])
    sheet = openpyxl.load_workbook(files[0]).active
    lines = [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    delimiter = ";" if karin.words.language == "nl" else ","
    text = csv.reader(files[1].read_text("utf-8-sig").splitlines(), delimiter=delimiter)
    for found in (lines, list(text)):
        assert [row[:2] for row in found[1:]] == [[each.name, each.email] for each in people]
        assert all(karin.words("new: invited") in row for row in found[1:])
