"""A server that is killed while it sends loses no mail: another one sends it within a minute."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.application import Stored
from tests.browser.ports import free_port
from tests.factories import Maker
from tests.serving import start
from tests.strict_mail import Post, serving
from tests.waiting import wait_until
from zetwpo import clock
from zetwpo.accounts.actors import Role
from zetwpo.extensions import db
from zetwpo.mail.models import OutboxMail
from zetwpo.mail.rules import CLAIM_LASTS

SENT = OutboxMail.sent_at.is_not(None)
ALMOST = CLAIM_LASTS - timedelta(seconds=4)


@pytest.fixture
def post() -> Post:
    """It never answers to what comes in first."""
    return Post(slow={"": 3600})


def test_a_second_server_sends_what_a_killed_one_was_at(
    make_app: Callable[..., Flask], new_database: Callable[[str], str], database: str, post: Post
) -> None:
    with serving(post) as port:
        app = make_app(database_url=new_database(database), port=free_port(), smtp_port=port)
        make = Maker(app)
        scan = make.scan(make.person("Olga", Role.SUPERVISOR))
        asked = [make.asked(scan, name) for name in ("Noor", "Daan")]
        first = start(app, "serve")
        wait_until(lambda: post.handed_over == 1)
        first.kill()
        first.wait()
        post.slow.clear()
        stored = Stored(app)
        assert stored.count(OutboxMail, OutboxMail.claimed_at.is_not(None)) == 1
        assert stored.count(OutboxMail, SENT) == 0
        with app.app_context():
            # As if it had been killed a while ago: a test does not wait for a minute.
            db.session.execute(
                sa.update(OutboxMail)
                .where(OutboxMail.claimed_at.is_not(None))
                .values(claimed_at=clock.now() - ALMOST)
            )
            db.session.commit()
        second = start(app, "serve")
        try:
            wait_until(lambda: stored.count(OutboxMail, SENT) == len(asked))
        finally:
            second.kill()
            second.wait()
    # The first server gave no answer, so that it is not known whether it took the mail.
    assert sorted(post.recipients) == sorted(each.email for each in asked)
