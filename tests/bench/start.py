"""How long `make run` takes until its first answer, on a machine that ran it before."""

import os
import signal
import statistics
import subprocess
import sys
import time
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path

from tests.bench.table import Row
from tests.browser.ports import free_port
from zetwpo.config import ROOT

STARTS = 5
# The door of the demo, to which the address that is printed leads.
FIRST_PAGE = "/demo/"
PATIENCE = 60


def measure(folder: Path) -> list[Row]:
    """The time from starting the program until it answers."""
    # Not from another environment: it could be missing or old, and then `make` would install.
    is_made = Path(sys.prefix) == ROOT / ".venv"
    serve = [sys.executable, "-m", "flask", "--app", "app", "serve"]
    command = ["make", "--silent", "run"] if is_made else serve
    first, *times = [_time_to_answer(command, folder) for _ in range(1 + STARTS)]
    what = f"from `{'make run' if is_made else 'flask serve'}` to the first answer"
    detail = (
        f"median of {STARTS} starts, {min(times):.2f} to {max(times):.2f} s; "
        f"{first:.2f} s with an empty folder"
    )
    return [Row(what, statistics.median(times), 3, "s", detail)]


def _time_to_answer(command: list[str], folder: Path) -> float:
    port = free_port()
    chosen = {"ZETWPO_MODE": "demo", "ZETWPO_PORT": str(port), "ZETWPO_INSTANCE": str(folder)}
    told = folder.with_suffix(".log")
    with told.open("wb") as log:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | chosen,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        while not _answers(port):
            assert process.poll() is None, told.read_text()
            assert time.perf_counter() < begun + PATIENCE, told.read_text()
            time.sleep(0.01)
        return time.perf_counter() - begun
    finally:
        # The group: `make`, and what it started. Unless that stopped by itself.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", FIRST_PAGE)
        return connection.getresponse().status == 200
    except ConnectionRefusedError:
        return False
    finally:
        connection.close()
