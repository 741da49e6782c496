"""What looks by itself for mails that are due: all of it, whatever becomes of one of them."""

import threading

import pytest
from flask import Flask

from tests.waiting import wait_until
from zetwpo.cycle import sweeping
from zetwpo.cycle.halfway.sweeping import sweep as halfway
from zetwpo.cycle.rescan.service import sweep as rescan


def test_every_sweep_is_in_the_table() -> None:
    assert set(sweeping.SWEEPS) == {halfway, rescan}


def test_where_one_is_interrupted_the_others_have_their_turn(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    seen = []

    def broken() -> int:
        raise OSError("somebody's words")

    def whole() -> int:
        seen.append("whole")
        return 0

    monkeypatch.setattr(sweeping, "SWEEPS", (broken, whole))
    with app.app_context():
        sweeping.sweep_all()
    assert seen == ["whole"]
    assert "looking for due mails was interrupted: OSError" in caplog.text
    assert "somebody's words" not in caplog.text


def test_it_looks_again_and_again_until_it_is_told_to_stop(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def sweep() -> int:
        seen.append(threading.current_thread().name)
        return 0

    monkeypatch.setattr(sweeping, "SWEEPS", (sweep,))
    monkeypatch.setattr(sweeping, "PAUSE_SECONDS", 0.01)
    stop = threading.Event()
    thread = sweeping.start_thread(app, stop)
    wait_until(lambda: len(seen) > 2)
    stop.set()
    thread.join(60)
    assert not thread.is_alive()
    assert set(seen) == {"sweeping"}
