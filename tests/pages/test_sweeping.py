"""What looks by itself for mails that are due: all of it, whatever becomes of one of them."""

import threading
import uuid
from collections.abc import Collection

import pytest
from flask import Flask

from tests.waiting import wait_until
from zetwpo.cycle import sweeping
from zetwpo.cycle.sweeping import HALFWAY, RESCAN, Sweep
from zetwpo.extensions import db


def test_every_sweep_is_in_the_table() -> None:
    assert set(sweeping.SWEEPS) == {HALFWAY, RESCAN}


def test_what_is_due_is_queued_and_stored_batch_by_batch(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys, said = [uuid.uuid4() for _number in range(5)], []

    def queue(batch: Collection[uuid.UUID]) -> int:
        said.append([*batch])
        return len(batch)

    with app.app_context():
        monkeypatch.setattr(db.session, "commit", lambda: said.append("stored"))
        assert Sweep(lambda: keys, queue, batch=2).run() == 5
    assert said == [keys[:2], "stored", keys[2:4], "stored", keys[4:], "stored"]


def test_where_one_is_interrupted_the_others_have_their_turn(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    seen = []

    def broken() -> list[uuid.UUID]:
        raise OSError("somebody's words")

    def whole() -> list[uuid.UUID]:
        seen.append("whole")
        return []

    both = tuple(Sweep(due, len, batch=1) for due in (broken, whole))
    monkeypatch.setattr(sweeping, "SWEEPS", both)
    with app.app_context():
        sweeping.sweep_all()
    assert seen == ["whole"]
    assert "looking for due mails was interrupted: OSError" in caplog.text
    assert "somebody's words" not in caplog.text


def test_it_looks_again_and_again_until_it_is_told_to_stop(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def look() -> list[uuid.UUID]:
        seen.append(threading.current_thread().name)
        return []

    monkeypatch.setattr(sweeping, "SWEEPS", (Sweep(look, len, batch=1),))
    monkeypatch.setattr(sweeping, "PAUSE_SECONDS", 0.01)
    stop = threading.Event()
    thread = sweeping.start_thread(app, stop)
    wait_until(lambda: len(seen) > 2)
    stop.set()
    thread.join(60)
    assert not thread.is_alive()
    assert set(seen) == {"sweeping"}
