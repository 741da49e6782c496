"""What a decision of the permission table costs, and whether asking to sign in tells who is known.

Processor time of this process: a network and a disk would hide a difference, and not make one.
"""

import html
import re
import statistics
import time
import uuid
from pathlib import Path

from tests.bench.table import Row
from zetwpo.accounts.actors import Actor, Facts, HeldRole, Role
from zetwpo.accounts.policy import PERMISSIONS
from zetwpo.accounts.service import add_person
from zetwpo.application import create_app
from zetwpo.cli import upgrade_database
from zetwpo.config import Settings
from zetwpo.extensions import db
from zetwpo.web import Application

DECISIONS = 2000
# Of each kind; one half is thrown away on either side, for what else the machine does.
ASKED = 300
KNOWN, UNKNOWN = "known", "unknown"


def measure(folder: Path) -> list[Row]:
    """The time of a decision, and the ratio of the requests for known and unknown addresses."""
    return [_decision(), _asking(folder)]


def _decision() -> Row:
    here, person = uuid.uuid4(), uuid.uuid4()
    # Somebody with every role, at two schools: as many memberships as anybody will have.
    held = frozenset(HeldRole(here, role, uuid.uuid4()) for role in Role for _school in range(2))
    actor = Actor(person, "Name", "nl", held)
    facts = Facts(owner_id=uuid.uuid4(), partnership_id=here, shared_with=frozenset({person}))
    begun = time.thread_time()
    for _round in range(DECISIONS):
        for permission in PERMISSIONS:
            permission.opens_to(actor, facts)
    each = 1000 * (time.thread_time() - begun) / (DECISIONS * len(PERMISSIONS))
    return Row("one decision of the permission table", each, 0.1, "ms", f"{len(held)} roles held")


def _asking(folder: Path) -> Row:
    app = _site(folder)
    times: dict[str, list[float]] = {KNOWN: [], UNKNOWN: []}
    kinds = [KNOWN, UNKNOWN]
    for number in range(ASKED):
        for kind in kinds:
            times[kind].append(_ask(app, f"{kind}{number}@school.example"))
        kinds.reverse()
    known, unknown = (statistics.median(times[kind]) for kind in (KNOWN, UNKNOWN))
    # Whichever is slower: it would tell as much.
    return Row(
        "asking to sign in, known beside unknown",
        max(known, unknown) / min(known, unknown),
        1.05,
        "times",
        f"{known:.2f} ms beside {unknown:.2f} ms of processor time",
    )


def _site(folder: Path) -> Application:
    many = "1000000 per 15 minutes"
    app = create_app(Settings(mode="demo", instance=folder, browser_limit=many, sign_in_limit=many))
    with app.app_context():
        upgrade_database()
        for number in range(ASKED):
            add_person("Somebody", f"{KNOWN}{number}@school.example", [Role.SUPERVISOR], "Here")
        db.session.commit()
    return app


def _ask(app: Application, address: str) -> float:
    browser = app.test_client()
    page = browser.get("/sign-in").text
    [token] = re.findall(r'name="csrf_token" value="([^"]*)"', page)[:1]
    begun = time.thread_time()
    answer = browser.post("/sign-in", data={"csrf_token": html.unescape(token), "email": address})
    spent = time.thread_time() - begun
    assert answer.status_code == 303, answer.text
    return 1000 * spent
