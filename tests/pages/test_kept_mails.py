"""No link that opens something lies in the outbox: not before a mail leaves, and not after."""

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask, current_app

from tests.application import Stored
from tests.factories import Asked, Maker, Scan, Someone
from tests.mailbox import Mailbox
from tests.people import Browse
from zetwpo import clock
from zetwpo.accounts.actors import Role
from zetwpo.config import ROOT
from zetwpo.extensions import db
from zetwpo.mail.composing import EXTENSION
from zetwpo.mail.models import OutboxMail
from zetwpo.scan.feedback.models import Invitation

OPENS = re.compile(r"/sign-in/link/|/feedback/|\b\d{6,}\b")


@pytest.fixture
def queued(asked: Asked, make: Maker, browse: Browse) -> Asked:
    """A request, the link to it again, and a link to sign in: all wait to be sent."""
    browse().get("/feedback/lost-link").send({"email": asked.email})
    browse().get("/sign-in").send({"email": asked.scan.owner.email})
    return asked


def words_of(stored: Stored) -> str:
    """All that the outbox says, apart from whom it is about."""
    columns = (OutboxMail.values, OutboxMail.subject, OutboxMail.text)
    return repr([tuple(row) for row in stored.rows(sa.select(*columns))])


def test_what_waits_holds_no_link_and_no_code(queued: Asked, stored: Stored) -> None:
    assert stored.count(OutboxMail) == 3
    assert set(stored.values(sa.select(OutboxMail.text))) == {None}
    assert not OPENS.search(words_of(stored))
    assert queued.token not in repr(stored.everything())


def test_what_is_kept_has_a_word_in_the_place_of_each(
    queued: Asked, stored: Stored, mailbox: Mailbox
) -> None:
    letters = mailbox.deliver()
    assert len(letters) == 3
    assert all(OPENS.search(letter.text) for letter in letters)
    kept = words_of(stored)
    assert not OPENS.search(kept)
    assert kept.count("[link]") == 3
    assert kept.count("[code]") == 1
    everything = repr(stored.everything())
    for letter in letters:
        assert letter.link not in everything


def test_my_data_holds_the_mails_without_what_opened_something(
    scan: Scan, stranger: Someone, make: Maker, browse: Browse, mailbox: Mailbox
) -> None:
    make.asked(scan, "Sven", word="Do tell", email=stranger.email)
    mailbox.deliver()
    [mail] = browse(stranger).get("/my-data/all.json").json["mails"]
    assert "Do tell" in mail["text"]
    assert "[link]" in mail["text"]
    assert not OPENS.search(mail["text"])


def test_in_the_demo_the_mailbox_has_the_links(
    make_app: Callable[..., Flask], new_database: Callable[[str], str], mailbox: Mailbox
) -> None:
    demo = make_app(mode="demo", base_url="", database_url=new_database("sqlite"))
    make = Maker(demo)
    asked = make.asked(make.scan(make.person("Olga", Role.SUPERVISOR)))
    Mailbox(demo, mailbox.server).deliver()
    assert asked.path in words_of(Stored(demo))


def test_what_was_withdrawn_while_its_mail_waited_is_not_told(
    asked: Asked, app: Flask, mailbox: Mailbox, stored: Stored
) -> None:
    with app.app_context():
        db.session.execute(sa.update(Invitation).values(withdrawn_at=clock.now()))
        db.session.commit()
    assert mailbox.deliver() == []
    assert stored.count(OutboxMail) == 0


def test_every_kind_of_mail_is_composed_by_somebody(app: Flask) -> None:
    kinds = {folder.name for folder in (ROOT / "templates" / "mail").iterdir() if folder.is_dir()}
    with app.app_context():
        assert kinds <= set(current_app.extensions[EXTENSION])
