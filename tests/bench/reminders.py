"""10,000 due reminders, queued and sent by two workers that are killed at random.

A real mail server takes them in, on this machine. What counts is that none is lost, and that a kill
costs one duplicate at most: the mail that was on its way when its worker died.
"""

import os
from pathlib import Path

import time_machine

from tests.bench.load import make_site
from tests.bench.table import Row
from tests.postgres import new_server
from tests.reminding import AT_SCHOOL, Outcome, lay_out, send_under_fire
from tests.strict_mail import Post, serving

PEOPLE = int(os.environ.get("BENCH_REMINDERS", "10000"))
# Mails from one kill to the next.
MOST_BETWEEN = 500
ON_DISK = "/var/tmp"


def measure(folder: Path) -> list[Row]:
    """How many were lost and how many came twice, on SQLite and on PostgreSQL."""
    with new_server(within=Path(ON_DISK)) as postgres:
        addresses = {"SQLite": "", "PostgreSQL": postgres.new_database()}
        return [
            row
            for kind, address in addresses.items()
            for row in _rows(kind, _outcome(folder / kind, address))
        ]


def _outcome(folder: Path, address: str) -> Outcome:
    post = Post()
    with time_machine.travel(AT_SCHOOL), serving(post) as port:
        # At any hour, whenever this is measured.
        hours = {"mail_from_hour": 0, "mail_until_hour": 24}
        app = make_site(folder, address, smtp_port=port, **hours)
        return send_under_fire(app, post, lay_out(app, PEOPLE), MOST_BETWEEN)


def _rows(kind: str, outcome: Outcome) -> list[Row]:
    what = f"{PEOPLE} reminders, two workers, {outcome.kills} kills on {kind}"
    speed = f"{outcome.seconds:.0f} seconds, {PEOPLE / outcome.seconds:.0f} a second"
    return [
        Row(f"{what}: lost", outcome.lost, 0, "", speed),
        Row(f"{what}: twice", outcome.duplicates, outcome.kills),
    ]
