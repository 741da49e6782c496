"""What every request shares: one commit, security headers, and error pages that lose no text."""

import logging
import secrets
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from copy import deepcopy
from dataclasses import dataclass
from traceback import format_tb
from types import TracebackType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import (
    Flask,
    Response,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    session,
)
from flask.templating import Environment
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError, TimeoutError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.routing import IntegerConverter

from zetwpo import second_click
from zetwpo.config import Settings
from zetwpo.database.turns import reading, writing
from zetwpo.errors import NextPage, Refusal
from zetwpo.extensions import db
from zetwpo.first_names import first_name
from zetwpo.i18n import lazy_gettext as _

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

log = logging.getLogger(__name__)

# With these somebody looks, and changes nothing.
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

# What a refused form is allowed to carry back to its author.
LARGEST_ECHO = 200_000
# Of an address with its path, as browsers send it; a longer one takes long to read.
LONGEST_SITE = 4000
PORTS = {"http": 80, "https": 443}
# Left out: the page that gives the form back has a fresh one.
UNWRITTEN_FIELDS = frozenset({"csrf_token"})
# Goes along unseen.
BOOKKEEPING = frozenset(
    {
        "clear",
        "form_key",
        "instead_of",
        "key",
        "kind",
        "next",
        "seen",
        "source",
        "tried",
        second_click.LEADS_TO,
    }
)
# As the radio buttons of a statement send them.
ANSWERS = frozenset("1234567") | {"cannot_judge"}


class ShortNumber(IntegerConverter):
    """A number in an address, from 0 to 999999 and in plain figures: a longer one leads nowhere.

    No database takes numbers of any length.
    """

    regex = "[0-9]{1,6}"


class PlainGlobals(Environment):
    """Templates whose globals are one dictionary, and not a chain of them.

    Jinja compares and copies them with each template and each import: a tenth of a page. They are
    all there before the first template is.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Those of the environment, and over them those of one template."""
        return {**self.globals, **(d or {})}


class Application(Flask):
    """A Flask application in which one request is one transaction."""

    jinja_environment = PlainGlobals

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        # What has the last word before an answer counts; it raises to refuse.
        self.final_checks: list[Callable[[], None]] = []

    def wsgi_app(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer; looking at a page can change nothing, whatever its view does."""
        with reading() if environ["REQUEST_METHOD"] in SAFE_METHODS else writing():
            return super().wsgi_app(environ, start_response)

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view, then keep all that it stored, or nothing.

        Inside Flask's own try block, so that a commit that fails (a full disk) gets its error
        page like any other failure, and the sender gets the text back.
        """
        before = deepcopy(dict(session))
        try:
            response = self.make_response(super().dispatch_request())
            for check in self.final_checks:
                check()
            is_refused = response.status_code >= 400 and not g.get("is_stored_in_part")
            if request.method in SAFE_METHODS or is_refused:
                db.session.rollback()
            else:
                db.session.commit()
        except Exception:
            # What did not happen leaves no message that it did, and signs nobody out.
            if dict(session) != before:
                session.clear()
                session.update(before)
            raise
        return response

    def log_exception(
        self,
        exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None],
    ) -> None:
        """Write down where it went wrong, and nothing of what somebody sent.

        The message of an error can hold an answer, and a path the word that opens a link:
        neither belongs in a log (trust: promise 15).
        """
        self.logger.error("%s failed\n%s", request.endpoint, without_words(exc_info[1]))


def without_words(error: BaseException | None) -> str:
    """The kinds of an error and of what led to it, with the lines of code; no message, no value."""
    parts = []
    while error is not None:
        parts.append(type(error).__qualname__ + "\n" + "".join(format_tb(error.__traceback__)))
        error = error.__cause__ or error.__context__
    return "\nduring\n".join(parts)


def store_in_part() -> None:
    """Keep what this request stores, also where its answer refuses other fields of the form."""
    g.is_stored_in_part = True


def see_other(address: str) -> Response:
    """Answer a POST with the address of the next page, so that a reload sends nothing twice."""
    return redirect(address, code=303)  # type: ignore[return-value]


