"""A browser without a window: quick, for what a test only needs to have happened before."""

import re
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from html import unescape
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from tests.browser.mailbox import SIGN_IN
from tests.browser.pages import Sheet
from tests.browser.server import Person, Server

PATIENCE = 30
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
KEY = re.compile(r'name="form_key" value="([^"]*)"')
SEEN = re.compile(r'name="seen" value="([^"]*)"')


@dataclass(frozen=True)
class Reply:
    """What the server answered."""

    status: int
    location: str
    text: str


class Client:
    """Sends what the forms of the pages would send, and keeps its cookies."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.cookies: dict[str, str] = {}
        self._token = ""

    def get(self, path: str, method: str = "GET") -> Reply:
        """Look at a page."""
        return self._send(method, path)

    def post(self, path: str, **fields: object) -> Reply:
        """Send a form, with the token that a page gives along."""
        if not self._token:
            self.get("/accessibility")
        body = urlencode({"csrf_token": self._token} | fields)
        return self._send("POST", path, body)

    def sign_in(self, person: Person) -> None:
        """Ask for a link and use it."""
        self.post("/sign-in", email=person.email)
        self.server.send_mails()
        link = urlsplit(self.server.mailbox.take(person.email, SIGN_IN).link).path
        assert self.post(link).location == "/start"

    def start_scan(self) -> str:
        """Start a self-scan; returns where it lives."""
        return self.post("/scan/start").location.removesuffix("/part/1")

    def fill_in(self, form: str, filled: Sheet) -> None:
        """Save all parts of a form, over whatever was there."""
        for number, fields in enumerate(filled.fields, 1):
            self.save(f"{form}/part/{number}", fields)

    def save(self, part: str, fields: Mapping[str, str]) -> None:
        """Save these fields of one part, after having seen what is stored."""
        assert self.post(part, seen=self._seen(part), **fields).status == 303

    def submit(self, scan: str) -> None:
        """Hand in a self-scan."""
        seen = self._seen(f"{scan}/check")
        assert self.post(f"{scan}/submit", seen=seen).location == f"{scan}/finished"

    def share(self, form: str) -> None:
        """Share feedback now."""
        assert self.post(f"{form}/share", seen=self._seen(f"{form}/preview")).status == 303

    def save_account(self, name: str, language: str) -> None:
        """Change name and language."""
        page = "/my-account"
        sent = self.post(page, seen=self._seen(page), name=name, language=language)
        assert sent.status == 303

    def write_question(self, scan: str, axis: str, text: str) -> None:
        """Save a learning question."""
        page = f"{scan}/learning-question"
        assert self.post(page, seen=self._seen(page), axis=axis, text=text).status == 303

    def speak(self, language: str) -> None:
        """Choose a language."""
        self.post("/language", language=language)

    def ask(self, scan: str, role: str, person: Person, language: str, word: str = "") -> str:
        """Ask somebody for feedback; returns where their form lives."""
        (key,) = KEY.findall(self.get(f"{scan}/feedback").text)
        asked = {"role": role, "name": person.name, "email": person.email}
        more = {"form_key": key, "mail_language": language, "word": word}
        assert self.post(f"{scan}/feedback", **asked, **more).status == 303
        self.server.send_mails()
        return urlsplit(self.server.mailbox.take(person.email).link).path

    def _seen(self, path: str) -> str:
        """What this page says that it shows."""
        return unescape(SEEN.findall(self.get(path).text)[0])

    def _send(self, method: str, path: str, body: str = "") -> Reply:
        headers = {"Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        # A new connection for each: the server closes one that was idle for long.
        with closing(HTTPConnection("127.0.0.1", self.server.port, timeout=PATIENCE)) as connection:
            connection.request(method, path, body or None, headers)
            response = connection.getresponse()
            text = response.read().decode()
        for header in response.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(header).items():
                self.cookies[name] = morsel.value
        found = TOKEN.search(text)
        if found:
            self._token = found[1]
        return Reply(response.status, response.headers.get("Location", ""), text)
