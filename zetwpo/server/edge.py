"""The outermost layers, around pages and files alike: what surrounds a request, and an answer.

A request says about itself where it was sent, over what and from where. All of that is checked
here once, so that nothing inside meets what it could stumble over; and whatever goes wrong all
the same gets an answer, without a word of it in a log.
"""

import ipaddress
import logging
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from zetwpo.config import Settings
from zetwpo.web import without_words

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger(__name__)

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST")
# A name with labels as long as they may be, or an address of version 6; then perhaps a port.
HOST = re.compile(
    r"(?!.{256})(?:(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}\.?|\[[0-9a-f:.]{2,45}\])(?::[0-9]{1,5})?",
    re.ASCII | re.IGNORECASE,
)
# What has no place in a query as it travels: it should have been a percent sign and two digits.
NOT_ENCODED = re.compile(r"[^\x21-\x7e]")
# A year, which is what those who test sites ask for.
HSTS_SECONDS = 365 * 24 * 3600

# When nothing of the application may be relied on: both languages, and no address.
BARE = """<!doctype html>
<html lang="nl">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>zetwpo</title>
<p>{dutch}</p>
<p lang="en">{english}</p>
</html>
"""
BAD_REQUEST = BARE.format(
    dutch="Dit adres kunnen we niet lezen.",
    english="We cannot read this address.",
).encode()
FAILURE = BARE.format(
    dutch="Er ging iets mis bij ons. Wat je eerder hebt opgeslagen, is veilig. "
    "Probeer het over een minuut nog eens.",
    english="Something went wrong on our side. What you saved before is safe. "
    "Try it again in a minute.",
).encode()


def headers(settings: Settings) -> dict[str, str]:
    """What every answer says, whatever it is, to be safe in a browser."""
    always = {
        "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
    if settings.is_https:
        always["Strict-Transport-Security"] = f"max-age={HSTS_SECONDS}"
    return always


class Understood:
    """Lets in what is well-formed, and puts the rest in order or answers it here."""

    def __init__(self, inside: "WSGIApplication") -> None:
        self._inside = inside

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer this request."""
        if not _is_understood(environ):
            return _answer(start_response, "400 Bad Request", BAD_REQUEST)
        query = environ.get("QUERY_STRING", "")
        environ["QUERY_STRING"] = NOT_ENCODED.sub(lambda found: f"%{ord(found[0]):02X}", query)
        environ["REMOTE_ADDR"] = (
            client_address(environ.get("REMOTE_ADDR", ""))
            or client_address(_peer(environ))
            or "0.0.0.0"  # noqa: S104 (nobody's address, not one to listen on)
        )
        return self._inside(environ, start_response)


def _is_understood(environ: "WSGIEnvironment") -> bool:
    if environ.get("HTTP_HOST") == "":
        del environ["HTTP_HOST"]
    if "HTTP_HOST" in environ and not HOST.fullmatch(environ["HTTP_HOST"]):
        return False
    if environ["wsgi.url_scheme"] not in {"http", "https"}:
        return False
    environ["PATH_INFO"] = environ["PATH_INFO"] or "/"
    if not environ["PATH_INFO"].startswith("/"):
        return False
    try:
        environ["PATH_INFO"].encode("latin-1").decode()
    except UnicodeError:
        return False
    return True


def _peer(environ: "WSGIEnvironment") -> str:
    """Who is at the other end of the connection: a proxy, perhaps."""
    before: dict[str, str] = environ.get("werkzeug.proxy_fix.orig", {})
    return before.get("REMOTE_ADDR") or ""


def client_address(text: str) -> str | None:
    """The address on the network in this text; None where it is none.

    Without a port or a zone; and one of version 4 as such, also where it came in as version 6.
    """
    bare = re.sub(r"^\[(.*)\](:\d+)?$|^([\d.]+):\d+$", r"\1\3", text.strip())
    try:
        found = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    mapped = found.ipv4_mapped if found.version == 6 else None
    return str(mapped or found)


class Unquoted:
    """Takes the quotes out of what proxies say.

    Each proxy adds a value behind a comma. Within quotes a comma would not count, so somebody who
    sends one quote could make values of his own take the place of those that proxies added.
    """

    def __init__(self, inside: "WSGIApplication") -> None:
        self._inside = inside

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer this request."""
        for name in FORWARDED:
            if name in environ:
                environ[name] = environ[name].replace('"', "")
        return self._inside(environ, start_response)


class Safe:
    """Gives every answer its headers, and an answer to what failed everywhere else."""

    def __init__(self, app: Flask, inside: "WSGIApplication", always: dict[str, str]) -> None:
        self._app = app
        self._inside = inside
        self._always = [(name, value, name.lower()) for name, value in always.items()]

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer this request, whatever happens."""

        def start(status: str, given: list[tuple[str, str]], *error: Any) -> Any:
            names = {name.lower() for name, _value in given}
            more = [(name, value) for name, value, low in self._always if low not in names]
            return start_response(status, given + more, *error)

        try:
            return self._inside(environ, start)
        except Exception as error:
            if self._app.config["PROPAGATE_EXCEPTIONS"]:
                raise
            log.error("a request failed outside its page\n%s", without_words(error))
            return _answer(start, "500 Internal Server Error", FAILURE)


def _answer(start_response: Any, status: str, page: bytes) -> list[bytes]:
    start_response(
        status,
        [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(page))),
            ("Cache-Control", "no-store"),
        ],
    )
    return [page]


def init_app(app: Flask, settings: Settings) -> None:
    """Put these layers around the application; call it when all others are there."""
    inside: WSGIApplication = Understood(app.wsgi_app)
    if settings.proxies:
        count = settings.proxies
        inside = Unquoted(ProxyFix(inside, x_for=count, x_proto=count, x_host=count))
    app.wsgi_app = Safe(app, inside, headers(settings))  # type: ignore[method-assign]
