"""A browser with an engine of its own: only what people do, small enough for any driver."""

import time
from abc import ABC, abstractmethod
from typing import Any

from tests.browser.client import Client
from tests.browser.server import Server
from tests.waiting import wait_until

IN_SIGHT = "document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })"
# In seconds: longer than a page waits before it saves.
PAUSE = 1.2


class Engine(ABC):
    """One browser, with one page that counts."""

    def __init__(self, server: Server) -> None:
        self.server = server

    @abstractmethod
    def go_to(self, address: str) -> None:
        """Open an address, and wait until its page is there."""

    @abstractmethod
    def find(self, selector: str) -> Any:
        """The first element with this CSS selector, with `click` and `send_keys` as drivers do."""

    @abstractmethod
    def script(self, code: str, *values: Any) -> Any:
        """What this script on the page returns."""

    @abstractmethod
    def add_cookie(self, cookie: dict[str, Any]) -> None:
        """Let the browser have a cookie of the site that it looks at."""

    @abstractmethod
    def go_back(self) -> None:
        """Press Back."""

    @abstractmethod
    def reload(self) -> None:
        """Press F5."""

    def sign_in(self, client: Client) -> None:
        """Be the person who is signed in elsewhere already."""
        self.open("/accessibility")
        for name, value in client.cookies.items():
            self.add_cookie({"name": name, "value": value, "path": "/", "secure": True})

    def open(self, path: str) -> None:
        """Open a page."""
        self.go_to(f"{self.server.address}{path}")

    def press(self, selector: str) -> None:
        """Click on something."""
        # Not below the line that stays at the end of the window.
        self.script(IN_SIGHT, selector)
        self.find(selector).click()

    def write(self, selector: str, text: str) -> None:
        """Type, at the end of what is there."""
        self.find(selector).send_keys(text)

    def arrives(self, ending: str) -> None:
        """Expect a page whose address ends like this, whole and with its scripts done."""
        wait_until(
            lambda: bool(
                self.script(
                    "return document.readyState === 'complete' && document.querySelector('main')"
                    " && location.pathname.endsWith(arguments[0])",
                    ending,
                )
            )
        )

    def count(self, selector: str) -> int:
        """How many elements have this selector."""
        return int(self.script("return document.querySelectorAll(arguments[0]).length", selector))

    def value(self, name: str) -> str:
        """What the field with this name shows; of a choice, what is chosen."""
        code = "return document.querySelector('main form[data-typed]').elements[arguments[0]].value"
        return str(self.script(code, name))

    def status(self) -> str:
        """The line that says what was saved."""
        code = "return document.querySelector('form [role=status]')?.textContent ?? ''"
        return str(self.script(code))

    def let_pause_pass(self) -> None:
        """Give the page the time in which it would save by itself."""
        time.sleep(PAUSE)

    def says(self, words: str) -> None:
        """Expect these words in that line."""
        wait_until(lambda: words in self.status())
