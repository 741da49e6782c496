"""The server dies in the middle of many saves: what it confirmed is stored, and nothing is half."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import cycle

from tests.browser.client import Client
from tests.browser.server import Server, somebody, wait_until
from tests.browser.words import QUESTIONNAIRE
from zetwpo.accounts.policy import Role
from zetwpo.library.questionnaires import Form

PEOPLE = 6
SAVES = 200
PARTS = QUESTIONNAIRE.forms[Form.SELF].parts
STATEMENTS = QUESTIONNAIRE.forms[Form.SELF].statements


@dataclass
class Worker:
    """Somebody who fills in one scan after the other, until nobody answers any more."""

    client: Client
    # What the server said yes to, by scan: the marks of whole parts, and handing in.
    saved: dict[str, dict[str, int]] = field(default_factory=dict)
    handed_in: set[str] = field(default_factory=set)
    count: int = 0

    def work(self) -> None:
        """Fill in scans and hand them in."""
        try:
            for mark in cycle(range(1, 8)):
                self._scan(mark)
        except (OSError, HTTPException):
            return

    def _scan(self, mark: int) -> None:
        scan = self.client.start_scan()
        self.saved[scan] = {}
        for number, part in enumerate(PARTS, 1):
            marks = {statement.key: mark for statement in part.statements}
            if self.client.post(f"{scan}/part/{number}", **marks).status == 303:
                self.saved[scan] |= marks
                self.count += 1
        if self.client.post(f"{scan}/submit").status == 303:
            self.handed_in.add(scan)


def test_what_was_confirmed_is_stored(own_server: Server) -> None:
    workers = []
    for number in range(PEOPLE):
        person = own_server.add_person(somebody(f"Person {number}"), Role.SUPERVISOR)
        client = Client(own_server)
        client.sign_in(person)
        workers.append(Worker(client))

    with ThreadPoolExecutor(PEOPLE) as pool:
        running = [pool.submit(worker.work) for worker in workers]
        try:
            wait_until(lambda: sum(worker.count for worker in workers) >= SAVES)
        finally:
            own_server.kill()
    for each in running:
        each.result()
    own_server.start()

    stored, handed_in = stored_scans(own_server)
    for worker in workers:
        assert worker.handed_in <= handed_in
        for scan, marks in worker.saved.items():
            assert marks.items() <= stored[scan].items()
    for scan, marks in stored.items():
        # A part is stored as a whole or not at all...
        for part in PARTS:
            keys = {statement.key for statement in part.statements}
            assert keys <= marks.keys() or keys.isdisjoint(marks)
        # ...and so is a scan that was handed in.
        if scan in handed_in:
            assert len(marks) == len(STATEMENTS)


def stored_scans(server: Server) -> tuple[dict[str, dict[str, int]], set[str]]:
    """The marks of each scan in the database, and the scans that were handed in."""
    stored: dict[str, dict[str, int]] = {}
    handed_in = set()
    for row in server.rows(
        "SELECT scan.id, submitted_at, statement, value FROM scan"
        " LEFT JOIN answer ON answer.response_id = scan.response_id"
    ):
        scan = f"/scan/{uuid.UUID(str(row.id))}"
        marks = stored.setdefault(scan, {})
        if row.statement:
            marks[row.statement] = row.value
        if row.submitted_at:
            handed_in.add(scan)
    return stored, handed_in
