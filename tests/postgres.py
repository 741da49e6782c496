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
OPTIONS = (
    *("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="),
    *("-c", "max_connections=120", "-c", "autovacuum=off"),
)
# Quick, because nobody misses this data after a power cut.
NOT_DURABLE = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


class Server:
    """A server with a folder of its own."""

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        self.port = free_port()
        self._folder = folder
        self._options = OPTIONS if durable else OPTIONS + NOT_DURABLE
        self._programs = _programs()
        # The server refuses to run as root.
        self._user = "postgres" if os.geteuid() == 0 else None
        self._process: subprocess.Popen[bytes] | None = None
        self._make()

    def address(self, database: str) -> str:
        return f"postgresql://zetwpo@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str) -> None:
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def new_database(self, template: str = "") -> str:
        """Make an empty database, or a copy of the one at an address; return its address."""
        name = f"test_{uuid.uuid4().hex}"
        copied = f" TEMPLATE {template.rpartition('/')[2]}" if template else ""
        self.execute(f"CREATE DATABASE {name}{copied}")
        return self.address(name)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with (self._folder / "log").open("a") as log:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", self._folder / "data"]
                + ["-p", str(self.port), *self._options],
                user=self._user,
                cwd=self._folder,
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until and self._process.poll() is None:
            with suppress(psycopg.OperationalError):
                self.execute("SELECT 1")
                return
            time.sleep(0.02)
        log_text = (self._folder / "log").read_text()
        pytest.fail(f"The PostgreSQL server did not start:\n{log_text}")

    def stop(self) -> None:
        """End it at once: nothing here is worth a checkpoint."""
        if self._process:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(PATIENCE_SECONDS)
            self._process = None

    def restart(self) -> None:
        """Break all connections, as a restart of the machine does."""
        self.stop()
        self.start()

    def _make(self) -> None:
        if self._user:
            os.chown(self._folder, pwd.getpwnam(self._user).pw_uid, -1)
        made = subprocess.run(
            [self._programs / "initdb", "--pgdata", self._folder / "data", "--username=zetwpo"]
            + ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
            user=self._user,
            cwd=self._folder,
            capture_output=True,
            text=True,
        )
        assert made.returncode == 0, made.stderr


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One server for this process; made when the first test asks for it."""
    with new_server() as server:
        yield server


@contextmanager
def new_server(within: Path | None = None) -> Iterator[Server]:
    """Another server, for whoever stops it or keeps it busy; durable within a given folder."""
    folder = Path(tempfile.mkdtemp(prefix="zetwpo-postgres-", dir=within))
    try:
        server = Server(folder, durable=within is not None)
        try:
            server.start()
            yield server
        finally:
            server.stop()
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
