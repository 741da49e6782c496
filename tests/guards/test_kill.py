"""What was confirmed is stored: `kill -9` in the middle of it halves nothing (promise 1)."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.application import Stored
from tests.browser.ports import free_port
from tests.factories import Maker, Scan
from tests.pages.client import Browser
from tests.people import sign_in
from zetwpo.accounts.policy import Role
from zetwpo.audit import AuditEntry
from zetwpo.config import ROOT, Settings
from zetwpo.scan.responses.models import Answer, OpenAnswer
from zetwpo.scan.self_scan.models import Scan as ScanRow

PATIENCE_SECONDS = 30
EDITORS, SUBMITTERS = 4, 24
# In the middle of it: after so many confirmed acts of each kind.
MIDDLE = 8
TEXT = "text-example-pedagogical"
STATEMENTS = (
    "relationship",
    "tailored_guidance",
    "self_direction",
    "room_to_try",
    "professional_identity",
)


@pytest.fixture
def app(make_app: Callable[..., Flask], new_database: Callable[[str], str], database: str) -> Flask:
    """The same application as the server that is killed: its database outlives it."""
    return make_app(database_url=new_database(database), port=free_port())


@contextmanager
def server(app: Flask) -> Iterator[subprocess.Popen[bytes]]:
    """The application in a process of its own."""
    settings: Settings = app.extensions["settings"]
    chosen = settings.model_dump(exclude={"secret_key", "smtp_password"})
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("ZETWPO_")},
        **{f"ZETWPO_{name.upper()}": str(value) for name, value in chosen.items()},
        "ZETWPO_SECRET_KEY": settings.secret_key.get_secret_value(),
    }
    command = [sys.executable, "-m", "flask", "--app", "app", "serve", "--no-worker"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_for(settings.port, process)
        yield process
    finally:
        process.kill()
        process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port)
            connection.request("GET", "/health")
            assert connection.getresponse().status == 200
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the server did not start")


class Sender:
    """Somebody who sends a form again and again, and remembers what was confirmed."""

    def __init__(self, app: Flask, scan: Scan) -> None:
        self.scan = scan
        browser = Browser(app)
        sign_in(browser, scan.owner)
        self.token = browser.token()
        self.headers = {
            "Cookie": f"zetwpo={browser.cookie}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.connection = HTTPConnection("127.0.0.1", app.extensions["settings"].port)
        self.confirmed = 0

    def send(self, path: str, fields: dict[str, Any]) -> int:
        body = urlencode({"csrf_token": self.token} | fields)
        try:
            self.connection.request("POST", f"{self.scan.path}/{path}", body, self.headers)
            response = self.connection.getresponse()
            response.read()
        except (OSError, HTTPException):
            # A connection that broke between the lines of an answer does not close itself.
            self.connection.close()
            raise
        return response.status

    def edit(self) -> None:
        """Save the same part until the server is gone, each time with other values."""
        while True:
            number = self.confirmed + 1
            values = dict.fromkeys(STATEMENTS, str(number % 7 + 1))
            try:
                assert self.send("part/1", values | {TEXT: f"round {number}"}) == 303
            except (OSError, HTTPException):
                return
            self.confirmed = number

    def submit(self) -> None:
        """Hand in once."""
        try:
            self.confirmed = int(self.send("submit", {}) == 303)
        except (OSError, HTTPException):
            return


def test_kill_9_loses_nothing_that_was_confirmed_and_leaves_nothing_half(app: Flask) -> None:
    make, stored = Maker(app), Stored(app)
    count = EDITORS + SUBMITTERS
    people = [make.person(f"Person {number}", Role.SUPERVISOR) for number in range(count)]
    senders = [Sender(app, make.draft_scan(person, 4)) for person in people]
    editors, submitters = senders[:EDITORS], senders[EDITORS:]
    with server(app) as process, ThreadPoolExecutor(EDITORS + 3) as pool:
        work = [pool.submit(each.edit) for each in editors]
        work += [pool.submit(_submit_all, submitters[start::2]) for start in (0, 1)]
        work.append(pool.submit(_kill_in_the_middle, process, editors, submitters))
        for each in work:
            each.result()
    for each in editors:
        _is_whole(each, stored)
    for each in submitters:
        _is_handed_in_or_not(each, stored)
    with server(app):
        assert senders[0].send("part/1", {TEXT: "after the restart"}) == 303


def _submit_all(submitters: list[Sender]) -> None:
    for each in submitters:
        each.submit()


def _kill_in_the_middle(
    process: subprocess.Popen[bytes], editors: list[Sender], submitters: list[Sender]
) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while min(_confirmed(editors), _confirmed(submitters)) < MIDDLE:
        assert time.monotonic() < until, "the server confirms nothing"
        time.sleep(0.01)
    process.kill()


def _confirmed(senders: list[Sender]) -> int:
    return sum(each.confirmed for each in senders)


def _is_whole(editor: Sender, stored: Stored) -> None:
    of_scan = ScanRow.response_id.in_(
        sa.select(ScanRow.response_id).where(ScanRow.id == editor.scan.id)
    )
    query = sa.select(OpenAnswer.text).join(ScanRow, ScanRow.response_id == OpenAnswer.response_id)
    texts = stored.values(query.where(of_scan))
    if not texts:
        # The server was gone before this one had a turn.
        assert editor.confirmed == 0
        return
    [text] = texts
    number = int(text.removeprefix("round "))
    # The last one may have been stored without its sender hearing of it.
    assert number in {editor.confirmed, editor.confirmed + 1}
    answers = sa.select(Answer.value).join(ScanRow, ScanRow.response_id == Answer.response_id)
    values = stored.values(answers.where(of_scan, Answer.statement.in_(STATEMENTS)))
    assert values == [number % 7 + 1] * len(STATEMENTS)


def _is_handed_in_or_not(submitter: Sender, stored: Stored) -> None:
    scan_id = submitter.scan.id
    submitted = stored.count(ScanRow, ScanRow.id == scan_id, ScanRow.submitted_at.is_not(None))
    recorded = stored.count(
        AuditEntry, AuditEntry.object_id == scan_id, AuditEntry.action == "scan submitted"
    )
    assert submitted == recorded
    assert submitted >= submitter.confirmed
