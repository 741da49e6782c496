"""Letters of 32 pixels where others have 16, as somebody sees a page who has set that in Chromium.

Nothing in a page asks for it: lengths in rem and em follow, in media queries as well.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import CDPSession, Page

USUAL, LARGE = 16, 32


@contextmanager
def big_letters(page: Page) -> Iterator[None]:
    """Show a page in them for the length of the block: the same page, as it is now."""
    session = page.context.new_cdp_session(page)
    _set_size(session, LARGE)
    try:
        yield
    finally:
        _set_size(session, USUAL)
        session.detach()


def _set_size(session: CDPSession, pixels: int) -> None:
    session.send("Page.setFontSizes", {"fontSizes": {"standard": pixels}})
