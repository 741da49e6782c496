"""How long the result is, and how soon it says something: the demo, with three respondents."""

import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.site import COOKIE, make_site, serving
from tests.bench.table import Row
from tests.chromium import launch_arguments

RESPONDENTS = 3
LAPTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
# The first thing that the page points out begins with an element that says so.
INSIGHT = "document.querySelector('[data-insight]')?.getBoundingClientRect().top ?? null"
HEIGHT = "document.documentElement.scrollHeight"
# As the writer of Chromium puts each page of a document.
PRINTED_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


def measure(folder: Path) -> list[Row]:
    """The height on a laptop, the place of the first insight on a phone, and the pages of paper."""
    site = make_site(folder, RESPONDENTS)
    site.get(site.result)
    with serving(site.app) as port, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**launch_arguments())
        reader = Reader(chromium, f"http://127.0.0.1:{port}", site.cookie, site.result)
        return [reader.height(), reader.first_insight(), reader.paper()]


class Reader:
    """The supervisor, who opens the result."""

    def __init__(self, chromium: Browser, address: str, cookie: str, path: str) -> None:
        self._chromium = chromium
        self._cookie = {"name": COOKIE, "value": cookie, "url": address}
        self._address = f"{address}{path}"

    def height(self) -> Row:
        """Of the whole page, with everything folded as it is at first."""
        heights = {}
        for name, window in (("laptop", LAPTOP), ("phone", PHONE)):
            with self._opened(window) as page:
                heights[name] = page.evaluate(HEIGHT)
        what = f"height of the result at {LAPTOP['width']} px"
        detail = f"{RESPONDENTS} respondents; {heights['phone']} px at {PHONE['width']} px"
        return Row(what, heights["laptop"], 3500, "px", detail)

    def first_insight(self) -> Row:
        """From the top of the page."""
        with self._opened(PHONE) as page:
            top = page.evaluate(INSIGHT)
        detail = "" if top else "no element of the page says that it is one"
        what = f"first insight at {PHONE['width']} px"
        return Row(what, top or math.inf, 900, "px", detail)

    def paper(self) -> Row:
        """As Chromium prints it, with everything unfolded."""
        with self._opened(LAPTOP) as page:
            pages = len(PRINTED_PAGE.findall(page.pdf(prefer_css_page_size=True)))
        return Row("printed pages", pages, 5, "A4", f"{RESPONDENTS} respondents, in Chromium")

    @contextmanager
    def _opened(self, window: dict[str, int]) -> Iterator[Page]:
        with self._chromium.new_context(viewport=window) as context:  # type: ignore[arg-type]
            context.add_cookies([self._cookie])  # type: ignore[list-item]
            page = context.new_page()
            page.goto(self._address, wait_until="networkidle")
            yield page
