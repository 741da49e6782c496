"""Reminders go by themselves, and two workers of which one is killed neither lose nor repeat them.

`make bench` does the same with 10,000 of them and a kill after each few; these few show it on both
databases each time that the tests run.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.application import Stored
from tests.browser.ports import free_port
from tests.reminding import AT_SCHOOL, WORKERS, lay_out, send_under_fire
from tests.strict_mail import Post, serving
from zetwpo.cycle.halfway import service
from zetwpo.cycle.halfway.models import HalfwayGap
from zetwpo.cycle.sweeping import HALFWAY
from zetwpo.extensions import db
from zetwpo.mail.models import OutboxMail

PEOPLE = 26


@pytest.fixture(autouse=True)
def _at_school() -> Iterator[None]:
    with time_machine.travel(AT_SCHOOL):
        yield


def test_two_workers_of_which_one_is_killed_send_each_reminder(
    make_app: Callable[..., Flask], new_database: Callable[[str], str], database: str
) -> None:
    # Slow enough to have one at hand when it is killed, and others to send after that.
    post = Post(slow={"": 0.1})
    with serving(post) as port:
        app = make_app(database_url=new_database(database), port=free_port(), smtp_port=port)
        people = lay_out(app, PEOPLE)
        outcome = send_under_fire(
            app, post, people, most_between=PEOPLE // 2, most_kills=1, is_long_ago=True
        )
    assert outcome.kills == 1
    assert outcome.lost == 0
    assert outcome.duplicates <= outcome.kills


def test_workers_that_look_at_the_same_moment_queue_each_reminder_once(app: Flask) -> None:
    people, stored = lay_out(app, PEOPLE), Stored(app)
    together = threading.Barrier(2 * WORKERS)

    def look(_number: int) -> int:
        with app.app_context():
            together.wait(60)
            return HALFWAY.run()

    with ThreadPoolExecutor(2 * WORKERS) as pool:
        assert sum(pool.map(look, range(2 * WORKERS))) == PEOPLE
    assert sorted(stored.values(sa.select(OutboxMail.recipient))) == sorted(people)


def test_what_dies_before_the_commit_is_found_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    people, stored = lay_out(app, PEOPLE), Stored(app)

    def die(*_words: object, **_more: object) -> None:
        raise KeyboardInterrupt

    with app.app_context():
        [one, *_others] = service.due_gaps()
        count = service.queue([one.id])
        db.session.commit()
    with monkeypatch.context() as patch, app.app_context():
        # The mails are in the outbox by then, and not what says so.
        patch.setattr(service, "upsert", die)
        with pytest.raises(KeyboardInterrupt):
            replace(HALFWAY, batch=1).run()
        db.session.rollback()
    assert stored.count(OutboxMail) == count
    assert stored.count(HalfwayGap) == 1
    with app.app_context():
        assert HALFWAY.run() == PEOPLE - count
        assert HALFWAY.run() == 0
    assert sorted(stored.values(sa.select(OutboxMail.recipient))) == sorted(people)
