"""Looks over the shoulder of a visitor: nothing may go wrong that only a console tells."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

# Told by the browser itself about a page or a message that was refused, as tests want them to be.
EXPECTED = "Failed to load resource"
# What a page needs to be whole.
PARTS = frozenset({"stylesheet", "script", "image", "font", "media"})
# Violations of the security policy break nothing that one sees; this makes them heard.
LISTENER = """
addEventListener("securitypolicyviolation", (event) => console.error(
  "security policy", event.effectiveDirective, event.blockedURI, event.sourceFile));
"""


class Watch:
    """Keeps what went wrong in one browser."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.troubles: list[str] = []
        self._address = address
        context.add_init_script(LISTENER)
        context.on("console", self._hear)
        context.on("weberror", self._note_error)
        context.on("request", self._note_stranger)
        context.on("response", self._note_refusal)
        context.on("requestfailed", self._note_failure)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(EXPECTED):
            self.troubles.append(f"{message.type}: {message.text}")

    def _note_error(self, error: WebError) -> None:
        self.troubles.append(f"not caught: {error.error}")

    def _note_stranger(self, request: Request) -> None:
        if not request.url.startswith((f"{self._address}/", "data:", "blob:", "about:")):
            self.troubles.append(f"asked of another host: {request.url}")

    def _note_refusal(self, response: Response) -> None:
        if response.status >= 500:
            self.troubles.append(f"{response.status}: {response.url}")
        if response.status >= 400 and response.request.resource_type in PARTS:
            self.troubles.append(f"{response.status} for a part of a page: {response.url}")

    def _note_failure(self, request: Request) -> None:
        # A page that is left takes its unfinished requests with it.
        if request.resource_type in PARTS and request.failure != "net::ERR_ABORTED":
            self.troubles.append(f"{request.failure}: {request.url}")
