"""How often something is done within a time, counted in the database (decision 13).

There, because all processes have to count together, and a restart forgets nothing. A count is part
of the transaction of what it counts: what is refused, or fails, was not done and does not count.
"""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from math import ceil

import sqlalchemy as sa
from flask import request, session
from limits import parse_many
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.clock import now
from zetwpo.database.statements import insert_into
from zetwpo.database.tables import Base, Moment
from zetwpo.errors import Refusal
from zetwpo.extensions import db
from zetwpo.hashing import keyed_hash
from zetwpo.i18n import gettext as _
from zetwpo.i18n import ngettext
from zetwpo.web import settings

# What a provider gives to one household or school; within it, devices change theirs at will.
NETWORK_BITS = 64
# Where IPv6 carries an IPv4 address: a translator in front of us (RFC 6052).
TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


class Counter(Base):
    """How often one thing was done since its time began; it goes when that time is over."""

    __tablename__ = "counter"

    # A keyed hash: nobody can read from it who did what.
    bucket: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]
    ends_at: Mapped[datetime] = mapped_column(Moment, index=True)


@dataclass(frozen=True)
class Limit:
    """At most so often within a time, which begins with the first."""

    amount: int
    within: timedelta


class TooMuch(Refusal):
    """It was done too often; the answer says how long to wait."""

    status = 429

    def __init__(self, ends_at: datetime) -> None:
        seconds = max(1, ceil((ends_at - now()).total_seconds()))
        super().__init__(
            _("That is a lot at once"),
            _(
                "Wait %(time)s and send it again. What you saved before is safe.",
                time=_in_words(seconds),
            ),
        )
        self.headers = {"Retry-After": str(seconds)}


def _in_words(seconds: int) -> str:
    """For example '3 minutes': rounded up, so that who waits so long has waited long enough."""
    minutes = ceil(seconds / 60)
    if minutes <= 90:
        return ngettext("1 minute", "%(num)s minutes", minutes)
    return ngettext("1 hour", "%(num)s hours", ceil(minutes / 60))


@cache
def _read(limits: str) -> tuple[Limit, ...]:
    return tuple(
        Limit(each.amount, timedelta(seconds=each.get_expiry())) for each in parse_many(limits)
    )


def require(limits: str, *what: str) -> None:
    """Count that this is done, by whom the words say. Raises TooMuch where it is once too often.

    `limits` is in words, such as "20 per 15 minutes" or "20 per minute; 100 per day".
    """
    for limit in _read(limits):
        count, ends_at = _count(limit.within, what)
        if count > limit.amount:
            raise TooMuch(ends_at)


def limit_mails(address_hash: str) -> None:
    """Count that somebody without a sign-in lets us write to an address. Raises TooMuch.

    First for this browser and address, and then for the network, which can be a whole school.
    """
    require(settings().browser_limit, "mail", this_browser(), address_hash)
    require(settings().sign_in_limit, "mail", this_network())


def count(within: timedelta, *what: str) -> int:
    """Count that this is done, and return how often it was within this time, now included.

    Whoever counts the same at this moment waits until this transaction is over.
    """
    return _count(within, what)[0]


def count_off(within: timedelta, *what: str) -> None:
    """Take back one that was counted."""
    counted = sa.update(Counter).where(Counter.bucket == _bucket(within, what))
    db.session.execute(counted.values(count=Counter.count - 1))


def counted(within: timedelta, *what: str) -> int:
    """How often this was done within this time."""
    found = sa.select(Counter.count).where(
        Counter.bucket == _bucket(within, what), Counter.ends_at > now()
    )
    return db.session.scalar(found) or 0


def clear_expired() -> None:
    """Delete the counts whose time is over."""
    db.session.execute(sa.delete(Counter).where(Counter.ends_at <= now()))


def _count(within: timedelta, what: tuple[str, ...]) -> tuple[int, datetime]:
    moment = now()
    is_over = Counter.ends_at <= moment
    insert = insert_into(db.session(), Counter).values(
        bucket=_bucket(within, what), count=1, ends_at=moment + within
    )
    # One statement: of two at the same moment, one waits and counts on from the other.
    statement = insert.on_conflict_do_update(
        index_elements=[Counter.bucket],
        set_={
            "count": sa.case((is_over, 1), else_=Counter.count + 1),
            "ends_at": sa.case((is_over, insert.excluded.ends_at), else_=Counter.ends_at),
        },
    ).returning(Counter.count, Counter.ends_at)
    count, ends_at = db.session.execute(statement).one()
    return count, ends_at


def _bucket(within: timedelta, what: tuple[str, ...]) -> str:
    return keyed_hash("\n".join(("counter", str(within), *what)))


# ------------------------------------------------------------------------------ who it was


def this_browser() -> str:
    """A word of this browser's session: the one against forged forms, which every form needs."""
    return str(session.get("csrf_token", ""))


def this_network() -> str:
    """The network that this request comes from."""
    return network_of(request.remote_addr or "")


def network_of(address: str) -> str:
    """An IPv4 address, or the part of an IPv6 address that its owner does not choose."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    if found in TRANSLATED:
        return str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF))
    return str(ipaddress.IPv6Network((int(found), NETWORK_BITS), strict=False))
