"""The application in processes of its own, started as people start it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from flask import Flask

from tests.pages.client import Fields, Page
from zetwpo import clock
from zetwpo.config import ROOT, Settings

PATIENCE_SECONDS = 60
FLASK = ("-m", "flask")
MOVED_CLOCK = ("-m", "tests.browser.moved_clock")


def environment(app: Flask, port: int | None = None) -> dict[str, str]:
    """The settings of this application, as a process gets them."""
    settings: Settings = app.extensions["settings"]
    chosen = settings.model_dump(exclude={"secret_key", "smtp_password"}) | {
        "port": port or settings.port
    }
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("ZETWPO_")},
        **{f"ZETWPO_{name.upper()}": str(value) for name, value in chosen.items()},
        "ZETWPO_SECRET_KEY": settings.secret_key.get_secret_value(),
    }


def start(
    app: Flask,
    *words: str,
    port: int | None = None,
    log: Path | None = None,
    program: tuple[str, ...] = FLASK,
    stdin: int | None = None,
) -> subprocess.Popen[bytes]:
    """Start a command on the database of this application; what it says goes to the log."""
    command = [sys.executable, *program, "--app", "app", *words]
    said = log.open("ab") if log else subprocess.DEVNULL
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(app, port),
        stdin=stdin,
        stdout=said,
        stderr=said if log else None,
    )


def start_in_time(app: Flask, *words: str) -> subprocess.Popen[bytes]:
    """The same with a clock that shows what ours does, whatever that pretends."""
    process = start(app, *words, program=MOVED_CLOCK, stdin=subprocess.PIPE)
    assert process.stdin
    with process.stdin as told:
        told.write(f"{clock.now().isoformat()}\n".encode())
    return process


@contextmanager
def serving(
    app: Flask, *options: str, log: Path | None = None, program: tuple[str, ...] = FLASK
) -> Iterator[subprocess.Popen[bytes]]:
    """A server on the port and the database of this application, until the end of the block."""
    process = start(app, "serve", *options, log=log, program=program)
    try:
        wait_for(app.extensions["settings"].port, process)
        yield process
    finally:
        process.kill()
        process.wait()


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return when the server on this port works."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            assert ask(port, "/health") == 200
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the server did not start")


def ask(port: int, path: str) -> int:
    """The status of a page."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def send(
    page: Page, action: str = "", fields: Fields | None = None, port: int | None = None
) -> int:
    """Send a form of a page to the server that serves this application; the status."""
    browser, form = page.browser, page.form(action)
    headers = {
        "Cookie": f"zetwpo={browser.cookie}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = urlencode(page.fields(action) | (fields or {}))
    there = port or browser.app.extensions["settings"].port
    connection = HTTPConnection("127.0.0.1", there, timeout=PATIENCE_SECONDS)
    try:
        connection.request("POST", urlsplit(form.get("action")).path, body, headers)
        return connection.getresponse().status
    finally:
        connection.close()
