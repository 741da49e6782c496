"""The watch over every browser hears what it is there for."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext

from tests.browser.checks import hard_to_find
from tests.browser.conftest import OpenBrowser
from tests.browser.pages import Visitor
from tests.browser.server import Server
from tests.browser.watch import Watch
from tests.browser.words import Words

# What a page must not do, and a word of what the watch then says.
MISDEEDS = {
    "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">')": "style-src",
    "fetch('http://localhost:1/').catch(() => 0)": "connect-src",
    "open('http://localhost:1/')": "another host",
    "console.error('ouch')": "ouch",
    "setTimeout(() => { throw new Error('oops') })": "oops",
    "document.head.append(Object.assign(new Image(), { src: '/nowhere.png' }))": "part of a page",
}

# What hides the focus from whoever has no mouse, and a word of what is said about it.
HIDDEN = {
    "link.style.outline = 'none'": "without an outline",
    "link.style.cssText = 'position: fixed; left: -500px'": "out of sight",
    "footer.style.cssText = 'position: fixed; inset: 0; z-index: 9'": "covered",
}


def test_the_watch_hears(server: Server, new_context: Callable[..., BrowserContext]) -> None:
    context = new_context(base_url=server.address)
    watch = Watch(context, server.address)
    visitor = Visitor(context.new_page(), Words("nl"))
    visitor.open("/")
    assert watch.troubles == []
    for deed, word in MISDEEDS.items():
        visitor.page.evaluate(deed)
        visitor.wait_until(lambda word=word: any(word in each for each in watch.troubles))


def test_a_focus_that_nobody_sees_is_found(server: Server, open_browser: OpenBrowser) -> None:
    visitor = Visitor(open_browser(server), Words("nl"))
    for deed, word in HIDDEN.items():
        visitor.open("/")
        assert hard_to_find(visitor.page) == []
        names = "link = document.querySelector('main a'), footer = document.querySelector('footer')"
        visitor.page.evaluate(f"() => {{ const {names}; {deed}; }}")
        assert any(each.startswith(word) for each in hard_to_find(visitor.page)), deed
