"""Accounts that nobody uses: a notice, and then they go."""

import uuid

from zetwpo.accounts.queries import UnusedPerson, find_unused
from zetwpo.clock import now
from zetwpo.i18n import as_language, day, writing_in
from zetwpo.mail import service as mail
from zetwpo.mail.queries import find_sent_at
from zetwpo.mail.rules import Terms
from zetwpo.mail.service import Addressee
from zetwpo.privacy.letters import UNUSED
from zetwpo.privacy.rules import SURELY_USED, Unused


def announce_or_find_ended(person_id: uuid.UUID) -> bool:
    """True where this account's time is up; mails a notice where it ends in two months.

    Nobody signs in to it until the commit.
    """
    moment = now()
    person = find_unused(person_id, moment - SURELY_USED)
    if person is None:
        return False
    stretch = _stretch(person)
    account = Unused(person.last_used_at, find_sent_at(UNUSED, stretch))
    if account.may_go(moment):
        mail.forget([stretch])
        return True
    if account.needs_notice(moment):
        _announce(person, account, stretch)
    return False


def _stretch(person: UnusedPerson) -> uuid.UUID:
    """The time since this sign-in, which is the reason of a notice: one for each."""
    return uuid.uuid5(person.id, person.last_used_at.isoformat())


def _announce(person: UnusedPerson, account: Unused, stretch: uuid.UUID) -> None:
    language = as_language(person.language)
    with writing_in(language):
        goes_on = day(account.goes_at(now()))
    mail.queue(
        UNUSED,
        Addressee(person.email, language),
        values={"name": person.name, "day": goes_on},
        about_id=stretch,
        only_once=True,
        terms=Terms(at_decent_hours=True),
    )
