"""Mails that did not arrive, for the administrator of whom they were for."""

import uuid

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.application import Stored
from tests.factories import Asked, Maker, Someone
from tests.pages.client import Browser
from tests.pages.test_mail_trouble import deliver, mailing_to
from tests.pages.test_people import invite
from tests.people import Browse
from tests.strict_mail import Post, serving
from zetwpo import clock
from zetwpo.accounts.actors import Role
from zetwpo.extensions import db
from zetwpo.mail.models import OutboxMail
from zetwpo.mail.rules import TEXT_KEPT, Failure
from zetwpo.mail.service import clear_texts

ELSEWHERE = "Partnership of others"
UNKNOWN = "550 5.1.1 no such user here"


@pytest.fixture
def place(make: Maker, administrator: Someone) -> uuid.UUID:
    return make.partnership()


@pytest.fixture
def ad(browse: Browse, administrator: Someone) -> Browser:
    return browse(administrator)


def failed(place: uuid.UUID) -> str:
    return f"/partnerships/{place}/mails"


def refuse(app: Flask, **answers: str) -> None:
    """Deliver to a mail server that has these answers to these addressees."""
    to = {f"{name}@school.example": answer for name, answer in answers.items()}
    with serving(Post(to_recipient=to)) as port, mailing_to(app, port):
        deliver(app)


def test_where_all_mails_arrive_the_page_says_so(ad: Browser, place: uuid.UUID) -> None:
    assert "All mails arrived" in ad.get(failed(place)).text


def test_a_welcome_that_did_not_arrive_is_mended_and_sent_again(
    app: Flask, ad: Browser, place: uuid.UUID, stored: Stored
) -> None:
    invite(ad, place, name="Nnia", email="nnia@school.example")
    refuse(app, nnia=UNKNOWN)
    page = ad.get(failed(place))
    assert "nnia@school.example" in page.text
    assert "Welcome" in page.text
    assert "does not know this address" in page.text
    assert "no such user" not in page.text
    person = ad.get(next(link for link in page.links if "/people/" in link))
    assert "did not arrive" in person.text
    # Once more, with the address as it is.
    page.send(form="/welcome")
    assert stored.count(OutboxMail, OutboxMail.failure.is_(None)) == 1
    assert "All mails arrived" in ad.get(failed(place)).text
    refuse(app, nnia=UNKNOWN)
    mend = ad.get(next(link for link in ad.get(failed(place)).links if link.endswith("/mend")))
    mend.send({"name": "Nina", "email": "nina@school.example"})
    assert "All mails arrived" in ad.get(failed(place)).text
    assert stored.values(sa.select(OutboxMail.recipient)) == ["nina@school.example"]


def test_who_sends_one_again_is_back_at_the_others(
    app: Flask, ad: Browser, place: uuid.UUID
) -> None:
    for name in ("nnia", "ppia"):
        invite(ad, place, name=name, email=f"{name}@school.example")
    refuse(app, nnia=UNKNOWN, ppia=UNKNOWN)
    sent = ad.get(failed(place)).send(form="/welcome")
    assert sent.location == failed(place)
    page = sent.follow()
    assert "goes out once more" in page.text
    gone = [name in page.main.text for name in ("nnia@", "ppia@")]
    assert sorted(gone) == [False, True]
    elsewhere = page.send({"next": "https://evil.example/"}, form="/welcome")
    assert elsewhere.location.startswith(f"/partnerships/{place}/people/")


def test_a_request_that_did_not_arrive_says_nothing_of_who_asked(
    app: Flask, ad: Browser, place: uuid.UUID, asked: Asked
) -> None:
    with app.app_context():
        db.session.execute(sa.update(OutboxMail).values(failure=Failure.MAILBOX_FULL))
        db.session.commit()
    page = ad.get(failed(place))
    assert asked.email in page.text
    assert "Somebody asks for your feedback" in page.text
    assert "The mailbox there is full" in page.text
    for secret in (asked.name, asked.scan.owner.name, "Olga"):
        assert secret not in page.main.text
    assert not [link for link in page.links if "/people/" in link]


def test_only_mails_of_this_partnership_and_none_to_sign_in(
    app: Flask, ad: Browser, place: uuid.UUID, browse: Browse, make: Maker, mailbox: object
) -> None:
    els = browse(make.person("Els", Role.ADMINISTRATOR, partnership=ELSEWHERE))
    there = make.partnership(ELSEWHERE)
    invite(els, there, email="theirs@school.example")
    for address in ("theirs@school.example", "nobody@school.example", "els@school.example"):
        browse().get("/sign-in").send({"email": address})
    with app.app_context():
        db.session.execute(sa.update(OutboxMail).values(failure=Failure.REFUSED))
        db.session.commit()
    assert "All mails arrived" in ad.get(failed(place)).text
    page = els.get(failed(there))
    assert page.main.text.count("theirs@school.example") == 1
    assert "nobody@" not in page.text
    assert "els@" not in page.main.text


def test_what_is_not_kept_any_more_is_not_shown(app: Flask, ad: Browser, place: uuid.UUID) -> None:
    invite(ad, place)
    refuse(app, nina=UNKNOWN)
    with app.app_context(), clock.as_if(clock.now() + TEXT_KEPT * 2):
        clear_texts()
        db.session.commit()
    assert "All mails arrived" in ad.get(failed(place)).text


def test_many_have_pages(app: Flask, ad: Browser, place: uuid.UUID) -> None:
    for number in range(3):
        invite(ad, place, name=f"N{number}", email=f"n{number}@school.example")
    with app.app_context():
        row = db.session.scalars(sa.select(OutboxMail)).first()
        assert row
        same = {c.name: getattr(row, c.name) for c in OutboxMail.__table__.columns}
        copies = [
            same | {"id": uuid.uuid4(), "reason": uuid.uuid4(), "recipient": f"c{n}@x.nl"}
            for n in range(55)
        ]
        db.session.execute(sa.insert(OutboxMail), copies)
        db.session.execute(sa.update(OutboxMail).values(failure=Failure.OTHER))
        db.session.commit()
    page = ad.get(failed(place))
    assert "Page 1 of 2" in page.text
    [more] = [each.get("href") for each in page.main.all("a", rel="next")]
    assert len(ad.get(more).main.all("strong")) == 8


def test_only_administrators_of_this_partnership_get_in(
    browse: Browse, make: Maker, place: uuid.UUID, owner: Someone, programme_leader: Someone
) -> None:
    els = make.person("Els", Role.ADMINISTRATOR, partnership=ELSEWHERE)
    assert browse(els).get(failed(place)).status == 404
    assert browse(owner).get(failed(place)).status == 403
    assert browse(programme_leader).get(failed(place)).status == 403
