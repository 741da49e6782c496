"""A fair line: whoever waits longest is next, and no place is lost."""

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.waiting import wait_until
from zetwpo.database.turns import Busy, Line, access, reading, writing

PATIENCE = 30.0


def length(line: Line) -> int:
    return len(line._waiting)


def test_who_came_first_is_first() -> None:
    line, order = Line(1), []
    mine = line.enter(PATIENCE)

    def follow(number: int) -> None:
        place = line.enter(PATIENCE)
        order.append(number)
        line.leave(place)

    with ThreadPoolExecutor(20) as pool:
        for number in range(20):
            pool.submit(follow, number)
            wait_until(lambda so_many=number + 1: length(line) == so_many, pause=0.001)
        line.leave(mine)
    assert order == list(range(20))


@pytest.mark.parametrize("places", [1, 3])
def test_no_more_are_in_than_there_are_places(places: int) -> None:
    line, inside, most = Line(places, longest=50), [], []

    def visit(number: int) -> None:
        place = line.enter(PATIENCE)
        inside.append(number)
        most.append(len(inside))
        time.sleep(0.001)
        inside.remove(number)
        line.leave(place)

    with ThreadPoolExecutor(40) as pool:
        list(pool.map(visit, range(40)))
    assert len(most) == 40
    assert max(most) == places


def test_who_waited_too_long_is_sent_away_and_takes_nobodys_place() -> None:
    line = Line(1)
    mine = line.enter(PATIENCE)
    with ThreadPoolExecutor(1) as pool:
        waits = pool.submit(line.enter, 0.02)
        with pytest.raises(Busy):
            waits.result()
    line.leave(mine)
    assert line.enter(0) is not None


def test_a_line_that_is_full_sends_away_at_once() -> None:
    line = Line(1, longest=2)
    mine = line.enter(PATIENCE)
    with ThreadPoolExecutor(2) as pool:
        second = pool.submit(line.enter, PATIENCE)
        wait_until(lambda: length(line) == 1, pause=0.001)
        begun = time.monotonic()
        with pytest.raises(Busy):
            pool.submit(line.enter, PATIENCE).result()
        assert time.monotonic() - begun < PATIENCE / 2
        line.leave(mine)
        line.leave(second.result())


def test_a_thread_does_not_wait_for_itself() -> None:
    line = Line(1)
    first, second = line.enter(0), line.enter(0)
    line.leave(first)
    with ThreadPoolExecutor(1) as pool:
        with pytest.raises(Busy):
            pool.submit(line.enter, 0).result()
        line.leave(second)
        line.leave(pool.submit(line.enter, 0).result())


def test_a_place_may_be_given_back_by_another_thread() -> None:
    line = Line(1)
    with ThreadPoolExecutor(1) as pool:
        theirs = pool.submit(line.enter, 0).result()
        line.leave(theirs)
    line.leave(line.enter(0))


def test_a_signal_while_waiting_loses_no_place() -> None:
    line = Line(1)
    with ThreadPoolExecutor(1) as pool:
        theirs = pool.submit(line.enter, 0).result()
        before = signal.signal(signal.SIGUSR1, lambda *_: exec("raise KeyboardInterrupt"))
        try:
            threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGUSR1)).start()
            with pytest.raises(KeyboardInterrupt):
                line.enter(PATIENCE)
        finally:
            signal.signal(signal.SIGUSR1, before)
        assert length(line) == 0
        line.leave(theirs)
        line.leave(pool.submit(line.enter, 0).result())


def test_after_a_fork_nobody_waits_for_the_other_process() -> None:
    line = Line(1)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(line.enter, 0).result()
        child = os.fork()
        if child == 0:
            try:
                line.enter(0)
            except BaseException:
                os._exit(1)
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0


def test_who_says_nothing_writes_and_what_is_said_lasts_for_the_block() -> None:
    assert not access().is_reading
    with reading(3):
        assert (access().is_reading, access().patience) == (True, 3)
        with writing(4):
            assert (access().is_reading, access().patience) == (False, 4)
        assert access().is_reading
    assert not access().is_reading
