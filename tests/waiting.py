"""Waiting for what happens elsewhere: in a thread, a process or a browser."""

import time
from collections.abc import Callable

# In seconds, for a machine that is busy with more than these tests.
PATIENCE = 60


def wait_until(condition: Callable[[], bool], pause: float = 0.02) -> None:
    """Return as soon as this is true; look again after each pause, in seconds."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(pause)