def download(content: bytes | str, name: str, mimetype: str) -> Response:
    """A file to keep. Its name has letters, figures and dashes alone, also where translated."""
    response = current_app.response_class(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def local_path(address: str | None, otherwise: str) -> str:
    """The address if it is a path on this site, else the other one: never a way off the site."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return otherwise
    # Browsers leave out line breaks and tabs, after which it could be another site after all.
    return address if address.isprintable() else otherwise


def form_path(otherwise: str) -> str:
    """The path and query that show this page again, also where it is the answer to a form.

    The form's own path where one can look at it, or the page that showed the form.
    """
    here = request.full_path.removesuffix("?")
    if request.method in SAFE_METHODS:
        return here
    paths = [here]
    if _is_from_own_page():
        shown_on = _path_of(request.referrer or "")
        # The page of a form can have a query that its answer lacks.
        is_same_page = shown_on.partition("?")[0] == request.path
        paths = [shown_on, here] if is_same_page else [here, shown_on]
    return next((path for path in paths if _can_be_looked_at(path)), otherwise)


def _path_of(address: str) -> str:
    """The path of an address, with its query."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _can_be_looked_at(path: str) -> bool:
    bare = path.partition("?")[0]
    try:
        current_app.create_url_adapter(request).match(bare, "GET")  # type: ignore[union-attr]
    except HTTPException:
        return False
    return True


def settings() -> Settings:
    """The settings that this application was made with."""
    found: Settings = current_app.extensions["settings"]
    return found


def public_address(endpoint: str, **values: str) -> str:
    """The full address of a page, for in a mail.

    From the settings and not from the request: whoever sends a request chooses its host name.
    """
    path = current_app.url_map.bind("any").build(endpoint, values)
    return settings().public_url + path


def nonce() -> str:
    """The one-time word that lets this page's own style element through the security policy."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def _add_headers(response: Response) -> Response:
    policy = (
        "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
        f"style-src 'self' 'nonce-{nonce()}'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )
    # What is no page says so itself.
    response.headers.setdefault("Content-Security-Policy", policy)
    # Pages are about people: no copy stays behind on a shared computer.
    response.headers.setdefault("Cache-Control", "no-store")
    return response


@dataclass(frozen=True)
class Typed:
    """One field of a form that could not be taken in."""

    name: str
    value: str

    @property
    def is_text(self) -> bool:
        """True for words that somebody would miss, rather than a tick or our own bookkeeping."""
        return len(self.value) > 1 and self.name not in BOOKKEEPING and not self.is_answer

    @property
    def is_answer(self) -> bool:
        """True for the answer to a statement: a point of the scale, or no judgement."""
        return self.value in ANSWERS and self.name not in BOOKKEEPING


def typed_fields() -> Iterator[Typed]:
    """What the refused form held, for its author to copy or to send again.

    Only of forms on our own pages: a form that another site sent in somebody's name must not
    get a button here that makes it count.
    """
    if request.method in SAFE_METHODS or not _is_from_own_page():
        return
    fields = [
        Typed(name, value)
        for name, value in request.form.items(multi=True)
        if name not in UNWRITTEN_FIELDS
    ]
    if sum(len(field.value) for field in fields if field.name not in BOOKKEEPING) <= LARGEST_ECHO:
        yield from fields


def echo() -> list[Typed]:
    """What the refused form held, as far as it could be read."""
    try:
        return list(typed_fields())
    except RequestEntityTooLarge:
        return []


def _is_from_own_page() -> bool:
    """True where the browser says that one of our pages sent this; browsers always say it.

    Our pages are at the address in the settings, whatever a proxy made of the request's own. They
    may have another name besides, for instance on this machine.
    """
    sender = site_of(request.origin or request.referrer or "")
    if sender is None:
        return False
    here = site_of(f"{sender.scheme}://{request.host}")
    return sender in {here, site_of(settings().public_url)}


@dataclass(frozen=True)
class Site:
    """What two addresses share that belong to one site, as a browser sees it."""

    scheme: str
    host: str
    port: int


def site_of(address: str) -> Site | None:
    """The site of a full address; None where it is not one."""
    if len(address) > LONGEST_SITE:
        return None
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode()
        return Site(parts.scheme, host, parts.port or PORTS[parts.scheme]) if host else None
    except (ValueError, KeyError):
        return None


def error_page(
    status: int,
    title: object,
    advice: object,
    next_page: NextPage | None = None,
    more: object = "",
) -> tuple[str, int]:
    """Answer with what happened and what to do; a form that was sent comes back with it."""
    db.session.rollback()
    # Sent again, it goes on to the page to which it would have gone.
    target = request.full_path.removesuffix("?")
    # Who looks on while this is put together must not wait for others who write.
    with reading():
        page = render_template(
            "error.html",
            status=status,
            title=title,
            advice=advice,
            more=more,
            next_page=next_page,
            typed=echo(),
            target=target,
        )
        db.session.rollback()
    return page, status


def _refusal(error: Refusal) -> ResponseReturnValue:
    if error.status == 404 and (address := _first_click_leads_to()):
        return see_other(address)
    page, status = error_page(error.status, error.title, error.advice, error.next_page)
    return page, status, error.headers


def _first_click_leads_to() -> str | None:
    """Where to land calmly with a click on what an earlier click took away; None for any other."""
    if request.method in SAFE_METHODS or request.endpoint is None:
        return None
    address = second_click.find_address()
    # What the first click has to say may be on its way there still.
    if address and "_flashes" not in session:
        flash(str(DONE_ALREADY))
    return address


def _csrf(_error: CSRFError) -> tuple[str, int]:
    again = (
        _("Nothing is lost: what you filled in is below. Send it again with the button.")
        if echo()
        else _("Go back to the page before this one and try it again from there.")
    )
    if current_app.config["SESSION_COOKIE_NAME"] not in request.cookies:
        # Every page with a form sets it: this browser keeps none, or lost it.
        return error_page(400, _("Your browser sent us no cookie"), COOKIE_NEEDED, more=again)
    return error_page(400, _("This page was open for too long"), again)


def _not_stored(error: OperationalError | TimeoutError) -> tuple[str, int]:
    reason = error.orig if isinstance(error, OperationalError) else error
    log.error("the database did not store a request: %s", type(reason).__name__)
    return error_page(
        503,
        _("We could not save this"),
        _("The storage of this site does not respond. What you saved before is safe."),
        more=_("What you just filled in is below: send it again in a minute, or copy it.")
        if echo()
        else _("Try it again in a minute."),
    )


DONE_ALREADY = _("That has been done already.")
COOKIE_NEEDED = _(
    "This site needs one cookie, so that nobody else can send a form in your name, and to know "
    "that you are signed in. Allow cookies for this site in your browser."
)
HTTP_PAGES = {
    400: (
        _("We could not read this"),
        _("Go back to the page before this one and try it from there."),
    ),
    403: (_("This is not open to you"), _("Go to the start page and choose from there.")),
    404: (
        _("There is no such page"),
        _("Check the address, or go to the start page and choose from there."),
    ),
    405: (_("This does not work from here"), _("Go to the start page and choose from there.")),
    413: (
        _("That is more than we can take in at once"),
        _("What you saved before is safe. Go back, shorten your text and save it again."),
    ),
}
FAILURE = (
    _("Something went wrong on our side"),
    _("What you saved before is safe. Try it again in a minute."),
)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.response
    status = error.code or 500
    if status == 404 and (address := _first_click_leads_to()):
        return see_other(address)
    return error_page(status, *HTTP_PAGES.get(status, FAILURE))


def init_app(app: Flask) -> None:
    """Give the application its headers, its error pages and its limits."""
    app.url_map.converters["int"] = ShortNumber
    app.after_request(_add_headers)
    app.register_error_handler(Refusal, _refusal)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(OperationalError, _not_stored)
    # The same, found out before there was a connection.
    app.register_error_handler(TimeoutError, _not_stored)
    app.register_error_handler(HTTPException, _http_error)
    app.jinja_env.globals |= {
        "nonce": nonce,
        "form_path": form_path,
        "leads_to": second_click.word_for,
    }
    app.jinja_env.filters["first_name"] = first_name
