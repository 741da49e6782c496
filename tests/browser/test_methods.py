"""A facilitator makes a method on a phone, and a colleague finds and prints it on a laptop."""

import io
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.client import Client
from tests.browser.conftest import LAPTOP, PHONE, CheckPage, OpenBrowser
from tests.browser.pages import Visitor
from tests.browser.server import Server, somebody
from tests.browser.words import Words
from zetwpo.accounts.actors import Role
from zetwpo.i18n import Language

TITLE = "Wandelen in tweetallen"


def visits(
    server: Server,
    open_browser: OpenBrowser,
    role: Role,
    language: Language,
    partnership: str,
    device: dict[str, int],
) -> Visitor:
    client = Client(server)
    client.sign_in(server.add_person(somebody("Fem Faber"), role, partnership=partnership))
    client.speak(language)
    visitor = Visitor(open_browser(server, language, client, viewport=device), Words(language))
    visitor.open("/start")
    return visitor


def step(page: Page, number: int) -> str:
    """How the names of the fields of a step begin."""
    name = page.locator(".step-row input[name$=_title]").nth(number).get_attribute("name")
    assert name
    return name.removesuffix("_title")


def write_step(visitor: Visitor, number: int, title: str, minutes: str) -> None:
    start = step(visitor.page, number)
    visitor.write(f"{start}_title", title)
    visitor.write(f"{start}_text", f"{title}, en praat over je vraag.")
    visitor.write(f"{start}_minutes", minutes)


def make(fem: Visitor, look: Callable[[], None]) -> None:
    """Write a method in two steps, and keep it as a draft."""
    page = fem.page
    fem.follow("Methods")
    fem.follow("Keep your own methods")
    look()
    fem.follow("Make a method")
    look()
    fem.press("Save the draft")
    fem.is_refused()
    look()
    fem.write("title", TITLE)
    fem.write("good_for", "Buiten praat je makkelijker.")
    fem.write("what", "Loop met zijn tweeën een blokje om.")
    fem.choose("phases", "explore")
    write_step(fem, 0, "Ga naar buiten", "5")
    write_step(fem, 1, "Loop", "15")
    expect(page.locator("[data-card]")).to_contain_text("Loop, en praat over je vraag.")
    # Nothing that was typed is lost on the way to another page.
    page.reload()
    expect(page.locator("[name=title]")).to_have_value(TITLE)
    expect(page.locator(f"[name={step(page, 1)}_title]")).to_have_value("Loop")
    fem.press("Save the draft")
    fem.arrives("/look")
    look()


def mend_and_publish(fem: Visitor, look: Callable[[], None]) -> None:
    """The order was wrong, after all."""
    page = fem.page
    fem.follow("Change something")
    look()
    fem.write("pitfall", "Het regent.")
    page.get_by_role("button", name=fem.words("Later")).first.click()
    page.wait_for_url("**#step-*")
    expect(page.locator(f"[name={step(page, 0)}_title]")).to_have_value("Loop")
    expect(page.locator("[name=pitfall]")).to_have_value("Het regent.")
    fem.press("Save the draft")
    fem.press("Publish it")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    look()


def test_made_on_a_phone_found_and_printed_on_a_laptop(
    server: Server, open_browser: OpenBrowser, check_page: CheckPage
) -> None:
    def looks_at(visitor: Visitor, device: dict[str, int]) -> Callable[[], None]:
        def look() -> None:
            check_page(visitor.page)
            visitor.page.set_viewport_size(device)

        return look

    place = f"Partnership {uuid.uuid4().hex[:8]}"
    fem = visits(server, open_browser, Role.FACILITATOR, "nl", place, PHONE)
    make(fem, looks_at(fem, PHONE))
    mend_and_publish(fem, looks_at(fem, PHONE))

    sam = visits(server, open_browser, Role.INSTITUTE_TRAINER, "en", place, LAPTOP)
    look = looks_at(sam, LAPTOP)
    sam.open(fem.page.url.rpartition("/")[0])
    look()
    sam.write("minutes", "30")
    sam.write("text", "wandelen")
    sam.press("Search")
    expect(sam.page.locator(".method-list h2")).to_have_text([TITLE])
    sam.follow(TITLE)
    expect(sam.page.get_by_role("heading", level=1)).to_have_attribute("lang", "nl")
    sam.follow("Print this card")
    look()
    texts = printed(sam.page)
    assert len(texts) == 1
    assert TITLE in texts[0]
    assert sam.words("Cards to print") not in texts[0]


def printed(page: Page) -> list[str]:
    """The words of each page of paper."""
    reader = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    return [each.extract_text() for each in reader.pages]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_card_of_the_product_fits_on_its_paper(
    server: Server, open_browser: OpenBrowser, check_page: CheckPage, language: Language
) -> None:
    place = f"Partnership {uuid.uuid4().hex[:8]}"
    fem = visits(server, open_browser, Role.FACILITATOR, language, place, LAPTOP)
    page = fem.page
    fem.follow("Methods")
    library = page.url
    fem.open(f"{library}?phase=check_in&minutes=2")
    check_page(page)
    fem.open(f"{library}?minutes=x")
    check_page(page)
    fem.open(f"{library}/own/new")
    fem.press("Save the draft")
    fem.is_refused()
    check_page(page)
    fem.open(library)
    page.set_viewport_size(LAPTOP)
    boxes = page.locator("input[name=card]")
    count = boxes.count()
    for box in boxes.all():
        box.check()
    fem.press("Show the ticked cards for printing")
    titles = page.locator(".paper-card h2").all_text_contents()
    assert len(titles) == count
    pages = printed(page)
    assert len(pages) == -(-count // 2), "a card is larger than half a page"
    for number, title in enumerate(titles):
        assert squeezed(title) in squeezed(pages[number // 2])
    fem.choose("size", "one")
    page.locator("input[name=sheets]").uncheck()
    fem.press("Show it like this")
    expect(page.locator(".paper-cards.one .paper-card")).to_have_count(count)
    assert len(printed(page)) == count, "a card is larger than a page"

    fem.open(f"{library}/cards?card=training_didactics&sheets=yes")
    check_page(page)
    page.set_viewport_size(LAPTOP)
    # The card, two boards and twenty slips, ten on a page.
    assert len(printed(page)) == 5
    fem.open(f"{library}/questions")
    check_page(page)
    page.set_viewport_size(LAPTOP)
    fem.press("Show the cards for printing")
    page.wait_for_url("**/questions/cards?**")
    check_page(page)
    slips = page.locator(".slips li").count()
    assert len(printed(page)) == -(-slips // 10)


def squeezed(text: str) -> str:
    """Without spaces, which paper has at other places."""
    return "".join(text.split())
