"""What people do with things on shelves."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from zetwpo import audit
from zetwpo.accounts import service as accounts
from zetwpo.clock import now
from zetwpo.cycle.shelf import files
from zetwpo.cycle.shelf.file_kinds import Kind
from zetwpo.cycle.shelf.models import ShelfFile, ShelfItem, ShelfReading
from zetwpo.cycle.shelf.queries import ItemCard, Shelf, ShelvedItem, items_on, size_of_files
from zetwpo.cycle.shelf.rules import MEBIBYTE, MOST_ITEMS, has_room
from zetwpo.database.statements import change_row, insert_once, one_at_a_time
from zetwpo.edits import Fields, Sent, merged
from zetwpo.extensions import db
from zetwpo.web import settings


class TooMany(Exception):
    """There lies as much on this shelf as anybody looks through."""


class Full(Exception):
    """The files of this partnership take as much room as there is."""


class NotKept(Exception):
    """The disk did not take a file."""


@dataclass(frozen=True)
class NewFile:
    """A file that was looked into: what it is, and a name that is safe."""

    name: str
    kind: Kind
    content: bytes


def put(
    shelf: Shelf, key: uuid.UUID, fields: Fields, file: NewFile | None, actor_id: uuid.UUID
) -> None:
    """Put a thing on this shelf; once, for one key of a page.

    Raises TooMany, Full and NotKept, and then there is nothing of it.
    """
    _hold(shelf.partnership.id)
    if _is_there(key):
        return
    if len(items_on(shelf)) >= MOST_ITEMS:
        raise TooMany
    item_id = uuid.uuid4()
    values = {
        "id": item_id,
        "partnership_id": shelf.partnership.id,
        "trajectory_id": shelf.trajectory.id if shelf.trajectory else None,
        # Nobody's where the account is deleted at this moment.
        "put_by_id": actor_id if accounts.keep([actor_id]) else None,
        "put_at": now(),
        "form_key": key,
        **fields,
    }
    insert_once(db.session(), ShelfItem, values)
    if file:
        _keep(shelf.partnership.id, item_id, file)
    audit.record("put on shelf", actor_id=actor_id, object_id=item_id)


def change(found: ShelvedItem, sent: Sent, actor_id: uuid.UUID) -> None:
    """Change the words of a thing; it was read to write. Raises Overtaken."""
    fields = merged(sent, found.item.fields)
    if fields == found.item.fields:
        return
    change_row(db.session(), ShelfItem, found.id, fields)
    audit.record("changed on shelf", actor_id=actor_id, object_id=found.id)


def take_off(found: ShelvedItem, actor_id: uuid.UUID) -> None:
    """Take a thing off its shelf, with its file."""
    if found.item.file:
        files.take_away([found.item.file.id])
    db.session.execute(sa.delete(ShelfItem).where(ShelfItem.id == found.id))
    audit.record("taken off shelf", actor_id=actor_id, object_id=found.id)


def pass_on(found: ShelvedItem, key: uuid.UUID, area: str, actor_id: uuid.UUID) -> None:
    """Put a copy of one's own thing on the shelf of the partnership, with a file of its own.

    Raises TooMany, Full and NotKept.
    """
    shelf = Shelf(found.shelf.partnership, None)
    put(shelf, key, {**found.item.fields, "area": area}, _again(found.item), actor_id)


def read_for(
    meeting_id: uuid.UUID, stored: Fields, sent: Sent, actor_id: uuid.UUID
) -> Collection[uuid.UUID]:
    """Let these things be read for a meeting, and no others; returns them. It was read to write.

    Each field holds the keys of some of them. Raises Overtaken.
    """
    fields = merged(sent, stored)
    wanted = [uuid.UUID(key) for each in fields.values() for key in each.split()]
    of_meeting = ShelfReading.meeting_id == meeting_id
    db.session.execute(
        sa.delete(ShelfReading).where(of_meeting, ShelfReading.item_id.not_in(wanted))
    )
    for item_id in _still_there(wanted):
        row = {"meeting_id": meeting_id, "item_id": item_id}
        insert_once(db.session(), ShelfReading, row)
    if fields != stored:
        audit.record("reading chosen", actor_id=actor_id, object_id=meeting_id)
    return wanted


def _still_there(item_ids: Collection[uuid.UUID]) -> list[uuid.UUID]:
    """Those of these that lie there, and that nobody takes off before the commit."""
    query = sa.select(ShelfItem.id).where(ShelfItem.id.in_(item_ids)).order_by(ShelfItem.id)
    return list(db.session.scalars(query.with_for_update(read=True)))


def sweep_files() -> None:
    """Delete files that no thing has any more: of a crash, or of a shelf that went as a whole."""
    files.sweep(list(db.session.scalars(sa.select(ShelfFile.id))))


def forget_files(trajectory_ids: Iterable[uuid.UUID]) -> None:
    """Let the files on the shelves of these trajectories go when they go."""
    query = sa.select(ShelfFile.id).join(ShelfItem, ShelfItem.id == ShelfFile.item_id)
    files.take_away(db.session.scalars(query.where(ShelfItem.trajectory_id.in_(trajectory_ids))))


def _keep(partnership_id: uuid.UUID, item_id: uuid.UUID, file: NewFile) -> None:
    most = settings().shelf_megabytes * MEBIBYTE
    if not has_room(size_of_files(partnership_id), len(file.content), most):
        raise Full
    key = uuid.uuid4()
    try:
        files.write(key, file.content)
    except OSError:
        raise NotKept from None
    values = {"id": key, "item_id": item_id, "name": file.name}
    values |= {"kind": file.kind.key, "size": len(file.content)}
    insert_once(db.session(), ShelfFile, values)


def _again(item: ItemCard) -> NewFile | None:
    if item.file is None:
        return None
    try:
        content = files.path_of(item.file.id).read_bytes()
    except OSError:
        raise NotKept from None
    return NewFile(item.file.name, item.file.kind, content)


def _hold(partnership_id: uuid.UUID) -> None:
    """Let others who put something on a shelf of this partnership wait until the commit."""
    one_at_a_time(db.session.connection(), f"shelves {partnership_id}")


def _is_there(key: uuid.UUID) -> bool:
    there = sa.select(ShelfItem.id).where(ShelfItem.form_key == key)
    return db.session.scalar(there) is not None
