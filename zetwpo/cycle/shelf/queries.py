"""Reading what lies on shelves."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import current_app

from zetwpo.accounts.actors import Facts
from zetwpo.accounts.colleagues import Colleague, get_colleagues
from zetwpo.accounts.queries import PartnershipCard, find_partnership_card
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.cycle.shelf.file_kinds import KINDS, Kind
from zetwpo.cycle.shelf.models import ShelfFile, ShelfItem, ShelfReading
from zetwpo.cycle.shelf.rules import Section, host_of
from zetwpo.cycle.trajectories.models import Trajectory
from zetwpo.cycle.trajectories.queries import TrajectoryCard, find_trajectory
from zetwpo.database.keys import among
from zetwpo.edits import Fields
from zetwpo.extensions import read


@dataclass(frozen=True)
class FileCard:
    """The file of a thing on a shelf; its size in bytes."""

    id: uuid.UUID
    name: str
    kind: Kind
    size: int


@dataclass(frozen=True)
class ItemCard:
    """A thing on a shelf: a text, a link, a file, or all of these."""

    id: uuid.UUID
    # Empty on the shelf of the partnership.
    trajectory_id: uuid.UUID | None
    partnership_id: uuid.UUID
    section: Section
    area: str
    title: str
    text: str
    url: str
    put_by_id: uuid.UUID | None
    put_at: datetime
    file: FileCard | None
    # None where they deleted their account.
    put_by: Colleague | None

    @property
    def host(self) -> str:
        """Where its link leads; empty where it has none."""
        return host_of(self.url) if self.url else ""

    @property
    def fields(self) -> Fields:
        """What can be changed of it, by the names of the fields."""
        return {
            "title": self.title,
            "section": self.section.value,
            "area": self.area,
            "text": self.text,
            "url": self.url,
        }


@dataclass(frozen=True)
class Shelf:
    """The shelf of a trajectory, or where there is none that of the partnership."""

    partnership: PartnershipCard
    trajectory: TrajectoryCard | None

    @property
    def id(self) -> uuid.UUID:
        """The key of whose shelf it is."""
        return self.trajectory.id if self.trajectory else self.partnership.id

    @property
    def facts(self) -> Facts:
        """Those of whose shelf it is."""
        return self.trajectory.facts if self.trajectory else self.partnership.facts

    @property
    def is_closed(self) -> bool:
        """True where things are there to be read, and nothing is added."""
        return self.trajectory is not None and self.trajectory.is_closed


@dataclass(frozen=True)
class ShelvedItem:
    """A thing, for a page about that one thing: on which shelf it lies."""

    item: ItemCard
    shelf: Shelf

    @property
    def id(self) -> uuid.UUID:
        """The key of the thing."""
        return self.item.id

    @property
    def facts(self) -> Facts:
        """Those of the shelf; whoever put it there is its owner."""
        return replace(self.shelf.facts, owner_id=self.item.put_by_id)


@dataclass(frozen=True)
class ReadingItem:
    """A thing that is to be read for a meeting. `kind` is file, link or text."""

    id: uuid.UUID
    title: str
    # Of our own page where it opens, on this site; that page asks who reads it.
    url: str
    kind: str
    # Of the site to which it leads, where it is a link.
    host: str


@dataclass(frozen=True)
class OwnItem:
    """Something that somebody put on a shelf, for a list of all that is theirs."""

    title: str
    # Of the page where it opens, and can be taken off.
    url: str
    # The title of the trajectory; empty on the shelf of a partnership.
    trajectory: str


_ITEMS = sa.select(
    ShelfItem.id,
    ShelfItem.trajectory_id,
    ShelfItem.partnership_id,
    ShelfItem.section,
    ShelfItem.area,
    ShelfItem.title,
    ShelfItem.text,
    ShelfItem.url,
    ShelfItem.put_by_id,
    ShelfItem.put_at,
    ShelfFile.id.label("file_id"),
    ShelfFile.name,
    ShelfFile.kind,
    ShelfFile.size,
).outerjoin(ShelfFile, ShelfFile.item_id == ShelfItem.id)
_BY_TITLE = (sa.func.lower(ShelfItem.title), ShelfItem.put_at, ShelfItem.id)
_ON_TRAJECTORY = _ITEMS.where(ShelfItem.trajectory_id == sa.bindparam("place")).order_by(*_BY_TITLE)
_ON_PARTNERSHIP = _ITEMS.where(
    ShelfItem.partnership_id == sa.bindparam("place"), ShelfItem.trajectory_id.is_(None)
).order_by(*_BY_TITLE)
_ONE = _ITEMS.where(ShelfItem.id == sa.bindparam("item_id"))
_ONE_TO_WRITE = _ONE.with_for_update(of=ShelfItem)


def shelf_of(trajectory: TrajectoryCard | None) -> Shelf | None:
    """The shelf of this trajectory; None where there is no such trajectory."""
    partnership = find_partnership_card(trajectory.partnership_id) if trajectory else None
    return Shelf(partnership, trajectory) if partnership else None


def items_on(shelf: Shelf) -> list[ItemCard]:
    """What lies on this shelf, by title; two statements, however much that is."""
    query = _ON_TRAJECTORY if shelf.trajectory else _ON_PARTNERSHIP
    return _cards(read(query, place=shelf.id).all(), shelf.partnership.id)


def find_on_trajectory(item_id: uuid.UUID, *, to_write: bool = False) -> ShelvedItem | None:
    """The thing with this key, where it lies on the shelf of a trajectory."""
    item = _find(item_id, to_write=to_write)
    if item is None or item.trajectory_id is None:
        return None
    shelf = shelf_of(find_trajectory(item.trajectory_id))
    return ShelvedItem(item, shelf) if shelf else None


def find_on_partnership(item_id: uuid.UUID, *, to_write: bool = False) -> ShelvedItem | None:
    """The thing with this key, where it lies on the shelf of a partnership."""
    item = _find(item_id, to_write=to_write)
    if item is None or item.trajectory_id is not None:
        return None
    partnership = find_partnership_card(item.partnership_id)
    return ShelvedItem(item, Shelf(partnership, None)) if partnership else None


_OF_PERSON = (
    sa.select(ShelfItem.id, ShelfItem.title, ShelfItem.trajectory_id, Trajectory.title)
    .outerjoin(Trajectory, Trajectory.id == ShelfItem.trajectory_id)
    .where(ShelfItem.put_by_id == sa.bindparam("person_id"))
    .order_by(ShelfItem.put_at, ShelfItem.id)
)


def items_of(person_id: uuid.UUID) -> list[OwnItem]:
    """What this person put on shelves, also on those that they read no more."""
    return [
        OwnItem(title, address_of_item(key, on_trajectory=trajectory_id is not None), place or "")
        for key, title, trajectory_id, place in read(_OF_PERSON, person_id=person_id)
    ]


def _find(item_id: uuid.UUID, *, to_write: bool) -> ItemCard | None:
    rows = read(_ONE_TO_WRITE if to_write else _ONE, item_id=item_id).all()
    return _cards(rows, rows[0].partnership_id)[0] if rows else None


def _cards(rows: Sequence[sa.Row[*tuple[Any, ...]]], partnership_id: uuid.UUID) -> list[ItemCard]:
    keys = {row.put_by_id for row in rows if row.put_by_id}
    people = get_colleagues(keys, known_in=partnership_id)
    return [
        ItemCard(
            row.id,
            row.trajectory_id,
            row.partnership_id,
            Section(row.section),
            row.area,
            row.title,
            row.text,
            row.url,
            row.put_by_id,
            row.put_at,
            FileCard(row.file_id, row.name, KINDS[row.kind], row.size) if row.file_id else None,
            people.get(row.put_by_id) if row.put_by_id else None,
        )
        for row in rows
    ]


_SIZE = sa.select(sa.func.coalesce(sa.func.sum(ShelfFile.size), 0)).join(
    ShelfItem, ShelfItem.id == ShelfFile.item_id
)
_SIZE_OF = _SIZE.where(ShelfItem.partnership_id == sa.bindparam("partnership_id"))


def size_of_files(partnership_id: uuid.UUID) -> int:
    """The bytes of all files on shelves of this partnership, those of its trajectories included."""
    return int(read(_SIZE_OF, partnership_id=partnership_id).scalar_one())


_READINGS = (
    sa.select(
        ShelfReading.meeting_id,
        ShelfItem.id,
        ShelfItem.title,
        ShelfItem.trajectory_id,
        ShelfItem.url,
        ShelfFile.id.label("file_id"),
    )
    .join(ShelfItem, ShelfItem.id == ShelfReading.item_id)
    .outerjoin(ShelfFile, ShelfFile.item_id == ShelfItem.id)
    .where(among(ShelfReading.meeting_id))
    .order_by(*_BY_TITLE)
)
_MEETINGS_OF = (
    sa.select(ShelfReading.item_id, Meeting.number)
    .join(Meeting, Meeting.id == ShelfReading.meeting_id)
    .where(Meeting.trajectory_id == sa.bindparam("trajectory_id"))
    .order_by(Meeting.number)
)


def reading_for(
    meeting_ids: Collection[uuid.UUID],
) -> Mapping[uuid.UUID, tuple[ReadingItem, ...]]:
    """What is to be read for each of these meetings, by title, in one statement.

    A meeting for which there is nothing has an empty row.
    """
    found: dict[uuid.UUID, list[ReadingItem]] = {key: [] for key in meeting_ids}
    for row in read(_READINGS, ids=meeting_ids) if meeting_ids else ():
        found[row.meeting_id].append(
            ReadingItem(
                row.id,
                row.title,
                address_of_item(row.id, on_trajectory=row.trajectory_id is not None),
                "file" if row.file_id else "link" if row.url else "text",
                host_of(row.url) if row.url else "",
            )
        )
    return {key: tuple(items) for key, items in found.items()}


def address_of_item(item_id: uuid.UUID, *, on_trajectory: bool) -> str:
    """The path of the page of a thing; also where there is no request, as in a mail."""
    endpoint = "shelf.item" if on_trajectory else "partnership_shelf.item"
    return current_app.url_map.bind("any").build(endpoint, {"item_id": item_id})


def meetings_to_read_for(trajectory_id: uuid.UUID) -> Mapping[uuid.UUID, list[int]]:
    """For which meetings of this trajectory each thing is to be read, by their numbers."""
    found: defaultdict[uuid.UUID, list[int]] = defaultdict(list)
    for item_id, number in read(_MEETINGS_OF, trajectory_id=trajectory_id):
        found[item_id].append(number)
    return found
