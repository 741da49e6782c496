"""The pages of a partnership, for whoever may open them: on the first page and beside each other."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Flask, url_for

from zetwpo.accounts.actors import Role
from zetwpo.accounts.guard import get_actor
from zetwpo.accounts.policy import DESCRIBE_PARTNERSHIP, MANAGE_SCHOOLS, PLAN_BREAKS
from zetwpo.accounts.queries import PartnershipCard, partnerships_of
from zetwpo.i18n import lazy_gettext as _

# In the order in which a partnership is set up.
PAGES = (
    ("schools.overview", MANAGE_SCHOOLS, _("Schools and institutes")),
    ("breaks.overview", PLAN_BREAKS, _("School breaks")),
    ("identity.about", DESCRIBE_PARTNERSHIP, _("Who we are")),
)
# Who has any of these; everybody else's first page asks for nothing.
KEEPERS = (Role.ADMINISTRATOR, Role.PROGRAMME_LEADER)


@dataclass(frozen=True)
class Room:
    """A page of a partnership."""

    endpoint: str
    words: str
    address: str


@dataclass(frozen=True)
class House:
    """A partnership with its pages for the reader."""

    name: str
    rooms: tuple[Room, ...]


def rooms_in(partnership: PartnershipCard) -> tuple[Room, ...]:
    """The pages of this partnership that open to the reader."""
    actor = get_actor()
    return tuple(
        Room(endpoint, str(words), url_for(endpoint, partnership_id=partnership.id))
        for endpoint, permission, words in PAGES
        if permission.opens_to(actor, partnership.facts)
    )


def houses() -> Iterable[House]:
    """Each partnership in which something opens to the reader, by name."""
    actor = get_actor()
    if not actor.roles & set(KEEPERS):
        return []
    places = partnerships_of(actor.person_id, *KEEPERS)
    return [House(each.name, rooms_in(each)) for each in places]


def init_app(app: Flask) -> None:
    """Let pages show the way to the others."""
    app.jinja_env.globals |= {"rooms_in": rooms_in, "houses": houses}
