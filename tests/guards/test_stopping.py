"""Whoever runs this asks it to stop: it does, at any moment, and leaves no traceback behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.browser.ports import free_port
from zetwpo.config import ROOT

PATIENCE = 60
# As Python gives them: ended by itself, or by the signal.
ENDED = {
    signal.SIGTERM: {0, -signal.SIGTERM, 128 + signal.SIGTERM},
    # Click says "Aborted!" and ends with 1 where it is still reading the program.
    signal.SIGINT: {0, 1, -signal.SIGINT, 128 + signal.SIGINT},
}
SIGNALS = list(ENDED)


class Program:
    """A command that runs in a folder of its own."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.port = free_port()
        self.instance = folder / "instance"
        self._log = folder / f"{words[0]}.log"
        settings = {
            "MODE": "production",
            "BASE_URL": f"http://127.0.0.1:{self.port}",
            "PORT": str(self.port),
            "INSTANCE": str(self.instance),
            "SECRET_KEY": "not a secret, only long enough for tests",
            "SMTP_HOST": "127.0.0.1",
            "SMTP_SECURITY": "none",
            "MAIL_SENDER": "zetwpo@school.example",
            "CONTROLLER": "Foundation of the tests, Test Street 1, Testdorp",
            "CONTACT": "help@tests.example",
        }
        rest = {key: value for key, value in os.environ.items() if not key.startswith("ZETWPO_")}
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "flask", "--app", "app", *words],
                cwd=ROOT,
                env=rest | {f"ZETWPO_{key}": value for key, value in settings.items()},
                stdout=log,
                stderr=log,
            )

    @property
    def log(self) -> str:
        """What it said."""
        return self._log.read_text()

    def wait_for(self, moment: Callable[[], object]) -> None:
        """Return when this is so."""
        until = time.monotonic() + PATIENCE
        while not moment():
            assert self.process.poll() is None, self.log
            assert time.monotonic() < until
            time.sleep(0.005)

    def has_opened(self) -> bool:
        """True when it says that it works."""
        return "stop with Ctrl-C" in self.log

    def end(self, number: signal.Signals) -> None:
        """Ask it to stop, and see that it does so in peace."""
        self.process.send_signal(number)
        self.sees_to_it(number)

    def sees_to_it(self, number: signal.Signals) -> None:
        """It ended, as it was asked to."""
        assert self.process.wait(PATIENCE) in ENDED[number], self.log
        for word in ("Traceback", "Error", "Exception", "Fatal"):
            assert word not in self.log


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Program]]:
    """Starts a command, and ends it after the test."""
    started: list[Program] = []

    def starting(*words: str) -> Program:
        started.append(Program(tmp_path, *words))
        return started[-1]

    yield starting
    for program in started:
        program.process.kill()
        program.process.wait()


Start = Callable[..., Program]


@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("moment", ["folder", "tables"])
def test_while_it_starts(start: Start, moment: str, number: signal.Signals) -> None:
    program = start("serve")
    database = program.instance / "zetwpo.sqlite3"
    program.wait_for(
        {
            "folder": program.instance.exists,
            "tables": lambda: database.exists() and database.stat().st_size,
        }[moment]
    )
    program.end(number)


@pytest.mark.parametrize("number", SIGNALS)
def test_while_it_runs(start: Start, number: signal.Signals) -> None:
    program = start("serve")
    program.wait_for(program.has_opened)
    program.end(number)
    # On the tables that are there by now.
    program = start("worker")
    program.wait_for(program.has_opened)
    program.end(number)


def test_while_many_ask_something_and_more_than_once(start: Start) -> None:
    program = start("serve")
    program.wait_for(program.has_opened)
    is_over = threading.Event()

    def ask() -> None:
        while not is_over.is_set():
            connection = HTTPConnection("127.0.0.1", program.port, timeout=PATIENCE)
            try:
                connection.request("GET", "/sign-in")
                connection.getresponse().read()
            except OSError:
                return
            finally:
                connection.close()

    lanes = [threading.Thread(target=ask) for _number in range(8)]
    for lane in lanes:
        lane.start()
    time.sleep(0.5)
    for _time in range(3):
        program.process.send_signal(signal.SIGTERM)
    program.sees_to_it(signal.SIGTERM)
    is_over.set()
    for lane in lanes:
        lane.join()
