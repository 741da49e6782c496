"""What we hold about a person here."""

import uuid
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from zetwpo.clock import iso
from zetwpo.cycle.shelf.models import ShelfFile, ShelfItem
from zetwpo.cycle.shelf.service import forget_files
from zetwpo.cycle.trajectories.models import Trajectory
from zetwpo.extensions import db
from zetwpo.library.queries import areas_in


def export(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """What this person put on shelves, the earliest first.

    A file by its name: what is in it lies on the shelf, and can be saved there.
    """
    rows = db.session.execute(
        sa.select(ShelfItem, Trajectory.title, ShelfFile)
        .outerjoin(Trajectory, Trajectory.id == ShelfItem.trajectory_id)
        .outerjoin(ShelfFile, ShelfFile.item_id == ShelfItem.id)
        .where(ShelfItem.put_by_id == person_id)
        .order_by(ShelfItem.put_at, ShelfItem.id)
    ).all()
    return [
        {
            "trajectory": title,
            "section": item.section,
            "area": item.area,
            "area_title": areas_in(item.partnership_id).get(item.area, ""),
            "title": item.title,
            "text": item.text,
            "url": item.url,
            "put_at": iso(item.put_at),
            "file": _file(file),
        }
        for item, title, file in rows
    ]


def _file(file: ShelfFile | None) -> dict[str, Any] | None:
    return {"name": file.name, "kind": file.kind, "size": file.size} if file is not None else None


def erase(person_id: uuid.UUID, gone_with: Collection[uuid.UUID]) -> None:
    """Take the name off what this person put on shelves: the shelf of a group stays whole.

    What lies on the shelves of the trajectories that go with this person goes with those.
    """
    forget_files(gone_with)
    db.session.execute(
        sa.update(ShelfItem).where(ShelfItem.put_by_id == person_id).values(put_by_id=None)
    )
