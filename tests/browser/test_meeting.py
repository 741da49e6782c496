"""A meeting in the browser: its pages, the wall with its keys and timer, and what is printed."""

import io
import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tests.browser.conftest import LAPTOP, PHONE, CheckPage, OpenBrowser
from tests.browser.server import Server
from tests.browser.standstill import stop_the_clock
from tests.browser.test_paper import plain
from tests.browser.test_trajectory import TITLE, Facilitator, facilitator
from tests.browser.words import Words
from zetwpo.i18n import Language

# A thousandth of a millimetre is no other paper.
A4 = (595, 842)
# Every text that one sees, with the size of its letters.
LETTERS = """() => {
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const around = text.parentElement;
    if (!text.data.trim() || !around.checkVisibility() || around.closest("script")) continue;
    found.push([text.data.trim(), parseFloat(getComputedStyle(around).fontSize)]);
  }
  return found;
}"""
BEAMER = {"width": 1920, "height": 1080}
languages = pytest.mark.parametrize("language", ["nl", "en"])


@dataclass
class Wall:
    """The wall of a meeting, in the browser of whoever leads it."""

    page: Page
    words: Words
    path: str

    @property
    def left(self) -> Locator:
        """How much time there is left."""
        return self.page.locator("[role=timer]")

    @property
    def title(self) -> Locator:
        """What the room looks at."""
        return self.page.get_by_role("heading", level=1)

    def press(self, label: str) -> None:
        """Press the button with these words."""
        self.page.get_by_role("button", name=self.words(label), exact=True).click()


def meeting(fem: Facilitator, number: int) -> str:
    """The address of a meeting of a new trajectory."""
    fem.set_up(TITLE)
    fem.page.goto(fem.page.url.removesuffix("/people"))
    link = fem.page.get_by_role(
        "link", name=fem.words("Meeting %(number)s", number=number), exact=True
    )
    return str(link.get_attribute("href"))


@pytest.fixture
def wall(server: Server, open_browser: OpenBrowser) -> Wall:
    """At the third block, of 40 minutes; time stands still unless a test lets it pass."""
    fem = facilitator(server, open_browser, "nl", BEAMER)
    path = f"{meeting(fem, 2)}/wall"
    stop_the_clock(fem.page)
    fem.open(f"{path}?block=3")
    return Wall(fem.page, fem.words, path)


@pytest.mark.parametrize(("language", "screen"), [("nl", PHONE), ("en", LAPTOP)])
def test_every_page_is_whole_and_accessible(
    server: Server,
    open_browser: OpenBrowser,
    check_page: CheckPage,
    language: Language,
    screen: dict[str, int],
) -> None:
    fem = facilitator(server, open_browser, language, screen)
    page, path = fem.page, meeting(fem, 2)
    for here in (
        "",
        "/agenda",
        "/preparation",
        "/print",
        "/wall",
        "/wall?block=3",
        "/wall?block=9",
    ):
        fem.open(path + here)
        check_page(page)
    fem.open(f"{path}/agenda")
    page.locator("form[action$='/minutes']").last.get_by_role("button").click()
    page.locator("form[action$='/drop']").nth(2).get_by_role("button").click()
    expect(page.locator("#dropped")).to_be_visible()
    check_page(page)
    fem.write("title", "x" * 200)
    fem.press("Add")
    fem.is_refused()
    check_page(page)
    fem.open(f"{path}/agenda")
    page.locator(".agenda a.button").first.click()
    check_page(page)
    beside = open_browser(server, language, viewport=screen)
    beside.context.add_cookies(page.context.cookies())
    beside.goto(page.url)
    for each, title in ((page, "Binnenkomen"), (beside, "Aankomen")):
        each.locator("[name=title]").fill(title)
        each.locator("main form button.button").click()
    expect(beside.locator("main .elsewhere").first).to_be_visible()
    check_page(beside)


@pytest.mark.parametrize("width", [320, 390, 1280, 1920])
def test_on_the_wall_everything_is_large(wall: Wall, width: int) -> None:
    wall.page.set_viewport_size({"width": width, "height": 800})
    wall.press("Start the timer")
    wall.page.clock.run_for(45 * 60_000)
    for block in ("", "?block=3"):
        wall.page.goto(wall.path + block)
        letters = wall.page.evaluate(LETTERS)
        assert len(letters) > 5
        assert [each for each in letters if each[1] < 24] == []


def test_keys_lead_from_block_to_block(wall: Wall) -> None:
    words, keys = wall.words, wall.page.keyboard
    for key, title in (
        *(("ArrowRight", "Break"), ("PageDown", "Deepen"), ("ArrowLeft", "Break")),
        *(("PageUp", "Explore"), ("ArrowLeft", "Look back"), ("ArrowLeft", "Check-in")),
        *(("ArrowLeft", "Our agenda"), ("ArrowLeft", "Our agenda"), ("ArrowRight", "Check-in")),
    ):
        keys.press(key)
        expect(wall.title).to_have_text(words(title) if title == "Our agenda" else IN_DUTCH[title])


IN_DUTCH = {
    "Break": "Pauze",
    "Deepen": "Verdiepen",
    "Explore": "Verkennen",
    "Look back": "Terugkijken",
    "Check-in": "Inchecken",
}


