"""What was confirmed is stored: `kill -9` in the middle of it halves nothing (promise 1).

The promise speaks of 1,000 submits. Every one of them goes the same way, and what decides is how
many are under way at the kill: some submits and some saves. So 24 show it in a few seconds, on both
databases, each time that the tests run; `KILL_SUBMITS=1000` sends as many as the promise names.
"""

import os
import subprocess
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
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
from tests.serving import serving
from zetwpo.accounts.actors import Role
from zetwpo.audit import AuditEntry
from zetwpo.scan.responses.models import Answer, OpenAnswer
from zetwpo.scan.self_scan.models import Scan as ScanRow

PATIENCE_SECONDS = 60
EDITORS = 4
SUBMITTERS = int(os.environ.get("KILL_SUBMITS", "24"))
# So many hand in at the same time, until the kill after half of them.
LANES = 3
MIDDLE = SUBMITTERS // 2
TEXT = "text-example-pedagogical"
STATEMENTS = (
    "relationship",
    "tailored_guidance",
    "self_direction",
    "room_to_try",
    "professional_identity",
)


def fields_of(point: int, text: str) -> dict[str, str]:
    """The first part with this answer to every statement."""
    return dict.fromkeys([f"statement-{key}" for key in STATEMENTS], str(point)) | {TEXT: text}


@pytest.fixture
def app(make_app: Callable[..., Flask], new_database: Callable[[str], str], database: str) -> Flask:
    """The same application as the server that is killed: its database outlives it."""
    return make_app(database_url=new_database(database), port=free_port())


class Sender:
    """Somebody who sends a form again and again, and remembers what was confirmed."""

    def __init__(self, app: Flask, scan: Scan) -> None:
        self.scan = scan
        browser = Browser(app)
        sign_in(browser, scan.owner)
        self.token = browser.token()
        self.seen = browser.get(f"{scan.path}/check").fields()["seen"]
        self.headers = {
            "Cookie": f"zetwpo={browser.cookie}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        port = app.extensions["settings"].port
        self.connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        self.confirmed = 0
        # Set after the first act, or when it is clear that there will be none.
        self.had_a_turn = threading.Event()

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
        try:
            sent = fields_of(4, "")
            while True:
                number = self.confirmed + 1
                before, sent = sent, fields_of(number % 7 + 1, f"round {number}")
                # It knows what it sent before, so this is no change from elsewhere.
                assert self.send("part/1", sent | {"tried": urlencode(before)}) == 303
                self.confirmed = number
                self.had_a_turn.set()
        except (OSError, HTTPException):
            return
        finally:
            self.had_a_turn.set()

    def submit(self) -> bool:
        """Hand in; False when the server is gone."""
        try:
            self.confirmed = int(self.send("submit", {"seen": self.seen}) == 303)
        except (OSError, HTTPException):
            return False
        finally:
            # The server takes a limited number of connections at a time.
            self.connection.close()
        return True


def test_kill_9_loses_nothing_that_was_confirmed_and_leaves_nothing_half(app: Flask) -> None:
    make, stored = Maker(app), Stored(app)
    count = EDITORS + SUBMITTERS
    people = [make.person(f"Person {number}", Role.SUPERVISOR) for number in range(count)]
    senders = [Sender(app, make.draft_scan(person, 4)) for person in people]
    editors, submitters = senders[:EDITORS], senders[EDITORS:]
    with serving(app, "--no-worker") as process, ThreadPoolExecutor(EDITORS + LANES) as pool:
        work = [pool.submit(each.edit) for each in editors]
        for each in editors:
            each.had_a_turn.wait()
        lanes = [submitters[start::LANES] for start in range(LANES)]
        work += [pool.submit(_submit_until_the_middle, lane, submitters, process) for lane in lanes]
        for task in work:
            task.result()
    assert all(each.confirmed for each in editors)
    assert MIDDLE <= sum(each.confirmed for each in submitters) < SUBMITTERS
    for each in editors:
        _is_whole(each, stored)
    for each in submitters:
        _is_handed_in_or_not(each, stored)

    with serving(app, "--no-worker"):
        text = {"text-example-organisational": "after the restart"}
        assert editors[0].send("part/2", text) == 303
        assert all(each.submit() for each in submitters if not each.confirmed)
    for each in submitters:
        assert each.confirmed
        _is_handed_in_or_not(each, stored)


def _submit_until_the_middle(
    lane: list[Sender], submitters: list[Sender], process: subprocess.Popen[bytes]
) -> None:
    for each in lane:
        if not each.submit():
            return
        # Counted after the own one: whoever makes it half sees that it is.
        if sum(each.confirmed for each in submitters) >= MIDDLE:
            # The other lanes and all editors are at work; they end with the server.
            process.kill()
            return


def _is_whole(editor: Sender, stored: Stored) -> None:
    of_scan = ScanRow.response_id.in_(
        sa.select(ScanRow.response_id).where(ScanRow.id == editor.scan.id)
    )
    query = sa.select(OpenAnswer.text).join(ScanRow, ScanRow.response_id == OpenAnswer.response_id)
    [text] = stored.values(query.where(of_scan))
    number = int(text.removeprefix("round "))
    # The last one may have been stored without its sender hearing of it.
    assert number in {editor.confirmed, editor.confirmed + 1}
    answers = sa.select(Answer.value).join(ScanRow, ScanRow.response_id == Answer.response_id)
    values = stored.values(answers.where(of_scan, Answer.statement.in_(STATEMENTS)))
    assert values == [number % 7 + 1] * len(STATEMENTS)


def _is_handed_in_or_not(submitter: Sender, stored: Stored) -> None:
    """Once at most, with a line in the audit, and for certain where the sender heard of it."""
    scan_id = submitter.scan.id
    submitted = stored.count(ScanRow, ScanRow.id == scan_id, ScanRow.submitted_at.is_not(None))
    recorded = stored.count(
        AuditEntry, AuditEntry.object_id == scan_id, AuditEntry.action == "scan submitted"
    )
    assert submitted == recorded
    assert submitted >= submitter.confirmed
