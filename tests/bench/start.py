"""How long `make run` takes until its first answer: in a fresh clone, and ever after."""

import os
import shutil
import signal
import statistics
import subprocess
import sys
import time
from contextlib import suppress
from http.client import HTTPConnection
from itertools import pairwise
from pathlib import Path

from tests.bench.table import Row
from tests.browser.ports import free_port
from zetwpo.config import ROOT

STARTS = 5
# The door of the demo, to which the address that is printed leads.
FIRST_PAGE = "/demo/"
# Seconds; a fresh clone has to install all packages.
PATIENCE, LONG_PATIENCE = 60, 600
# What a clone does not have.
OF_THIS_FOLDER = (".git", ".venv", "instance", "*.mo", "__pycache__", ".*_cache")
MAKE_RUN = ("make", "--silent", "run")

# What a program told, with the seconds since it was started.
Told = list[tuple[str, float]]


def measure(folder: Path) -> list[Row]:
    """The time from starting the program until it answers."""
    # Not from another environment: it could be missing or old, and then `make` would install.
    is_made = Path(sys.prefix) == ROOT / ".venv"
    command = MAKE_RUN if is_made else (sys.executable, "-m", "flask", "--app", "app", "serve")
    starts = [_time_to_answer(command, ROOT, folder) for _ in range(1 + STARTS)]
    first, *times = [seconds for seconds, _told in starts]
    what = f"from `{'make run' if is_made else 'flask serve'}` to the first answer"
    detail = (
        f"median of {STARTS} starts, {min(times):.2f} to {max(times):.2f} s; "
        f"{first:.2f} s with an empty folder"
    )
    return [Row(what, statistics.median(times), 3, "s", detail), _fresh_clone(folder)]


def _fresh_clone(folder: Path) -> Row:
    """What a stranger waits for, where pip has the packages at hand; the steps by what they say."""
    clone = folder / "clone"
    shutil.copytree(ROOT, clone, ignore=shutil.ignore_patterns(*OF_THIS_FOLDER))
    seconds, told = _time_to_answer(MAKE_RUN, clone, clone / "instance", LONG_PATIENCE)
    steps = pairwise([*told, ("", seconds)])
    took = [f"{step.partition('  ')[0]} {after - at:.1f} s" for (step, at), (_, after) in steps]
    return Row("the same in a fresh clone", seconds, 30, "s", ", ".join(took))


def _time_to_answer(
    command: tuple[str, ...], where: Path, folder: Path, patience: float = PATIENCE
) -> tuple[float, Told]:
    port = free_port()
    chosen = {"ZETWPO_MODE": "demo", "ZETWPO_PORT": str(port), "ZETWPO_INSTANCE": str(folder)}
    log = folder.with_suffix(".log")
    told: Told = []
    with log.open("w+b") as out, log.open() as lines:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=where,
            env=os.environ | chosen,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
        try:
            while not _answers(port):
                spent = time.perf_counter() - begun
                told += [(line.strip(), spent) for line in lines]
                assert process.poll() is None, log.read_text()
                assert spent < patience, log.read_text()
                time.sleep(0.01)
            return time.perf_counter() - begun, told
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
