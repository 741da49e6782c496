"""Who uses the database next: writers and readers each wait in a fair line of their own.

SQLite lets one writer in at a time, and whoever finds it taken asks again after a pause: with ten
people saving, the unlucky one asks for seconds. In a line the next one is called at once. The
lines stand before the pool of connections, so that whoever waits holds nothing that others need.
"""

import os
import threading
import time
from collections import Counter, deque
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakSet

from sqlalchemy import exc
from sqlalchemy.pool import (
    ConnectionPoolEntry,
    ManagesConnection,
    PoolProxiedConnection,
    QueuePool,
)

# Seconds. Whoever saves gets the text back after this, with the button to send it again.
WRITE_PATIENCE = 15.0
# Nothing is lost with a page that does not open, and nobody looks at an empty one for long.
READ_PATIENCE = 5.0
# So many may stand in each line, those at work included; one more is refused at once.
LONGEST_LINE = 80
# Others, for what needs no database, are never in a line.
THREADS = 2 * LONGEST_LINE + 16


@dataclass(frozen=True)
class Access:
    """What the work at hand asks of the database."""

    is_reading: bool
    # Seconds that it waits for others.
    patience: float
    # What a look has read so far (looks.py); whoever writes keeps nothing.
    seen: dict[Hashable, Any] | None = field(default=None, compare=False)


_access: ContextVar[Access] = ContextVar("access", default=Access(False, WRITE_PATIENCE))  # noqa: B039


def access() -> Access:
    """What is asked now; whoever says nothing wants to write."""
    return _access.get()


@contextmanager
def reading(patience: float = READ_PATIENCE) -> Iterator[None]:
    """Only read for the length of the block; both databases refuse to write in it."""
    with _asking(Access(True, patience, {})):
        yield


@contextmanager
def writing(patience: float = WRITE_PATIENCE) -> Iterator[None]:
    """Write for the length of the block, for instance with patience for a long migration."""
    with _asking(Access(False, patience)):
        yield


@contextmanager
def _asking(wanted: Access) -> Iterator[None]:
    before = _access.set(wanted)
    try:
        yield
    finally:
        _access.reset(before)


class Busy(exc.TimeoutError):
    """Too many wait for the database, or one has waited for too long."""


class Line:
    """A fair line before a number of places: who has waited longest is next.

    A thread that has a place gets more at once: it cannot wait for itself.
    """

    def __init__(self, places: int, longest: int = LONGEST_LINE) -> None:
        self.places = places
        self.longest = longest
        self.start_anew()
        _lines.add(self)

    def start_anew(self) -> None:
        """Forget who was here: after a fork they are in the other process."""
        self._lock = threading.Lock()
        self._holders: Counter[int] = Counter()
        self._waiting: deque[tuple[int, threading.Event]] = deque()

    def enter(self, patience: float) -> int:
        """Wait for a place for at most this many seconds; returns what `leave` needs.

        Raises Busy.
        """
        me = threading.get_ident()
        with self._lock:
            if me in self._holders or (len(self._holders) < self.places and not self._waiting):
                self._holders[me] += 1
                return me
            if len(self._holders) + len(self._waiting) >= self.longest:
                raise Busy("too many wait for the database")
            called = threading.Event()
            self._waiting.append((me, called))
        try:
            called.wait(patience)
        except BaseException:
            # A signal ended the wait.
            if not self._step_out(me, called):
                self.leave(me)
            raise
        if self._step_out(me, called):
            raise Busy("the wait for the database took too long")
        return me

    def leave(self, holder: int) -> None:
        """Give a place back; who has waited longest has it at once."""
        with self._lock:
            self._holders[holder] -= 1
            if self._holders[holder]:
                return
            del self._holders[holder]
            if self._waiting:
                following, called = self._waiting.popleft()
                self._holders[following] += 1
                called.set()

    def _step_out(self, me: int, called: threading.Event) -> bool:
        """Stop waiting; False for somebody who was called in the meantime."""
        with self._lock:
            if called.is_set():
                return False
            self._waiting.remove((me, called))
            return True


_lines: WeakSet[Line] = WeakSet()


def _start_lines_anew() -> None:
    for line in _lines:
        line.start_anew()


os.register_at_fork(after_in_child=_start_lines_anew)

_PLACE, _UNTIL = "place in line", "patient until"


class FairPool(QueuePool):
    """A pool of connections behind two lines, one for writers and one for readers.

    A place is taken with the connection and goes back with it, however that comes about: closed,
    broken, thrown away by the garbage collector, or never opened at all.
    """

    # At work at the same moment.
    WRITERS = 1
    READERS = 16

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._writers = Line(self.WRITERS)
        self._readers = Line(self.READERS)

    def recreate(self) -> "FairPool":
        """The same lines before new connections: not all of the old ones are back."""
        fresh = super().recreate()
        assert isinstance(fresh, FairPool)  # noqa: S101 (for the type checker)
        fresh._writers, fresh._readers = self._writers, self._readers
        return fresh

    def _do_get(self) -> ConnectionPoolEntry:
        wanted = access()
        line = self._readers if wanted.is_reading else self._writers
        until = time.monotonic() + wanted.patience
        holder = line.enter(wanted.patience)
        try:
            record = super()._do_get()
        except BaseException:
            line.leave(holder)
            raise
        _info(record).update({_PLACE: (line, holder), _UNTIL: until})
        return record

    def _do_return_conn(self, record: ConnectionPoolEntry) -> None:
        line, holder = _info(record).pop(_PLACE)
        try:
            if record.dbapi_connection is not None:
                self._clear_up(record, was_reading=line is self._readers)
        finally:
            try:
                super()._do_return_conn(record)
            finally:
                line.leave(holder)

    def _clear_up(self, record: ConnectionPoolEntry, *, was_reading: bool) -> None:
        """End what is left, so that nobody waits for it."""
        try:
            # A commit that failed can leave its transaction open, with all its locks.
            record.dbapi_connection.rollback()  # type: ignore[union-attr]
            self._make_ready(record.dbapi_connection, was_reading=was_reading)
        except Exception as error:
            record.invalidate(error)

    def _make_ready(self, connection: Any, *, was_reading: bool) -> None:
        """Whatever else a database needs before the next one has its turn."""


def _info(connection: ManagesConnection) -> dict[str, Any]:
    # None for a connection that was taken out of its pool.
    return {} if connection.record_info is None else connection.record_info


def patience_left(connection: PoolProxiedConnection) -> float:
    """How many seconds whoever holds this connection will wait on, 0 and up."""
    until = _info(connection).get(_UNTIL)
    return access().patience if until is None else max(0.0, until - time.monotonic())
