"""What is kept in files is for the account that runs this, and for nobody else on the machine.

Whatever the umask says, and also where an earlier version, or somebody's hand, left it open.
"""

from contextlib import suppress
from pathlib import Path

from sqlalchemy import make_url

FOLDER_MODE, FILE_MODE = 0o700, 0o600
OTHERS = 0o077
# SQLite makes these beside the database, with the rights that the database has.
BESIDE_DATABASE = ("", "-journal", "-wal", "-shm")
# All that the application itself puts into the instance folder, besides the database.
OWN_NAMES = frozenset({"secret_key", "static", "static.json", "shelf"})


def make_folder(folder: Path) -> None:
    """Make the instance folder.

    One that is there is closed to others only if nothing but our own files is in it.
    Raises OSError where it cannot be made.
    """
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    if all(_is_ours(path) for path in folder.iterdir()):
        _close(folder, FOLDER_MODE)
    for name in OWN_NAMES:
        if (folder / name).is_file():
            _close(folder / name, FILE_MODE)


def make_own_folder(folder: Path) -> Path:
    """Make a folder in which there is nothing but ours, or close it to others; returns it.

    Raises OSError where it cannot be made.
    """
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    _close(folder, FOLDER_MODE)
    return folder


def make_database_file(address: str) -> None:
    """Make the file of an SQLite database: SQLite itself would leave it open to others.

    Raises OSError where it cannot be made.
    """
    url = make_url(address)
    if url.get_backend_name() != "sqlite" or not _is_file(url.database):
        return
    file = Path(url.database or "")
    file.touch(mode=FILE_MODE)
    for ending in BESIDE_DATABASE:
        path = file.with_name(file.name + ending)
        if path.is_file():
            _close(path, FILE_MODE)


def _is_file(database: str | None) -> bool:
    return bool(database) and database != ":memory:" and not str(database).startswith("file:")


def _is_ours(path: Path) -> bool:
    return path.name in OWN_NAMES or path.name.startswith("zetwpo.sqlite3")


def _close(path: Path, mode: int) -> None:
    if path.stat().st_mode & OTHERS:
        # What is somebody else's is theirs to close.
        with suppress(PermissionError):
            path.chmod(mode)
