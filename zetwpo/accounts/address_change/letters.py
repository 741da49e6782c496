"""The mails about a change of address: to the new one, and two to the old one."""

import uuid

from zetwpo.accounts.address_change.queries import ChangeCard, find_change, is_somebody_elses
from zetwpo.accounts.address_change.rules import OWNER_MAY_STOP, Confirm, masked
from zetwpo.accounts.queries import find_only_partnership
from zetwpo.addresses import normal_address
from zetwpo.hashing import keyed_hash
from zetwpo.i18n import as_language, day, writing_in
from zetwpo.mail import service as mails
from zetwpo.mail.composing import Composer, Content, Due
from zetwpo.mail.rules import Terms
from zetwpo.mail.service import Addressee
from zetwpo.web import public_address

CONFIRM, ASKED, CHANGED = "address_confirm", "address_asked", "address_changed"


def link_of(change_id: uuid.UUID) -> str:
    """The word in the link: made from the key and not at random, so that it is never stored."""
    return keyed_hash(f"address change\n{change_id}")


def send(kind: str, person_id: uuid.UUID, *, to: str) -> None:
    """Queue a mail about the change that this person, or somebody else, has just asked for."""
    change = find_change(person_id)
    assert change is not None  # noqa: S101 (stored a moment ago)
    language = as_language(change.language)
    mails.queue(
        kind,
        Addressee(to, language),
        values=_facts(change) if kind == CHANGED else {},
        about_id=person_id,
        terms=Terms(useful_until=None if kind == CHANGED else change.asked.expires_at),
    )


def _confirm(mail: Due) -> Content | None:
    """To the new address; to its owner where that is somebody else with an account."""
    change = _waiting(mail)
    if change is None or normal_address(change.email) != normal_address(mail.recipient):
        return None
    if is_somebody_elses(change.email, change.person_id):
        return Content({"is_taken": "yes", "url": public_address("accounts.sign_in")})
    url = public_address("address_change.link", token=link_of(change.id))
    # Nobody has this address yet: it is known by whose it will be.
    place = find_only_partnership(change.person_id)
    return Content({"is_taken": "", **_facts(change)}, {"url": url}, partnership_id=place)


def _asked(mail: Due) -> Content | None:
    """To the old address. The way to the account opens nothing: one signs in there."""
    change = _waiting(mail)
    if change is None:
        return None
    return Content({**_facts(change), "url": public_address("my_account.overview")})


def _changed(mail: Due) -> Content:
    """To the old address too, whatever became of the account since."""
    place = find_only_partnership(mail.about_id) if mail.about_id else None
    return Content(mail.values, partnership_id=place)


def _waiting(mail: Due) -> ChangeCard | None:
    change = find_change(mail.about_id) if mail.about_id else None
    return change if change and change.is_waiting else None


def _facts(change: ChangeCard) -> dict[str, str]:
    """What these mails tell, in the language of the person."""
    with writing_in(as_language(change.language)):
        until = day(change.asked.expires_at)
        earliest = day(change.asked.asked_at + OWNER_MAY_STOP)
    return {
        "name": change.name,
        # Whoever reads the other mailbox knows it by this, and a stranger does not.
        "new": masked(change.email),
        "is_own": "yes" if change.asked.is_own else "",
        "needs_sign_in": "" if change.asked.confirm is Confirm.LINK else "yes",
        "earliest": earliest if change.asked.confirm is Confirm.SIGNED_IN_OR_LATER else "",
        "until": until,
    }


COMPOSERS: dict[str, Composer] = {CONFIRM: _confirm, ASKED: _asked, CHANGED: _changed}
