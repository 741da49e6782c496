"""Two server processes on one database count together, and send no more letters than one would."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.browser.client import Client
from tests.browser.mailbox import PostOffice
from tests.browser.server import Server, somebody
from tests.waiting import wait_until
from zetwpo.accounts.actors import Role
from zetwpo.accounts.rules import LETTERS_AT_ONCE

MOST = 10


@pytest.fixture
def pair(
    tmp_path: Path,
    assets: Path,
    post_office: PostOffice,
    database: str,
    new_database: Callable[[str], str],
) -> Iterator[tuple[Server, Server]]:
    """Two servers, each with a worker, that let one network ask no more than so often."""
    address = new_database(database)
    chosen = {"database_url": address, "sign_in_limit": f"{MOST} per hour"}
    with ExitStack() as running:
        servers = []
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            server = Server(tmp_path / name, assets, post_office, **chosen)
            servers.append(running.enter_context(server))
        yield servers[0], servers[1]


def test_two_processes_count_together_and_a_restart_forgets_nothing(
    pair: tuple[Server, Server],
) -> None:
    one, two = pair
    els = one.add_person(somebody("Els"), Role.SUPERVISOR)
    clients = [Client(server) for server in pair for _number in range(MOST)]
    for client in clients:
        client.get("/accessibility")
    with ThreadPoolExecutor(len(clients)) as pool:
        # At the same moment, whichever process takes them in.
        replies = list(pool.map(lambda each: each.post("/sign-in", email=els.email), clients))
    assert Counter(reply.status for reply in replies) == {303: MOST, 429: MOST}
    two.stop()
    two.start()
    assert Client(two).post("/sign-in", email=els.email).status == 429
    # Whichever of the two workers takes up which of the ten: they share what one mailbox gets.
    wait_until(lambda: one.rows("SELECT 1 FROM sign_in_letter") != [])
    wait_until(lambda: not waiting(one))
    [(letters,)] = one.rows("SELECT count(*) FROM sign_in_letter")
    assert 1 <= letters <= LETTERS_AT_ONCE
    for _letter in range(letters):
        assert one.mailbox.take(els.email).code


def waiting(server: Server) -> list[object]:
    """The mails that could leave at this moment, or are on their way."""
    rows = server.rows(
        "SELECT due_at FROM outbox_mail WHERE sent_at IS NULL"
        " AND (claimed_at IS NOT NULL OR due_at <= CURRENT_TIMESTAMP)"
    )
    return list(rows)
