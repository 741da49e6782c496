"""Chromium of somebody who has set large letters: 32 pixels where others have 16.

Nothing in a page asks for it: lengths in rem and em follow, in media queries as well.
"""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, BrowserType, Page, Route

FONT_SIZE = 32
PREFERENCES = {"webkit": {"webprefs": {"default_font_size": FONT_SIZE}}}


def launch(browser_type: BrowserType, folder: Path, **options: Any) -> BrowserContext:
    """Start it with a profile in this folder."""
    preferences = folder / "Default" / "Preferences"
    preferences.parent.mkdir()
    preferences.write_text(json.dumps(PREFERENCES))
    # What another browser made of a page is shown; its scripts are not run again.
    return browser_type.launch_persistent_context(folder, java_script_enabled=False, **options)


class BigLetters:
    """Shows what is on the screen of another browser."""

    def __init__(self, context: BrowserContext) -> None:
        self._page = context.pages[0]
        self._content = ""
        context.route(lambda _address: True, self._answer)

    def show(self, original: Page) -> Page:
        """Bring over a page as it is now, whatever led to it."""
        self._content = original.content()
        self._page.goto(original.url)
        return self._page

    def _answer(self, route: Route) -> None:
        if route.request.is_navigation_request():
            route.fulfill(body=self._content, content_type="text/html; charset=utf-8")
        else:
            route.continue_()
