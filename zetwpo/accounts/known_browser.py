"""In which browsers somebody signed in before, kept by the browser itself.

Strangers can ask for letters in somebody's name and guess at codes; nothing that they do takes the
place of such a browser. The cookie outlives signing out. It holds keyed hashes only: it names
nobody, opens nothing, and nobody can make one.
"""

from flask import Response, after_this_request, request

from zetwpo.accounts.rules import KNOWN_LASTS
from zetwpo.hashing import is_equal, keyed_hash
from zetwpo.web import settings

# People who share a computer; the newest first.
MOST_PEOPLE = 5


def is_known(address_hash: str) -> bool:
    """True where the owner of this address signed in in this browser before."""
    mark = _mark(address_hash)
    return any(is_equal(each, mark) for each in _marks())


def remember(address_hash: str) -> None:
    """Let this browser know, with the answer to this request, who signed in in it."""
    mark = _mark(address_hash)
    marks = [mark, *(each for each in _marks() if each != mark)][:MOST_PEOPLE]

    @after_this_request
    def _add_cookie(response: Response) -> Response:
        response.set_cookie(
            _name(),
            ".".join(marks),
            max_age=KNOWN_LASTS,
            secure=settings().is_https,
            httponly=True,
            samesite="Lax",
        )
        return response


def _name() -> str:
    # With the prefix, a browser takes it from this host over https only.
    return "__Host-zetwpo-known" if settings().is_https else "zetwpo-known"


def _marks() -> list[str]:
    value = request.cookies.get(_name(), "")
    return value.split(".")[:MOST_PEOPLE] if value else []


def _mark(address_hash: str) -> str:
    return keyed_hash(f"known browser\n{address_hash}")
