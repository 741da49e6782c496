"""The Nu HTML checker: what the server sends is HTML and CSS by the letter of the standards."""

import json
import subprocess
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import BrowserContext, Page, Response

from zetwpo.config import ROOT

# `tools/test_machine` puts it there.
JAR = ROOT / ".venv" / "vnu.jar"

# Not mistakes: what the checker has not heard of yet, and browsers have known since 2023 at least.
# `test_exceptions` fails for one that it stopped complaining of.
UNKNOWN = "CSS: “{0}”: Property “{0}” doesn't exist."
EXCEPTIONS = {
    UNKNOWN.format("vector-effect"): "lines as thick in a small drawing as in a large one",
    UNKNOWN.format("paint-order"): "figures with a white edge, above the lines of a chart",
    UNKNOWN.format("container-type"): "a chart follows the width of its box",
    "CSS: Unrecognized at-rule “@container”": "the same",
}


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
        addresses = list(self._pages.values())
        return [
            f"{addresses[complaint.page]}: {complaint.message} {complaint.extract}"
            for complaint in check(self._pages)
            if complaint.message not in EXCEPTIONS
        ]

    def _hear(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self._newest[response.frame.page] = response


@dataclass(frozen=True)
class Complaint:
    """What the checker has to say, and of which piece of which page (from 0)."""

    page: int
    message: str
    extract: str


def check(pages: Collection[str]) -> list[Complaint]:
    """All that the checker has to say of these pages."""
    with TemporaryDirectory() as folder:
        files = [Path(folder, f"{number}.html") for number in range(len(pages))]
        for file, page in zip(files, pages, strict=True):
            file.write_text(page)
        options = ["--stdout", "--exit-zero-always", "--format", "json"]
        done = subprocess.run(
            ["java", "-Xss1m", "-jar", JAR, *options, *files], capture_output=True, check=True
        )
    return [
        Complaint(int(Path(each["url"]).stem), each["message"], each.get("extract", ""))
        for each in json.loads(done.stdout)["messages"]
    ]
