"""Names that are long, or that run from right to left: nothing is cut off, nothing turns around."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.checks import HEIGHT, TOO_WIDE, WIDTHS
from tests.browser.client import Client
from tests.browser.conftest import LAPTOP, CheckPage, NewContext, OpenBrowser
from tests.browser.pages import FEED_FORWARD, sheet
from tests.browser.server import Person, Server, somebody
from tests.forms import Form
from zetwpo.accounts.actors import Role
from zetwpo.i18n import Language

OWN = sheet(Form.SELF, "2 2 2 2 2  2 2 2  2 2  2 2 2 2 2  2 2 2 2")
TIP = {(FEED_FORWARD, "pedagogical"): "Een tip"}
STUDENT = sheet(Form.STUDENT, "7 6 6 6 5  6 6 6 6  5 5  6 5 6 7 6  6 4", TIP)

LONG = "Wolfeschlegelsteinhausenbergerdorff" * 3 + "vonundzutalsund"
HEBREW, ARABIC = "נועה", "محمد"

# Where each of these words is drawn, from left to right, in the element that holds them all.
DRAWN = """([selector, words]) => [...document.querySelectorAll(selector)].map((element) => {
  const places = [];
  const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) {
    for (const word of words) {
      const at = nodes.currentNode.data.indexOf(word);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(nodes.currentNode, at);
      range.setEnd(nodes.currentNode, at + word.length);
      const { left, top } = range.getBoundingClientRect();
      places.push([Math.round(top), left, word]);
    }
  }
  return places.sort((one, other) => one[0] - other[0] || one[1] - other[1]).map(([, , w]) => w);
})"""


def drawn(page: Page, selector: str, *words: str) -> list[list[str]]:
    """The words in each element, in the order in which somebody sees them."""
    found: list[list[str]] = page.evaluate(DRAWN, [selector, words])
    return found


def person(name: str) -> Person:
    return Person(name, somebody("Iemand").email)


def with_result(server: Server, name: str, language: Language, *names: str) -> tuple[Client, str]:
    """A supervisor of this name with a result, for which students of these names shared."""
    owner = server.add_person(person(name), Role.SUPERVISOR)
    client = Client(server)
    client.sign_in(owner)
    client.speak(language)
    scan = client.start_scan()
    client.fill_in(scan, OWN)
    for each in names:
        guest, form = Client(server), client.ask(scan, "student", person(each), language)
        guest.fill_in(form, STUDENT)
        guest.share(form)
    client.submit(scan)
    return client, scan


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_name_of_one_long_word_fits_on_every_page(
    server: Server,
    open_browser: OpenBrowser,
    new_context: NewContext,
    check_page: CheckPage,
    tmp_path: Path,
    language: Language,
) -> None:
    assert len(LONG) == 120
    client, scan = with_result(server, LONG, language, LONG, LONG, "Noor")
    form = client.ask(scan, "student", person(LONG), language, "Graag!")
    page = open_browser(server, language, client)
    pages = ["/start", f"{scan}/result", f"{scan}/feedback", f"{scan}/learning-question"]
    for path in [*pages, "/my-data"]:
        page.goto(path)
        page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
        check_page(page)
    page.goto(f"{scan}/feedback")
    page.locator("a[href$='/withdraw']").click()
    check_page(page)
    guest = open_browser(server, language)
    for path in (form, f"{form}/part/1", f"{form}/preview"):
        guest.goto(path)
        check_page(guest)
    file = tmp_path / "my-data.html"
    file.write_text(client.get("/my-data/all.html").text)
    offline = new_context().new_page()
    offline.goto(file.as_uri())
    for width in WIDTHS:
        offline.set_viewport_size({"width": width, "height": HEIGHT})
        assert offline.evaluate(TOO_WIDE) == [], f"the file at {width}"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_name_from_the_right_stays_with_its_own_figure(
    server: Server, open_browser: OpenBrowser, language: Language
) -> None:
    client, scan = with_result(server, "Olga", language, HEBREW, ARABIC, "Noor")
    page = open_browser(server, language, client, viewport=LAPTOP)
    page.goto(f"{scan}/result")
    order = [HEBREW, ARABIC, "Noor"]
    sentences = drawn(page, ".difference > p:not(.opening)", *order)
    assert {tuple(names) for names in sentences if len(names) == 3} == {tuple(order)}
    legend = drawn(page, ".chart-legend label", *order, "(student)")
    assert legend == [[], *([name, "(student)"] for name in order)]


def test_a_number_beside_a_name_from_the_right_stays_behind_it(
    server: Server, open_browser: OpenBrowser
) -> None:
    client, scan = with_result(server, HEBREW, "en", ARABIC, ARABIC)
    page = open_browser(server, "en", client, viewport=LAPTOP)
    page.goto(f"{scan}/feedback")
    names = drawn(page, ".asked strong", ARABIC, "(student", "1)", "2)")
    assert names == [[ARABIC, "(student", "1)"], [ARABIC, "(student", "2)"]]
    page.goto(f"{scan}/result")
    captions = drawn(page, ".words figcaption > span", ARABIC, "(student", "tip")
    assert captions == [[ARABIC, "(student", "tip"]] * 2
    form = client.ask(scan, "school_trainer", person("Tess"), "en")
    guest = open_browser(server, "en", viewport=LAPTOP)
    guest.goto(f"{form}/part/1")
    [about] = drawn(guest, ".about", "Feedback", HEBREW)
    assert about == ["Feedback", HEBREW]
