"""Pages as the server sent them, before a browser made the best of it."""

from contextlib import suppress

from playwright.sync_api import BrowserContext, Error, Page, Response

from tests.html_checker import check


class Sources:
    """Pages as the server sent them."""

    def __init__(self) -> None:
        self._newest: dict[Page, Response] = {}
        self._pages: dict[str, str] = {}

    def listen(self, context: BrowserContext) -> None:
        """Hear what arrives in a browser."""
        context.on("response", self._hear)

    def add(self, page: Page) -> None:
        """Keep the page that this browser shows, also where it answers a form."""
        self._pages[self._newest[page].text()] = page.url

    def complaints(self) -> list[str]:
        """What is wrong with them, after the address; what is excepted is left out."""
        if not self._pages:
            return []
        addresses = list(self._pages.values())
        return [
            f"{addresses[complaint.page]}: {complaint.message} {complaint.extract}"
            for complaint in check(self._pages)
            if not complaint.is_excepted
        ]

    def _hear(self, response: Response) -> None:
        if not response.request.is_navigation_request():
            return
        # A page that is only being opened has no frame yet; a test looks at none of these.
        with suppress(Error):
            self._newest[response.frame.page] = response