def test_nothing_moves_until_somebody_starts_it(wall: Wall) -> None:
    expect(wall.left).to_have_text("40:00")
    wall.page.clock.run_for(60 * 60_000)
    expect(wall.left).to_have_text("40:00")
    expect(wall.title).to_have_text("Verkennen")


def test_the_timer_is_started_paused_and_lengthened(wall: Wall) -> None:
    clock, keys = wall.page.clock, wall.page.keyboard
    keys.press(" ")
    clock.run_for(90_000)
    expect(wall.left).to_have_text("38:30")
    keys.press(" ")
    clock.run_for(600_000)
    expect(wall.left).to_have_text("38:30")
    keys.press("+")
    expect(wall.left).to_have_text("39:30")
    wall.press("Go on")
    clock.run_for(30_000)
    expect(wall.left).to_have_text("39:00")
    wall.press("Pause")
    # With the focus on a button, the space bar presses that one, and once.
    keys.press(" ")
    clock.run_for(30_000)
    expect(wall.left).to_have_text("38:30")
    wall.press("Restart the timer")
    expect(wall.left).to_have_text("40:00")


def test_the_timer_goes_on_behind_another_block(wall: Wall) -> None:
    clock, keys = wall.page.clock, wall.page.keyboard
    keys.press(" ")
    keys.press("ArrowRight")
    expect(wall.title).to_have_text("Pauze")
    expect(wall.left).to_have_text("15:00")
    clock.run_for(60_000)
    expect(wall.left).to_have_text("15:00")
    keys.press("ArrowLeft")
    expect(wall.title).to_have_text("Verkennen")
    expect(wall.left).to_have_text("39:00")


def test_at_the_end_it_says_so_once_and_waits(wall: Wall) -> None:
    clock = wall.page.clock
    wall.press("Start the timer")
    clock.run_for(50 * 60_000)
    expect(wall.left).to_have_text("0:00")
    expect(wall.page.get_by_role("status")).to_have_text(wall.words("The time is up."))
    expect(wall.title).to_have_text("Verkennen")
    # Five minutes more are five, however long ago it was up.
    wall.page.locator("[data-longer='5']").click()
    expect(wall.left).to_have_text("5:00")
    clock.run_for(60_000)
    expect(wall.left).to_have_text("4:00")
    expect(wall.page.get_by_role("status")).to_have_text("")


def test_an_agenda_that_changed_changes_the_timer(wall: Wall) -> None:
    clock = wall.page.clock
    wall.press("Start the timer")
    clock.run_for(60_000)
    wall.page.goto(wall.path.removesuffix("/wall") + "/agenda")
    longer = wall.page.locator(".agenda > li").nth(2).locator("form[action$='/minutes'] button")
    longer.last.click()
    wall.page.goto(f"{wall.path}?block=3")
    expect(wall.left).to_have_text(re.compile("^44:"))


def test_without_a_script_the_wall_is_links(server: Server, open_browser: OpenBrowser) -> None:
    fem = facilitator(server, open_browser, "nl", BEAMER)
    path = f"{meeting(fem, 2)}/wall"
    still = open_browser(server, "nl", java_script_enabled=False)
    still.context.add_cookies(fem.page.context.cookies())
    still.goto(path)
    still.get_by_role("link", name="Verkennen").click()
    expect(still.locator("[role=timer]")).to_have_text("40 minuten")
    expect(still.get_by_role("button")).to_have_count(0)
    still.locator("a[rel=next]").click()
    expect(still.get_by_role("heading", level=1)).to_have_text("Pauze")


@languages
def test_the_print_set_is_pages_of_paper(
    server: Server, open_browser: OpenBrowser, language: Language
) -> None:
    fem = facilitator(server, open_browser, language, LAPTOP)
    path, words = meeting(fem, 2), fem.words
    fem.open(f"{path}/print")
    expect(fem.page.get_by_role("button", name=words("Print"), exact=True)).to_be_visible()
    whole = paper(fem.page)
    assert plain(TITLE) in whole[0]
    for left_out in ("What do you print?", "My account"):
        assert plain(words(left_out)) not in "".join(whole)
    for unwanted in ("sheets", "cards"):
        fem.page.locator(f"input[value={unwanted}]").uncheck()
    fem.press("Show these")
    # It leads to a page of its own, and one that is on its way cannot be printed.
    fem.page.wait_for_url(f"**{path}/print?*")
    # The whole agenda fits on one page, to hang up.
    [agenda] = paper(fem.page)
    assert plain(words("The end")) in agenda
    fem.open(f"{path}/print?chosen=yes&paper=sheets")
    sheets = paper(fem.page)
    assert len(sheets) == fem.page.locator(".work-sheet, .cut-out").count()


def paper(page: Page) -> list[str]:
    """The printed pages, each as its letters; all of them A4."""
    return pages_of(page.pdf(prefer_css_page_size=True))


def pages_of(pdf: bytes) -> list[str]:
    """The pages of a PDF, each as its letters; all of them A4."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert {(round(each.mediabox.width), round(each.mediabox.height)) for each in pages} == {A4}
    return [plain(each.extract_text()) for each in pages]
