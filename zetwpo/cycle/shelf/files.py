"""Files on disk: in a folder of their own that no web server serves, under names of ours.

A file is there, whole, before its row is stored, and goes after the row went. So a crash at any
moment leaves at most a file without a row, which the daily tidying takes away.
"""

import os
import uuid
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from zetwpo.clock import now
from zetwpo.extensions import db
from zetwpo.private_files import FILE_MODE
from zetwpo.web import settings

# What is being written, before it has its name.
UNFINISHED = ".part"
# A request that puts a file here is over long before.
ORPHAN_AFTER = timedelta(days=1)
_GONE = "files that go with the commit"


def path_of(key: uuid.UUID) -> Path:
    """Where the file with this key lies."""
    return settings().files / key.hex


def write(key: uuid.UUID, content: bytes) -> None:
    """Put a file on disk, whole or not at all; it lasts when this returns.

    Raises OSError where the disk does not take it.
    """
    path = path_of(key)
    unfinished = path.with_suffix(UNFINISHED)
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        unfinished.rename(path)
        _sync(path.parent)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def _sync(folder: Path) -> None:
    """Let the name of a new file last as well."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def take_away(keys: Iterable[uuid.UUID]) -> None:
    """Delete these files once this request is stored; where it is not, they stay."""
    db.session().info.setdefault(_GONE, set()).update(path_of(key) for key in keys)


def _delete(session: Session) -> None:
    # A part of a request that is stored apart may still go back with the rest of it.
    if session.in_nested_transaction():
        return
    for path in session.info.pop(_GONE, ()):
        # The row went. What the disk does not let go of is swept another day.
        with suppress(OSError):
            path.unlink()


def _keep(session: Session) -> None:
    session.info.pop(_GONE, None)


sa.event.listen(Session, "after_commit", _delete)
sa.event.listen(Session, "after_rollback", _keep)


def sweep(known: Collection[uuid.UUID]) -> int:
    """Delete files of which no row knows; returns how many.

    Not those of the last day: the row of a file comes a moment after it.
    """
    latest = (now() - ORPHAN_AFTER).timestamp()
    names = {key.hex for key in known}
    orphans = [
        path
        for path in settings().files.iterdir()
        if path.name not in names and _is_older(path, latest)
    ]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)


def _is_older(path: Path, moment: float) -> bool:
    try:
        return path.stat().st_mtime < moment
    except FileNotFoundError:
        # Somebody took it off its shelf at this very moment.
        return False
