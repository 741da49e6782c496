"""Pages that belong together: a table of them, of which somebody finds links to those that open."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import request

from zetwpo.accounts.actors import Facts
from zetwpo.accounts.guard import get_actor
from zetwpo.accounts.policy import Permission


@dataclass(frozen=True)
class Page:
    """One page of a table. It shows to whom its permission opens."""

    permission: Permission
    endpoint: str
    words: str
    # Blueprints of pages below it, besides its own.
    below: tuple[str, ...] = ()

    @property
    def current(self) -> str | None:
        """For `aria-current`: "page" on this page itself, "true" on one below it, else None."""
        if request.endpoint == self.endpoint:
            return "page"
        own = {self.endpoint.partition(".")[0], *self.below}
        return None if own.isdisjoint(request.blueprints) else "true"


def open_pages(pages: Iterable[Page], facts: Facts) -> list[Page]:
    """Those of these pages, about an object of these facts, that open to whoever is signed in."""
    actor = get_actor()
    return [page for page in pages if page.permission.opens_to(actor, facts)]
