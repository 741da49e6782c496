"""What belongs to a partnership is kept in a browser, on a phone and on a laptop."""

from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.checks import HEIGHT
from tests.browser.conftest import LAPTOP, PHONE, CheckPage, OpenBrowser
from tests.browser.pages import Visitor
from tests.browser.server import Server
from tests.browser.test_every_page import LONG_NAME, sign_in
from tests.browser.words import Words
from zetwpo.accounts.actors import Role
from zetwpo.clock import today
from zetwpo.i18n import Language

pytestmark = pytest.mark.parametrize(
    ("language", "screen"), [("nl", PHONE), ("en", LAPTOP)], ids=["phone", "laptop"]
)
LONG_WORD = "Regenboogschoolgemeenschap" * 3


def visit(
    server: Server,
    open_browser: OpenBrowser,
    language: Language,
    screen: dict[str, int],
    role: Role,
) -> Visitor:
    """Somebody in this role, at the first page."""
    _person, client = sign_in(server, LONG_NAME, role, language)
    visitor = Visitor(open_browser(server, language, client, viewport=screen), Words(language))
    visitor.open("/start")
    return visitor


def calendar_with(folder: Path, *names: str) -> Path:
    """A calendar file with a day for each of these, in the next year."""
    year, key = today().year + 1, uuid4()
    events = "".join(
        f"BEGIN:VEVENT\nUID:{key}{number}\nSUMMARY:{name}\nDTSTART;VALUE=DATE:{year}05{number:02}\n"
        f"DTEND;VALUE=DATE:{year}05{number + 7:02}\nEND:VEVENT\n"
        for number, name in enumerate(names, start=1)
    )
    file = folder / "school.ics"
    file.write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n", "utf-8")
    return file


def test_an_administrator_keeps_schools(
    server: Server,
    open_browser: OpenBrowser,
    check_page: CheckPage,
    language: Language,
    screen: dict[str, int],
) -> None:
    karin = visit(server, open_browser, language, screen, Role.ADMINISTRATOR)
    page = karin.page
    name = f"De Linde {uuid4().hex[:8]}"
    karin.follow("Schools")
    karin.arrives("/schools")
    karin.press("Add")
    karin.is_refused()
    check_page(page)
    karin.write("name", name)
    karin.press("Add")
    karin.reads(karin.words("%(name)s is added.", name=name))
    check_page(page)

    page.get_by_role("link", name=f"{karin.words('Change')} {name}").click()
    karin.is_titled(name)
    check_page(page)
    karin.write("name", f"{name} {LONG_WORD}")
    karin.press("Save")
    karin.arrives("/schools")
    check_page(page)
    page.get_by_role("link", name=name).click()
    karin.follow("Close")
    karin.arrives("/close")
    check_page(page)
    karin.press("Close")
    karin.arrives("/schools")
    expect(page.locator(".badge").first).to_be_visible()
    page.get_by_role("link", name=name).click()
    karin.press("Open again")
    karin.arrives("/schools")


def test_a_programme_leader_takes_breaks_from_a_calendar_with_the_keyboard(
    server: Server,
    open_browser: OpenBrowser,
    check_page: CheckPage,
    language: Language,
    screen: dict[str, int],
    tmp_path: Path,
) -> None:
    robert = visit(server, open_browser, language, screen, Role.PROGRAMME_LEADER)
    page = robert.page
    holiday, meeting = f"Meivakantie {uuid4().hex[:6]}", f"Overleg {uuid4().hex[:6]}"
    robert.follow("School breaks")
    robert.arrives("/breaks")
    robert.press("Add")
    robert.is_refused()
    check_page(page)
    robert.follow("Take them from a calendar")
    robert.arrives("/import")
    robert.press("See what is in it")
    robert.is_refused()
    check_page(page)
    page.locator("input[type=file]").set_input_files(calendar_with(tmp_path, holiday, meeting))
    robert.press("See what is in it")
    robert.is_titled(robert.words("Which of these are school breaks?"))
    check_page(page)
    page.set_viewport_size({"width": screen["width"], "height": HEIGHT})
    boxes = page.get_by_role("checkbox")
    expect(boxes.nth(0)).to_be_checked()
    expect(boxes.nth(1)).not_to_be_checked()
    boxes.nth(0).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    robert.is_refused()
    check_page(page)
    page.get_by_role("checkbox", name=holiday).focus()
    page.keyboard.press("Space")
    robert.press("Add what is ticked")
    robert.reads(robert.words.plural("%(num)s break is added.", "%(num)s breaks are added.", 1))
    robert.reads(holiday)
    expect(page.locator("main")).not_to_contain_text(meeting)
    check_page(page)
    page.get_by_role("link", name=holiday).click()
    robert.is_titled(holiday)
    check_page(page)
    page.locator("main form[action$=delete] button").click()
    robert.reads(robert.words("%(name)s is deleted.", name=holiday))


def test_a_programme_leader_says_who_answers_for_the_data(
    server: Server,
    open_browser: OpenBrowser,
    check_page: CheckPage,
    language: Language,
    screen: dict[str, int],
) -> None:
    robert = visit(server, open_browser, language, screen, Role.PROGRAMME_LEADER)
    page = robert.page
    robert.follow("About us")
    robert.arrives("/about")
    check_page(page)
    robert.write("help_email", "nobody")
    robert.press("Save")
    robert.is_refused()
    check_page(page)
    other = page.context.new_page()
    other.goto(page.url)
    for name, text in (
        *(("controller", f"Stichting {LONG_WORD}"), ("address", "Lindelaan 1, Lindedorp")),
        *(("help_name", f"Karin {uuid4().hex[:6]}"), ("help_email", "karin@linde.example")),
        *(("privacy_name", "Pim"), ("privacy_email", f"{'lang' * 12}@linde.example")),
    ):
        robert.write(name, text)
    robert.press("Save")
    robert.reads(robert.words("Saved. It stands below every page from now on."))
    expect(page.locator("footer")).to_contain_text("karin@linde.example")
    check_page(page)
    second = Visitor(other, robert.words)
    second.write("help_name", "Robert")
    second.press("Save")
    second.is_refused()
    check_page(other)
    robert.open("/privacy")
    robert.reads("Autoriteit Persoonsgegevens")
    check_page(page)
