"""What the page of one's own account shows."""

import uuid
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from zetwpo.accounts.devices import Device
from zetwpo.accounts.models import Person, SignIn
from zetwpo.accounts.own.models import StoppedMail
from zetwpo.addresses import normal_address
from zetwpo.clock import now
from zetwpo.extensions import db, read
from zetwpo.hashing import keyed_hash
from zetwpo.mail.kinds import KINDS, Goes, MailKind

# Of one person within twelve hours; the button that ends them ends all of them.
MOST_SHOWN = 50


@dataclass(frozen=True)
class SignInCard:
    """A browser in which somebody is signed in."""

    id: uuid.UUID
    device: Device
    since: datetime
    # The one that asks.
    is_here: bool


@dataclass(frozen=True)
class MailCard:
    """A kind of mail that somebody gets, or does not want."""

    key: str
    kind: MailKind
    is_stopped: bool


def sign_ins_of(person_id: uuid.UUID, token: str) -> list[SignInCard]:
    """Where this person is signed in at this moment: here first, and then the newest.

    `token` is the word of the browser that asks.
    """
    is_here = SignIn.token_hash == keyed_hash(token)
    rows = read(
        sa.select(SignIn.id, SignIn.browser, SignIn.system, SignIn.signed_in_at, is_here)
        .where(SignIn.person_id == person_id, SignIn.expires_at > now())
        .order_by(is_here.desc(), SignIn.signed_in_at.desc())
        .limit(MOST_SHOWN)
    )
    return [SignInCard(key, Device(*names), since, here) for key, *names, since, here in rows]


def mails_of(person_id: uuid.UUID) -> list[MailCard]:
    """Every kind of mail that somebody with an account may get, in the order of the table."""
    stopped = set(read(_STOPPED, person_id=person_id).scalars())
    return [
        MailCard(key, kind, key in stopped)
        for key, kind in KINDS.items()
        if kind.goes is not Goes.NOWHERE
    ]


_STOPPED = sa.select(StoppedMail.kind).where(StoppedMail.person_id == sa.bindparam("person_id"))


def is_stopped(kind: str, address: str) -> bool:
    """True where the person with this address wants no mails of this kind."""
    found = (
        sa.exists()
        .where(StoppedMail.kind == kind, Person.normal_email == normal_address(address))
        .where(Person.id == StoppedMail.person_id)
    )
    return bool(db.session.scalar(sa.select(found)))
