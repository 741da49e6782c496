"""What happens to an address: a new one is asked for, confirmed, or not wanted after all."""

import enum
import uuid

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from zetwpo import audit
from zetwpo.accounts import service as accounts
from zetwpo.accounts.address_change import rules
from zetwpo.accounts.address_change.letters import ASKED, CHANGED, CONFIRM, link_of, send
from zetwpo.accounts.address_change.models import AddressChange
from zetwpo.accounts.address_change.queries import ChangeCard, find_by_link, find_change
from zetwpo.accounts.letters import address_hash
from zetwpo.accounts.models import SignInLetter
from zetwpo.accounts.queries import get_person
from zetwpo.accounts.rules import CLICKS_LAST
from zetwpo.addresses import normal_address
from zetwpo.clock import now
from zetwpo.database.statements import change_row
from zetwpo.extensions import db
from zetwpo.hashing import keyed_hash
from zetwpo.limiting import require
from zetwpo.mail import service as mails
from zetwpo.mail.queries import was_queued_since

# What one person may ask about an account, and of a mailbox: nobody else's is flooded by it, and
# an administrator keeps nobody from changing their own.
MOST_ASKED = "5 per day"


class Outcome(enum.Enum):
    """What came of confirming."""

    DONE = "done"
    # Another account got this address first.
    TAKEN = "taken"
    # Not now, or not in this browser, or not any more: the page says what to do.
    NOT_NOW = "not now"


def ask_address_change(person_id: uuid.UUID, new_address: str, by_id: uuid.UUID) -> bool:
    """Let a person, or an administrator, change the address of an account.

    It takes effect once the new address confirmed it; the old one is told. The same is stored and
    sent whether or not somebody else has the new address. A new wish takes the place of an earlier
    one. False where it is the same mailbox, written otherwise: then that is how it is written from
    now on. Raises NotFound where the account is gone, and TooMuch.
    """
    accounts.hold(person_id)
    person = get_person(person_id)
    if normal_address(new_address) == normal_address(person.email):
        accounts.set_address(person_id, new_address)
        return False
    before = find_change(person_id)
    if before and _is_same(before, new_address, is_own=person_id == by_id):
        _send_again(before, by_id)
        return True
    _limit(person_id, new_address, by_id)
    _forget(person_id)
    change_id, moment = uuid.uuid4(), now()
    db.session.add(
        AddressChange(
            id=change_id,
            person_id=person_id,
            email=new_address,
            link_hash=keyed_hash(link_of(change_id)),
            asked_by_id=by_id,
            asked_at=moment,
            expires_at=moment + rules.link_lasts(is_own=person_id == by_id),
        )
    )
    db.session.flush()
    send(CONFIRM, person_id, to=new_address)
    send(ASKED, person_id, to=person.email)
    audit.record("address change asked", actor_id=by_id, object_id=person_id)
    return True


def take_back(person_id: uuid.UUID, by_id: uuid.UUID) -> None:
    """Keep the address as it is after all; a second click changes nothing."""
    accounts.hold(person_id)
    change = find_change(person_id)
    if change and change.is_waiting:
        _forget(person_id)
        audit.record("address change taken back", actor_id=by_id, object_id=person_id)


def confirm(link: str, actor_id: uuid.UUID | None) -> Outcome:
    """Let the new address take the place of the old one, in a browser of this person or of nobody.

    Once: a second click finds that it is done.
    """
    found = find_by_link(link)
    # Held first, and then read again: who asks for another one at this moment waits.
    if found is None or not accounts.hold(found.person_id):
        return Outcome.NOT_NOW
    change = find_by_link(link)
    if change and change.is_confirmed:
        return Outcome.DONE
    if change is None or not change.may_confirm(actor_id):
        return Outcome.NOT_NOW
    try:
        with db.session.begin_nested():
            accounts.set_address(change.person_id, change.email)
    except IntegrityError:
        # Of two at the same moment, the database lets one have it.
        return Outcome.TAKEN
    _tidy_up_after(change)
    audit.record("address changed", actor_id=actor_id, object_id=change.person_id)
    return Outcome.DONE


def clear_expired() -> None:
    """Delete the changes whose time is over, confirmed or not."""
    db.session.execute(sa.delete(AddressChange).where(AddressChange.expires_at < now()))


def _is_same(before: ChangeCard, new_address: str, *, is_own: bool) -> bool:
    """True where the same one asks for the same address as before."""
    is_same = normal_address(before.email) == normal_address(new_address)
    return before.is_waiting and is_same and before.asked.is_own == is_own


def _send_again(change: ChangeCard, by_id: uuid.UUID) -> None:
    """Mail the same link once more; the old address knows already. Nothing on a second click."""
    if was_queued_since(CONFIRM, change.person_id, now() - CLICKS_LAST):
        return
    _limit(change.person_id, change.email, by_id)
    mails.forget([change.person_id], CONFIRM)
    send(CONFIRM, change.person_id, to=change.email)


def _limit(person_id: uuid.UUID, new_address: str, by_id: uuid.UUID) -> None:
    require(MOST_ASKED, "address change", str(by_id), str(person_id))
    require(MOST_ASKED, "address change to", str(by_id), address_hash(new_address))


def _forget(person_id: uuid.UUID) -> None:
    """Take back what was asked before; whoever was told already keeps that mail."""
    mails.forget([person_id], CONFIRM)
    mails.take_back(ASKED, person_id)
    db.session.execute(sa.delete(AddressChange).where(AddressChange.person_id == person_id))


def _tidy_up_after(change: ChangeCard) -> None:
    """Tell the old address, take the mails along, and let nobody sign in with the old one."""
    change_row(db.session(), AddressChange, change.id, {"confirmed_at": now()})
    db.session.execute(
        sa.delete(SignInLetter).where(
            SignInLetter.person_id == change.person_id,
            SignInLetter.address_hash == address_hash(change.current),
        )
    )
    mails.move(change.current, change.email)
    send(CHANGED, change.person_id, to=change.current)
