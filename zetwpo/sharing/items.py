"""What can be opened to somebody, and to which groups: each package brings its own kinds.

Sharing imports none of them. The application hands over all kinds that there are (`init_app`).
"""

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from flask import Flask, current_app

from zetwpo.accounts.actors import Facts
from zetwpo.errors import NotFound
from zetwpo.i18n import gettext as _
from zetwpo.sharing.rules import Term

EXTENSION = "sharing"


class NoLongerThere(NotFound):
    """What was opened was deleted at this very moment."""

    def __init__(self) -> None:
        super().__init__(_("This is no longer there"), _("Its owner deleted it."))


# The key of all of a thing, where others are keys of its parts.
WHOLE = ""


class Part(NamedTuple):
    """Something within a thing that can be opened by itself, with what it is called."""

    key: str
    title: str


@dataclass(frozen=True)
class Item:
    """One thing of somebody's, as far as opening it goes. Its words are in the page's language."""

    kind: str
    id: uuid.UUID
    owner_id: uuid.UUID
    # None where it belongs to no partnership: then it stays with its owner alone.
    partnership_id: uuid.UUID | None
    # For its receiver: "Self-scan of 3 May 2026".
    title: str
    parts: Sequence[Part] = ()

    @property
    def facts(self) -> Facts:
        """Whose it is, and where."""
        return Facts(owner_id=self.owner_id, partnership_id=self.partnership_id)

    @property
    def titles(self) -> dict[str, str]:
        """What its parts are called, by their keys."""
        return dict(self.parts)

    def has(self, part: str) -> bool:
        """True for all of it, and for a part of it."""
        return part == WHOLE or part in self.titles


@dataclass(frozen=True)
class Received:
    """One thing as its receiver gets it: what is open of it, by whom, and for how long."""

    item: Item
    # The key of what is open of it, or all of it.
    part: str
    owner: str
    term: Term


@dataclass(frozen=True)
class ItemKind:
    """A kind of thing that people open to others."""

    key: str
    # What a thing of this kind is called.
    name: str
    # By their keys those that can be opened now; all others are not among them.
    find: Callable[[Collection[uuid.UUID]], Mapping[uuid.UUID, Item]]
    # The page for whoever it was opened to.
    show: Callable[[Received], str]
    # The address of the owner's own page of the thing with this key.
    own_page: Callable[[uuid.UUID], str]
    # For the owner, before choosing whom: what somebody gets to read of it, and what not.
    opens: str


@dataclass(frozen=True)
class Group:
    """People who belong together, with what they are called as a group."""

    id: uuid.UUID
    name: str
    partnership_id: uuid.UUID
    # Who is in it, and from when without a break.
    members: Mapping[uuid.UUID, datetime]

    def stayed_since(self, person_id: uuid.UUID, moment: datetime) -> bool:
        """True where this person is in it, and did not leave after this moment (decision 51)."""
        since = self.members.get(person_id)
        return since is not None and since <= moment


@dataclass(frozen=True)
class GroupKind:
    """A kind of group that something can be opened to."""

    key: str
    # By their keys those that exist.
    find: Callable[[Collection[uuid.UUID]], Mapping[uuid.UUID, Group]]
    # The keys of those that a person is in.
    of_person: Callable[[uuid.UUID], Collection[uuid.UUID]]


@dataclass(frozen=True)
class Registry:
    """All kinds that there are, by their keys."""

    items: Mapping[str, ItemKind]
    groups: Mapping[str, GroupKind]


def registry() -> Registry:
    """The kinds of this application."""
    found: Registry = current_app.extensions[EXTENSION]
    return found


def init_app(app: Flask, items: Sequence[ItemKind], groups: Sequence[GroupKind] = ()) -> None:
    """Let people open these kinds of things, also to these kinds of groups."""
    app.extensions[EXTENSION] = Registry(
        {each.key: each for each in items}, {each.key: each for each in groups}
    )


def find_item(kind: str, item_id: uuid.UUID) -> Item | None:
    """The thing with this key, where it can be opened to somebody."""
    return find_items([(kind, item_id)]).get((kind, item_id))


def find_items(
    wanted: Collection[tuple[str, uuid.UUID]],
) -> dict[tuple[str, uuid.UUID], Item]:
    """Those of these things that are there; asks each kind once."""
    found: dict[tuple[str, uuid.UUID], Item] = {}
    for key, kind in registry().items.items():
        ids = {item_id for each, item_id in wanted if each == key}
        if ids:
            found |= {(key, item_id): item for item_id, item in kind.find(ids).items()}
    return found
