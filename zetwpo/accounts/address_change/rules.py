"""When a new address may take the place of the old one, without a database or a clock.

Whoever reads the mail of an address signs in with it. So nobody gets somebody else's account with
a slip in an address, and an administrator gets nobody's by writing one of their own (decision 32).
"""

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta

OWN_LINK_LASTS = timedelta(hours=24)
# An administrator asked: somebody may be away for a week, and the old address has to be read.
LINK_LASTS = timedelta(days=21)
OWNER_MAY_STOP = timedelta(days=7)
DAY = timedelta(days=1)


class Confirm(enum.Enum):
    """What it takes to confirm, besides the link from the mail to the new address."""

    # Nobody ever signed in: there is nothing to take over.
    LINK = "link"
    # Somebody's own wish, or an account that more than one partnership relies on, or the wish of
    # somebody who is no administrator any more.
    SIGNED_IN = "signed in"
    # Either being signed in, or that the old address had a week to say no.
    SIGNED_IN_OR_LATER = "signed in or later"


@dataclass(frozen=True)
class Asked:
    """A change that somebody asked for, and the account that it is about, at this moment."""

    asked_at: datetime
    expires_at: datetime
    # By the owner of the account; otherwise by an administrator.
    is_own: bool
    has_signed_in: bool
    # In how many the person has a role, or had one: all of them rely on whose account it is.
    partnerships: int
    # Whoever asked still looks after a partnership to which the person belongs, or belonged.
    is_backed: bool = True

    @property
    def confirm(self) -> Confirm:
        """What it takes."""
        if self.is_own or self.partnerships > 1 or not self.is_backed:
            return Confirm.SIGNED_IN
        return Confirm.SIGNED_IN_OR_LATER if self.has_signed_in else Confirm.LINK

    @property
    def opens_at(self) -> datetime | None:
        """From when on the link is enough by itself; None where it never is."""
        return {
            Confirm.LINK: self.asked_at,
            Confirm.SIGNED_IN: None,
            Confirm.SIGNED_IN_OR_LATER: self.asked_at + OWNER_MAY_STOP,
        }[self.confirm]

    def link_works(self, now: datetime) -> bool:
        """False once its time is over."""
        return now < self.expires_at

    def may_confirm(self, now: datetime, *, is_signed_in: bool) -> bool:
        """True where the button in the link's page does what it says, in this browser."""
        if not self.link_works(now):
            return False
        return is_signed_in or (self.opens_at is not None and self.opens_at <= now)


def link_lasts(*, is_own: bool) -> timedelta:
    """How long the link works that was sent to the new address."""
    return OWN_LINK_LASTS if is_own else LINK_LASTS


def masked(address: str) -> str:
    """Enough of an address for its owner to know it: 'o… (school.example)'.

    Not with an @: programs would make a link of it, to an address that nobody has.
    """
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}… ({domain})"
