"""The watch over every browser hears what it is there for."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext

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


def test_the_watch_hears(server: Server, new_context: Callable[..., BrowserContext]) -> None:
    context = new_context(base_url=server.address)
    watch = Watch(context, server.address)
    visitor = Visitor(context.new_page(), Words("nl"))
    visitor.open("/")
    assert watch.troubles == []
    for deed, word in MISDEEDS.items():
        visitor.page.evaluate(deed)
        visitor.wait_until(lambda word=word: any(word in each for each in watch.troubles))
