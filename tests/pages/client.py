"""A browser without scripts: it follows links and forms, and inspects every page that it gets."""

import re
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.pages.html import Element, read
from tests.pages.inspection import inspect

Fields = dict[str, Any]
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
# What is different each time that the same page is asked for.
ONE_TIME = re.compile(rf'nonce="[^"]+"|{TOKEN.pattern}')
KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# A page that was inspected needs no second look.
_inspected: set[int] = set()


class Page:
    """An answer of the application: a page, a file, or the way to the next page."""

    def __init__(self, browser: "Browser", response: TestResponse, path: str) -> None:
        self.browser = browser
        self.response = response
        self.path = path
        self.status = response.status_code
        if self._is_page:
            look = hash((browser.language, self.look))
            if look not in _inspected:
                inspect(self.tree, response.headers, browser.language)
                _inspected.add(look)

    @property
    def _is_page(self) -> bool:
        is_html = self.response.mimetype == "text/html" and self.response.data[:1] == b"<"
        return is_html and not self.response.location

    @cached_property
    def look(self) -> str:
        """The page without what is different each time, without the own address, and with numbers
        for keys: what is on it looks the same for another person and on another database.
        """
        text = ONE_TIME.sub("", self.response.text).replace(self.path, "")
        numbers: dict[str, str] = {}
        return KEY.sub(lambda key: numbers.setdefault(key[0], f"key {len(numbers)}"), text)

    @cached_property
    def tree(self) -> Element:
        """The page as elements; empty for a file."""
        return read(self.response.text) if self._is_page else Element("")

    @property
    def text(self) -> str:
        """What there is to read."""
        return self.tree.text

    @property
    def main(self) -> Element:
        """The page without what surrounds every page."""
        [found] = self.tree.all("main")
        return found

    @property
    def heading(self) -> str:
        [found] = self.tree.all("h1")
        return found.text

    @property
    def json(self) -> Any:
        return self.response.get_json(force=True)

    @property
    def location(self) -> str:
        """Where it leads to; empty for a page."""
        return _local(self.response.location or "")

    @property
    def links(self) -> list[str]:
        """The addresses that one can go to from here."""
        return [each.get("href") for each in self.tree.all("a") if each.get("href")[:1] != "#"]

    @property
    def token(self) -> str:
        """The word on the page against forged forms."""
        return TOKEN.findall(self.response.text)[0]

    @property
    def errors(self) -> list[str]:
        """What has to be mended, by the field to which it leads."""
        boxes = [each for each in self.main.walk() if each.get("class") == "errors"]
        return [link.get("href")[1:] for box in boxes for link in box.all("a")]

    def follow(self) -> "Page":
        """Go where it leads to."""
        assert self.status in {302, 303}, f"{self.status}: {self.text}"
        return self.browser.get(self.location)

    def form(self, action: str = "") -> Element:
        """The form that `leads_to` this; by default the first one of the page itself."""
        return next(
            each
            for each in self.main.all("form", method="post")
            if leads_to(each.get("action"), action)
        )

    def fields(self, action: str = "") -> Fields:
        """What the form would send as it stands."""
        return _fields(self.form(action))

    def send(self, fields: Fields | None = None, *, form: str = "") -> "Page":
        """Fill in a form of this page, and send it."""
        found = self.form(form)
        path = _local(found.get("action"))
        data = _fields(found) | (fields or {})
        return self.browser.post(path, data, token=data["csrf_token"], shown_on=self.path)

    def value(self, name: str) -> str:
        """What stands in this field, or which choice is made."""
        for each in self.main.all("form", method="post"):
            found = _fields(each)
            if name in found:
                return str(found[name])
        return ""


class Browser:
    """One person's browser. `language` is the one chosen on the page; None for not chosen."""

    def __init__(self, app: Flask, language: str | None = "en") -> None:
        self.app = app
        self.language = language
        self.client = app.test_client()
        if language:
            with self.client.session_transaction() as session:
                session["language"] = language

    def get(self, path: str, **rest: Any) -> Page:
        """Look at a page."""
        return Page(self, self.client.get(path, **rest), path)

    def open(self, path: str) -> Page:
        """Look at a page, wherever that leads."""
        page = self.get(path)
        return _arrived(page)

    def post(
        self,
        path: str,
        fields: Fields | None = None,
        *,
        token: str | None = None,
        shown_on: str = "",
    ) -> Page:
        """Send a form that need not stand on any page; with a token that is right."""
        data: MultiDict[str, Any] = MultiDict(fields or {})
        data["csrf_token"] = self.token() if token is None else token
        # Browsers say from which site a form comes, and from which page.
        headers = {"Origin": "http://localhost"}
        if shown_on:
            headers["Referer"] = f"http://localhost{shown_on}"
        response = self.client.post(path, data=data, headers=headers)
        return Page(self, response, path)

    def token(self) -> str:
        """The word that every page of this browser holds against forged forms."""
        return self.get("/accessibility").token

    @property
    def cookie(self) -> str:
        """The value of the session cookie; empty where there is none."""
        found = self.client.get_cookie("zetwpo")
        return found.value if found else ""

    @cookie.setter
    def cookie(self, value: str) -> None:
        self.client.set_cookie("zetwpo", value)


def _local(address: str) -> str:
    """The address without the site that it is on."""
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def leads_to(address: str, action: str) -> bool:
    """True where this is in the address, as whole parts of it: a key can begin with `add` too."""
    return _parts(action) in _parts(address)


def _parts(address: str) -> str:
    return f"/{urlsplit(address).path.strip('/')}/".replace("//", "/")


def _arrived(page: Page) -> Page:
    for _step in range(5):
        if not page.location:
            return page
        page = page.follow()
    raise AssertionError(f"this leads from page to page: {page.path}")


def _fields(form: Element) -> Fields:
    found: Fields = {}
    for select in form.all("select"):
        options = select.all("option")
        chosen = [each for each in options if "selected" in each.attributes] or options[:1]
        found |= {select.get("name"): each.get("value") for each in chosen}
    for each in form.all("input", "textarea"):
        kind, name = each.get("type"), each.get("name")
        if each.tag == "textarea":
            # A browser drops the line end right after the tag.
            found[name] = each.raw_text.removeprefix("\r\n").removeprefix("\n")
        elif kind not in {"radio", "checkbox"} or "checked" in each.attributes:
            found[name] = each.get("value")
    for each in form.all("select"):
        options = each.all("option")
        chosen = [one for one in options if "selected" in one.attributes]
        found[each.get("name")] = (chosen or options)[0].get("value")
    return found
