"""Ports for the servers of a test."""

import os
import random
import socket

# Below the range from which systems take ports for outgoing connections, so that none of those
# comes in between. Random without a seed: two runs look in other places.
FIRST, LAST = 20_000, 32_000
# A server takes its port a moment after it was found free, so the workers of a run have ports of
# their own, and none is given out twice.
WORKERS = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_given: set[int] = set()


def free_port() -> int:
    """A port of this machine on which nobody listens, and that nobody else was given."""
    numbers = random.SystemRandom()
    while True:
        port = numbers.randrange(FIRST + WORKER, LAST, WORKERS)
        if port in _given:
            continue
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        _given.add(port)
        return port
