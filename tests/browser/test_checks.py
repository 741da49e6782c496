"""The look at a page finds what it is for: each time the page gets one mistake, made by hand."""

from typing import NamedTuple

import pytest

from tests.browser.conftest import CheckPage, OpenBrowser
from tests.browser.pages import Visitor
from tests.browser.server import Server
from tests.browser.words import Words
from zetwpo.i18n import Language

# Rules go to the end of the page's own style sheet, as its policy allows no other.
MAKE = """([html, rules]) => {
  document.querySelector("main").insertAdjacentHTML("beforeend", html);
  document.querySelector("style").append(rules);
}"""
WORDS = "<p class=made>Een zin</p>"
LINK = "<p class=made><a href=/>Een koppeling</a></p>"
WIDE, NARROW = "@media (min-width: 60em)", "@media (max-width: 30em)"
# A laptop in large letters, and what is narrower.
MIDDLE = "@media (max-width: 45em)"
FAINT = ".made { color: #aaa }"
TINY = ".made a { display: inline-block; width: 6px; height: 6px; font-size: 4px }"
HUGE = ".made { min-width: 99em }"
NARROWER = ".scale .made { position: absolute; width: 9px; min-width: 0 }"
NO_RING = ".made :focus-visible { outline: none !important }"


class Mistake(NamedTuple):
    """What is put at the end of a page, with rules for it; and how the complaint begins."""

    complaint: str
    html: str
    rules: str = ""


MISTAKES = (
    Mistake("at 390 label: ", "<input type=text>"),
    Mistake("at 1280 button-name: ", "<button></button>"),
    Mistake("at 390 valid-lang: ", "<p lang=xx>Een zin</p>"),
    Mistake("at 390 heading-order: ", "<h2>Een kop</h2><h5>Nog een</h5>"),
    Mistake("at 390 color-contrast: ", WORDS, f"{NARROW} {{ {FAINT} }}"),
    Mistake("at 1280 color-contrast: ", WORDS, f"{WIDE} {{ {FAINT} }}"),
    Mistake("at 390 target-size: ", "<p class=made><a href=/>a</a> <a href=/>b</a></p>", TINY),
    Mistake("at 390 without an outline: ", LINK, NO_RING),
    Mistake("at 1280 without an outline: ", LINK, f"{WIDE} {{ {NO_RING} }}"),
    Mistake("at 390 out of sight: ", LINK, ".made { position: fixed; left: -999px }"),
    Mistake("at 1280 covered: ", LINK, ".made::after { content: ''; position: fixed; inset: 0 }"),
    Mistake("at 320 too wide: ", WORDS, f"{NARROW} {{ .made {{ min-width: 330px }} }}"),
    Mistake("at 1280 too wide: ", WORDS, f"{WIDE} {{ .made {{ min-width: 1300px }} }}"),
    Mistake("at 320 in big letters too wide: ", WORDS, ".made { min-width: 11rem }"),
    Mistake("at 1280 in big letters too wide: ", WORDS, f"{MIDDLE} {{ {HUGE} }}"),
    Mistake("at 390 cut off: ", WORDS, ".made { height: 9px; overflow: hidden }"),
    Mistake("at 1280 in big letters cut off: ", WORDS, ".made { height: 34px; overflow: hidden }"),
    Mistake("at 390 on top of each other: ", WORDS * 2, ".made { margin: -1em 0 }"),
    Mistake("at 390 hard to hit: ", "<p class=scale><label class=made>1</label></p>", NARROWER),
)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_mistake_is_found(
    server: Server, open_browser: OpenBrowser, check_page: CheckPage, language: Language
) -> None:
    visitor = Visitor(open_browser(server, language), Words(language))
    visitor.open("/accessibility")
    visitor.speaks_own_language()
    check_page(visitor.page)
    # What nobody sees who looks at the pages in the other language.
    only_here = f":lang({language}) {FAINT}"
    for mistake in (*MISTAKES, Mistake("at 390 color-contrast: ", WORDS, only_here)):
        visitor.page.reload()
        visitor.page.evaluate(MAKE, mistake[1:])
        with pytest.raises(AssertionError, match=f"\n{mistake.complaint}"):
            check_page(visitor.page)
