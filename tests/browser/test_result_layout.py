"""How a result falls on a screen: nothing is torn from its heading, no word is broken."""

import pytest

from tests.browser.big_letters import big_letters
from tests.browser.client import Client
from tests.browser.conftest import LAPTOP, PHONE, OpenBrowser
from tests.browser.pages import EXAMPLE, FEED_FORWARD, sheet
from tests.browser.results import STUDENT, finish
from tests.browser.server import Server, somebody
from tests.browser.words import QUESTIONNAIRE
from tests.forms import Form
from zetwpo.i18n import Language

# An example and a tip about three parts: of two people, the middle part has the middle of all.
SAID = sheet(
    Form.STUDENT,
    " ".join(STUDENT.marks.values()),
    {
        (kind, axis.key): "Zo ging het die keer. " * 5
        for axis in QUESTIONNAIRE.axes[:3]
        for kind in (EXAMPLE, FEED_FORWARD)
    },
)
# In how many columns each group of words stands.
COLUMNS = "[...document.querySelectorAll('.words > div')].map(each => each.getClientRects().length)"
# Words of a label that stand on two lines.
BROKEN = """() => [...document.querySelectorAll('.lanes bdi')].flatMap(label =>
  [...label.textContent.matchAll(/\\S+/g)].filter(word => {
    const range = document.createRange();
    range.setStart(label.firstChild, word.index);
    range.setEnd(label.firstChild, word.index + word[0].length);
    return range.getClientRects().length > 1;
  }).map(word => word[0]))"""
# How many pixels of the screen the letters of the figures are.
SIZES = """() => [...document.querySelectorAll('.lanes text')].map(each =>
  parseFloat(getComputedStyle(each).fontSize) * each.getScreenCTM().a)"""
# Of each row of dots, how much of the width of its list it has.
PART = """[...document.querySelectorAll('.lanes svg')].map(each =>
  each.getBoundingClientRect().width / each.closest('ul').getBoundingClientRect().width)"""


@pytest.mark.parametrize("language", ["nl", "en"])
def test_words_about_one_part_stand_together(
    server: Server, open_browser: OpenBrowser, language: Language
) -> None:
    finished = finish(server, language)
    for name in ("Kim Vos", "Mila Smit"):
        form = finished.client.ask(finished.scan, "student", somebody(name), "nl")
        guest = Client(server)
        guest.fill_in(form, SAID)
        guest.share(form)
    page = open_browser(server, language, finished.client, viewport=LAPTOP)
    page.goto(finished.path)
    assert page.evaluate(COLUMNS) == [1, 1, 1]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_names_beside_dots_are_readable(
    server: Server, open_browser: OpenBrowser, language: Language
) -> None:
    finished = finish(server, language)
    for role in ("student", "school_trainer"):
        finished.gets_feedback(role, "Bo de Wit")
    page = open_browser(server, language, finished.client, viewport=PHONE)
    page.goto(finished.path)
    page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
    assert page.evaluate(BROKEN) == []
    assert min(page.evaluate(SIZES)) > 12
    with big_letters(page):
        parts = page.evaluate(PART)
    assert parts
    assert min(parts) > 0.75
