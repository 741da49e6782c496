"""A PostgreSQL server of our own: on a free loopback port, in a folder that goes afterwards."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from tests.browser.ports import free_port

PATIENCE_SECONDS = 30
# Quick, because nobody misses this data after a power cut.
OPTIONS = (
    *("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="),
    *("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"),
    *("-c", "max_connections=120", "-c", "autovacuum=off"),
)


class Server:
    """A running server."""

    def __init__(self, port: int) -> None:
        self.port = port

    def address(self, database: str) -> str:
        return f"postgresql://zetwpo@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str) -> None:
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def new_database(self) -> str:
        """Make an empty database and return its address."""
        name = f"test_{uuid.uuid4().hex}"
        self.execute(f"CREATE DATABASE {name}")
        return self.address(name)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One server for this process; made when the first test asks for it."""
    with new_server() as server:
        yield server


@contextmanager
def new_server() -> Iterator[Server]:
    """Another server, for whoever stops it or keeps it busy."""
    folder = Path(tempfile.mkdtemp(prefix="zetwpo-postgres-"))
    try:
        with _running(_programs(), folder) as server:
            yield server
    finally:
        shutil.rmtree(folder)


def _programs() -> Path:
    # Debian keeps the programs of the server off the PATH.
    on_path = shutil.which("postgres")
    folders = [Path(on_path).parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    pytest.fail("There is no PostgreSQL server on this machine: run tools/test_machine.")


@contextmanager
def _running(programs: Path, folder: Path) -> Iterator[Server]:
    # The server refuses to run as root.
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    data, port = folder / "data", free_port()
    made = subprocess.run(
        [programs / "initdb", "--pgdata", data, "--username=zetwpo", "--auth=trust"]
        + ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
        user=user,
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [programs / "postgres", "-D", data, "-p", str(port), *OPTIONS],
            user=user,
            cwd=folder,
            stdout=log,
            stderr=log,
        )
    try:
        server = Server(port)
        _wait_for(server, process, folder / "log")
        yield server
    finally:
        process.send_signal(signal.SIGQUIT)  # at once: nothing here is worth a checkpoint
        process.wait(PATIENCE_SECONDS)


def _wait_for(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with suppress(psycopg.OperationalError):
            server.execute("SELECT 1")
            return
        time.sleep(0.02)
    pytest.fail(f"The PostgreSQL server did not start:\n{log.read_text()}")
