"""Where the processor time of a request goes: looked at every few milliseconds, by kind of work."""

import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# Processor time between two looks, in seconds. Many systems look no more often than every 4 ms.
PAUSE = 0.001
# Each kind of work and the modules that do it; a look counts for the innermost that is known.
WORK = {
    "session and sign-in": ("flask.sessions", "zetwpo.accounts"),
    "form and token": ("wtforms", "flask_wtf", "zetwpo.fields", "werkzeug.formparser"),
    "database": ("sqlalchemy", "flask_sqlalchemy", "zetwpo.database", "tests.bench.bare"),
    "template": ("jinja2", "markupsafe"),
    "compression": ("flask_compress",),
    "our own rules": ("zetwpo.scan", "zetwpo.library"),
}
REST = "the rest"


class Sampler:
    """Counts looks at what the main thread does."""

    def __init__(self) -> None:
        self._into: Counter[str] | None = None

    @contextmanager
    def running(self) -> Iterator[None]:
        """Look while the block runs; what is seen counts inside `counting` only."""
        before = signal.signal(signal.SIGPROF, self._look)
        signal.setitimer(signal.ITIMER_PROF, PAUSE, PAUSE)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)

    @contextmanager
    def counting(self, looks: Counter[str]) -> Iterator[None]:
        """Add what is seen while the block runs."""
        self._into = looks
        try:
            yield
        finally:
            self._into = None

    def _look(self, _number: int, frame: FrameType | None) -> None:
        if self._into is not None:
            self._into[_work(frame)] += 1


def _work(frame: FrameType | None) -> str:
    while frame is not None:
        # The code of a template has no module.
        module = frame.f_globals.get("__name__", "jinja2")
        for work, modules in WORK.items():
            if any(f"{module}.".startswith(f"{each}.") for each in modules):
                return work
        frame = frame.f_back
    return REST


def divided(total: float, looks: Counter[str]) -> str:
    """This total by kind of work, the largest first."""
    count = looks.total() or 1
    return ", ".join(f"{work} {total * seen / count:.2f}" for work, seen in looks.most_common())
