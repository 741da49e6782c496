"""What is in the files of a server is for the account that runs it, whatever the umask."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.browser.client import Client
from tests.browser.mailbox import PostOffice
from tests.browser.server import Server, somebody
from zetwpo.accounts.actors import Role
from zetwpo.config import ROOT


@contextmanager
def umask(mask: int) -> Iterator[None]:
    """What programs that start here leave out of the rights of a new file."""
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def open_to_others(folder: Path) -> list[str]:
    """What others on this machine can do something with."""
    found = [folder, *folder.iterdir()]
    return [path.name for path in found if not path.is_symlink() and rights(path) & 0o077]


def test_a_server_keeps_its_files_to_itself(
    tmp_path: Path, assets: Path, post_office: PostOffice
) -> None:
    with umask(0o022), Server(tmp_path, assets, post_office) as server:
        client = Client(server)
        client.sign_in(server.add_person(somebody("Robin de Boer"), Role.SUPERVISOR))
        client.start_scan()
        instance = tmp_path / "instance"
        # A writer holds the journal open, and so it can be looked at.
        with sa.create_engine(f"sqlite:///{instance / 'zetwpo.sqlite3'}").connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            connection.exec_driver_sql("UPDATE person SET name = name")
            assert {path.name for path in instance.iterdir()} > {"zetwpo.sqlite3"}
            assert open_to_others(instance) == []
            connection.rollback()
        assert open_to_others(instance) == []


def test_what_was_open_is_closed_at_the_next_start(
    tmp_path: Path, assets: Path, post_office: PostOffice
) -> None:
    with umask(0o022), Server(tmp_path, assets, post_office) as server:
        instance = tmp_path / "instance"
        server.stop()
        instance.chmod(0o755)
        for path in instance.iterdir():
            if not path.is_symlink():
                path.chmod(0o644)
        server.start()
        assert open_to_others(instance) == []


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_a_folder_and_a_key_are_made_for_their_owner(tmp_path: Path, mask: int) -> None:
    instance = tmp_path / "made" / "instance"
    instance.parent.mkdir()
    environment = {
        "ZETWPO_MODE": "demo",
        "ZETWPO_INSTANCE": str(instance),
        "PATH": os.environ["PATH"],
    }
    with umask(mask):
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "app", "check"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
        )
    assert done.returncode == 0, done.stderr
    assert rights(instance) == 0o700
    for name in ("zetwpo.sqlite3", "secret_key"):
        assert rights(instance / name) == 0o600


def test_a_folder_that_others_use_too_stays_theirs(
    tmp_path: Path, assets: Path, post_office: PostOffice
) -> None:
    (tmp_path / "instance").mkdir(mode=0o755)
    theirs = tmp_path / "instance" / "their-file"
    theirs.write_text("not ours")
    theirs.chmod(0o644)
    (tmp_path / "instance").chmod(0o755)
    with umask(0o022), Server(tmp_path, assets, post_office):
        assert rights(tmp_path / "instance") == 0o755
        assert rights(theirs) == 0o644
        assert rights(tmp_path / "instance" / "zetwpo.sqlite3") == 0o600
