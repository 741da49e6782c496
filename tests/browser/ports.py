"""Ports for the servers of a test."""

import random
import socket

# Below the range from which systems take ports for outgoing connections, so that none of those
# comes in between. Random without a seed: two workers, or two runs, look in other places.
FIRST, LAST = 20_000, 32_000


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    numbers = random.SystemRandom()
    while True:
        port = numbers.randint(FIRST, LAST)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
