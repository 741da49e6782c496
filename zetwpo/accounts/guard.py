"""The door of every route: closed unless the route says to whom it opens."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from flask import Flask, Request, abort, current_app, g, request, session
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from zetwpo.accounts import queries
from zetwpo.accounts.actors import Actor, Facts, Role
from zetwpo.accounts.policy import Permission
from zetwpo.accounts.predicates import owner
from zetwpo.accounts.rules import IDLE_LASTS
from zetwpo.clock import now
from zetwpo.errors import Refusal, SignInNeeded
from zetwpo.i18n import as_language, kept_language, suggest_language
from zetwpo.i18n import lazy_gettext as _
from zetwpo.web import SAFE_METHODS, Application, echo, see_other

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])
SIGN_IN_KEY, USED_KEY = "sign_in", "used_at"
USED_EVERY = timedelta(minutes=5)


class HasFacts(Protocol):
    """An object that a permission can be asked about."""

    @property
    def id(self) -> uuid.UUID:
        """The key with which it stands in an address."""
        ...

    @property
    def facts(self) -> Facts:
        """What the permission table needs to know."""
        ...


class BehindLink(Protocol):
    """What the word in a link opens."""

    @property
    def closed_to(self) -> uuid.UUID | None:
        """The person whom it is about, who must not read along; None where there is nobody."""
        ...

    @property
    def partnership_id(self) -> uuid.UUID | None:
        """Where it belongs."""
        ...


Found = TypeVar("Found", bound=HasFacts)
Opened = TypeVar("Opened", bound=BehindLink)
Answer = TypeVar("Answer")

# A view has exactly one of these.
MARKS = ("permission", "by_link", "open_because")


def needs(permission: Permission) -> Callable[[View], View]:
    """Open this route to whom the permission opens; all others are refused."""
    return lambda view: _marked(view, "permission", permission)


def by_link(reason: str) -> Callable[[View], View]:
    """Open this route to whoever holds its link, for a reason that a reader can judge.

    The view has to ask what the link opens: `opened_by_link`, or `answered_by_link`.
    """
    return lambda view: _marked(view, "by_link", reason)


def open_to_all(reason: str) -> Callable[[View], View]:
    """Open this route without signing in, for a reason that a reader can judge."""
    return lambda view: _marked(view, "open_because", reason)


def gives_file(on: str) -> Callable[[View], View]:
    """Say which page has the link to this file: whoever has to sign in first comes back there.

    Sent on to the file itself, they would look at the page of the sign-in for ever.
    """

    def mark(view: View) -> View:
        view.page_of_file = on  # type: ignore[attr-defined]
        return view

    return mark


def takes_file(most: int) -> Callable[[View], View]:
    """Say that this route takes a file of at most this many bytes, sent along with its form.

    Only from somebody to whom its permission opens; nobody else's is even taken apart, and a
    route that does not say this takes none (server/intake.py).
    """

    def mark(view: View) -> View:
        view.largest_file = most  # type: ignore[attr-defined]
        return view

    return mark


def ends_sign_in(view: View) -> View:
    """Say that this view signs out: where nobody is signed in, that is so already."""
    view.ends_sign_in = True  # type: ignore[attr-defined]
    return view


def on_second_click(answer: Callable[[], ResponseReturnValue | None]) -> Callable[[View], View]:
    """Say what this view answers where its first click signed out; None where that was not so."""

    def mark(view: View) -> View:
        view.second_answer = answer  # type: ignore[attr-defined]
        return view

    return mark


def _marked(view: View, mark: str, value: Permission | str) -> View:
    if any(hasattr(view, each) for each in MARKS):
        raise TypeError(f"{view.__name__} already says to whom it opens")
    setattr(view, mark, value)
    return view


def find_actor() -> Actor | None:
    """The person who is signed in, if any; looked up once a request."""
    if "actor" not in g:
        # Known before it is asked: the page that says that the database is away asks again.
        g.actor = None
        token = session.get(SIGN_IN_KEY)
        g.actor = queries.find_actor(token, idle_since=_idle_since()) if token else None
        if g.actor:
            _stay_signed_in()
            suggest_language(as_language(g.actor.language))
    actor: Actor | None = g.actor
    return actor


def has_signed_in(app: Flask, sent: Request) -> bool:
    """True where somebody signed in with this browser, however long ago it ended."""
    session = app.session_interface.open_session(app, sent)
    return session is not None and SIGN_IN_KEY in session


def largest_file(app: Flask, sent: Request) -> int:
    """The bytes of the largest file that the route of this request takes; 0 where it takes none.

    It needs no more of the request than its path and method.
    """
    try:
        endpoint, _values = app.url_map.bind("any").match(sent.path, sent.method)
    except HTTPException:
        return 0
    return getattr(app.view_functions[endpoint], "largest_file", 0)


def lets_file_in() -> bool:
    """True where this request may bring a file: its route takes one, and opens to who sends it."""
    return bool(g.get("lets_file_in"))


def forget_sign_in() -> None:
    """Leave nothing of a person in this browser but the language of the pages."""
    kept = kept_language()
    session.clear()
    session.update(kept)


def _idle_since() -> datetime | None:
    """Who signed in before this moment was idle for too long; None where the session was used."""
    moment = now()
    is_used = moment.timestamp() < session.get(USED_KEY, 0) + IDLE_LASTS.total_seconds()
    return None if is_used else moment - IDLE_LASTS


def _stay_signed_in() -> None:
    """Write in the session that it is used, but not with every request.

    There and not in the database: looking at a page stores nothing. An older cookie that is put
    back was used less lately, and whoever signed out is out whatever a cookie says.
    """
    moment = int(now().timestamp())
    if moment - session.get(USED_KEY, 0) >= USED_EVERY.total_seconds():
        session[USED_KEY] = moment


def get_actor() -> Actor:
    """The person who is signed in, on a route that needs one."""
    actor = find_actor()
    if actor is None:
        raise LookupError("this route is open to people who are not signed in")
    return actor


def authorised(found: Found | None) -> Found:
    """Give the object back if this route's permission opens it to the actor; 404 otherwise.

    The same page for what does not exist and for what is somebody else's, so that nobody
    finds out which of the two it is.
    """
    permission, actor = route_permission(), get_actor()
    if permission is None or found is None:
        abort(404)
    if not permission.opens_to(actor, found.facts):
        if owner(actor, found.facts):
            # That it exists is no news to whose it is.
            raise RoleEnded
        abort(404)
    g.setdefault("asked_about", set()).add(found.id)
    g.partnership_of_object = found.facts.partnership_id
    return found


def partnership_of_object() -> uuid.UUID | None:
    """The partnership of what this request was let in to; None where there is no such thing."""
    found: uuid.UUID | None = g.get("partnership_of_object")
    return found


def acting_in() -> str:
    """The name of the partnership of what this page is about, for whoever belongs to several.

    Empty where there is no such thing, and where there is only one that it could be.
    """
    actor, place = find_actor(), partnership_of_object()
    if (
        actor is None
        or place is None
        or {each.partnership_id for each in actor.memberships} <= {place}
    ):
        return ""
    found = queries.find_partnership_card(place)
    return found.name if found else ""


def opened_by_link(found: Opened | None) -> Opened:
    """Give back what the link of this request opens; 404 where that is nothing.

    And 404 for the person whom it is about, whose own link it never is.
    """
    actor = find_actor()
    if found is None or (actor and actor.person_id == found.closed_to):
        abort(404)
    g.partnership_of_object = found.partnership_id
    return answered_by_link(found)


def answered_by_link(answer: Answer) -> Answer:
    """Give back what was found out about the link, where the view has a page for each answer."""
    g.asked_about_link = True
    return answer


def route_permission() -> Permission | None:
    """What the route of this request needs, if it needs anything."""
    permission: Permission | None = _route_mark("permission")
    return permission


def _route_mark(mark: str) -> Any:
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, mark, None)


def _check_route() -> ResponseReturnValue | None:
    actor = find_actor()
    if request.endpoint is None:
        return None
    permission = route_permission()
    if permission is None:
        is_open = _route_mark("open_because") or _route_mark("by_link")
        return None if is_open else abort(403)
    if actor is None:
        return _ask_to_sign_in()
    if not permission.who(actor):
        raise RoleEnded
    g.lets_file_in = bool(_route_mark("largest_file"))
    return None


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.method in SAFE_METHODS:
        page = _route_mark("page_of_file")
        wanted = current_app.url_for(page, **request.view_args or {}) if page else request.full_path
        return see_other(current_app.url_for("accounts.sign_in", next=wanted))
    find_second_answer = _route_mark("second_answer")
    answer: ResponseReturnValue | None = find_second_answer() if find_second_answer else None
    if answer is not None:
        return answer
    if _route_mark("ends_sign_in"):
        raise SignInNeeded(
            _("You are signed out"), _("You need not do anything else. You can close this page.")
        )
    raise SignInNeeded(
        _("You are signed out"),
        _(
            "What you filled in is still on this page. Sign in first (that opens beside this "
            "page), come back here and send it again."
        )
        if echo()
        else _("Sign in first, and then try it again."),
    )


class RoleEnded(Refusal):
    """For a role that the person does not hold, or not any more.

    What it would open is decided by the role alone, so nobody learns here what there is.
    """

    status = 403

    def __init__(self) -> None:
        super().__init__(
            _("This page belongs to a role that you do not have here"),
            _(
                "Perhaps the role ended a moment ago. What you filled in is still on this page: "
                "copy it if you want to keep it. Ask the administrator of your partnership if "
                "this is a mistake."
            )
            if echo()
            else _(
                "Perhaps the role ended a moment ago. Ask the administrator of your partnership "
                "if this is a mistake."
            ),
        )


class UnaskedObject(RuntimeError):
    """A view that opens a key of its address without having asked about it: a mistake here."""


class UnaskedLink(RuntimeError):
    """A view behind a link that never asked what the link opens: a mistake here."""


def _check_view_asked() -> None:
    if request.method == "OPTIONS":
        # Answered without the view.
        return
    permission = route_permission()
    if permission and permission.whom:
        # Having asked about one object opens no other: each key of the address was asked about.
        asked: set[uuid.UUID] = g.get("asked_about", set())
        keys = {each for each in (request.view_args or {}).values() if isinstance(each, uuid.UUID)}
        if not asked or keys - asked:
            raise UnaskedObject(request.endpoint)
    if _route_mark("by_link") and not g.get("asked_about_link"):
        raise UnaskedLink(request.endpoint)


def init_app(app: Application) -> None:
    """Put the guard in front of every route, and behind every view."""
    app.before_request(_check_route)
    app.final_checks.append(_check_view_asked)
    app.jinja_env.globals |= {"find_actor": find_actor, "acting_in": acting_in}
    app.jinja_env.filters["role"] = lambda role: Role(role).label
