"""Which "we" a page shows in its foot."""

import uuid
from contextlib import suppress

from flask import Flask, g, request, url_for
from sqlalchemy.exc import OperationalError, TimeoutError

from zetwpo.accounts.guard import find_actor, partnership_of_object
from zetwpo.partnerships.identity.queries import get_identity, installation
from zetwpo.partnerships.identity.rules import Identity


def who_we_are() -> Identity:
    """Who answers to the reader of this page; looked up once a request."""
    if "us" not in g:
        g.us = installation()
        # The page that says that the database is away has a foot as well.
        with suppress(OperationalError, TimeoutError):
            g.us = get_identity(partnership_here())
    us: Identity = g.us
    return us


def partnership_here() -> uuid.UUID | None:
    """The partnership of what this page is about, or else the only one of its reader.

    None where there is no saying which: the installation answers there, and the privacy page
    names each partnership of the reader.
    """
    actor = find_actor()
    own = {each.partnership_id for each in actor.memberships} if actor else set()
    return partnership_of_object() or (own.pop() if len(own) == 1 else None)


def privacy_address() -> str:
    """The path of the page about privacy; of whoever came by a link, the one of that link."""
    token = (request.view_args or {}).get("token")
    if token and partnership_of_object() and find_actor() is None:
        return url_for("statement.behind_link", token=token)
    return url_for("statement.privacy")


def init_app(app: Flask) -> None:
    """Let every page say who we are."""
    app.jinja_env.globals |= {"who_we_are": who_we_are, "privacy_address": privacy_address}
