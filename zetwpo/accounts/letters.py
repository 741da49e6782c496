"""The letter with which one signs in: whether there is one, when it leaves, and for whom.

Whoever asks only leaves a request, the same for every address. The worker, whose time nobody
measures, looks whether there is an account (decision 14).
"""

import uuid
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from zetwpo import limiting
from zetwpo.accounts import rules
from zetwpo.accounts.models import Person, SignInLetter, SignInRequest
from zetwpo.accounts.rules import LettersSent
from zetwpo.addresses import normal_address
from zetwpo.clock import now
from zetwpo.database.statements import one_at_a_time
from zetwpo.extensions import db
from zetwpo.hashing import keyed_hash
from zetwpo.i18n import as_language
from zetwpo.mail import service as mails
from zetwpo.mail.composing import Composer, Content, Due, PutOff
from zetwpo.mail.service import Addressee
from zetwpo.web import public_address

SIGN_IN = "sign_in"


def address_hash(address: str) -> str:
    """What stands for an address in our tables, known or not, however it is typed."""
    return keyed_hash("address\n" + normal_address(address))


def wrong_codes_today(of_address: str, *, is_known: bool) -> tuple[str, str, str]:
    """What is counted where a code is wrong: apart for browsers that are known for the address."""
    return ("wrong code", of_address, "known" if is_known else "not known")


def _sign_in(mail: Due) -> Content | PutOff | None:
    """One letter for all who wait for one to this address; None where nobody waits or reads it."""
    to = address_hash(mail.recipient)
    # Of two workers at the same mailbox, the second finds what the first one did.
    one_at_a_time(db.session.connection(), f"sign-in letter {to}")
    replaced = mails.stand_in_for_others(mail.id, mail.kind, mail.recipient)
    unsent = [each for each in _letters_to(to) if each in replaced]
    waiting = _waiting(to, [mail.id, *unsent])
    _take_back(unsent, waiting)
    if not waiting:
        return None
    moment = now()
    # There is one where it did not leave the first time: then it has had its turn.
    letter = db.session.get(SignInLetter, mail.id)
    if letter is None:
        sent = _letters_sent(to, moment)
        to_known = sent.has_room_for_known() and any(each.is_known for each in waiting)
        leaves_at = moment if to_known else sent.next_at(moment)
        if leaves_at > moment:
            return PutOff(leaves_at)
        letter = SignInLetter(id=mail.id, address_hash=to, to_known=to_known)
    return _write(mail, letter, waiting, moment)


def _write(
    mail: Due, letter: SignInLetter, waiting: Sequence[SignInRequest], moment: datetime
) -> Content | None:
    person = db.session.scalar(
        sa.select(Person).where(Person.normal_email == normal_address(mail.recipient))
    )
    link, code = _link(mail.id), _code(mail.id, _digits(letter.address_hash, waiting))
    letter.person_id = person.id if person else None
    letter.link_hash, letter.code_hash = keyed_hash(link), keyed_hash(code)
    letter.written_at, letter.expires_at = moment, moment + rules.LINK_LASTS
    db.session.add(letter)
    db.session.flush()
    for each in waiting:
        each.letter_id, each.expires_at = letter.id, letter.expires_at
    if person is None:
        return None
    language = mail.values.get("language", person.language)
    return Content(
        {},
        {"url": public_address("accounts.link", token=link), "code": rules.grouped(code)},
        to=Addressee(person.email, as_language(language)),
    )


def _letters_to(to: str) -> Sequence[uuid.UUID]:
    return db.session.scalars(
        sa.select(SignInLetter.id).where(SignInLetter.address_hash == to)
    ).all()


def _waiting(to: str, unsent: Sequence[uuid.UUID]) -> Sequence[SignInRequest]:
    """The requests without a letter, and those of letters that were written and did not leave."""
    is_waiting = sa.and_(SignInRequest.letter_id.is_(None), SignInRequest.expires_at > now())
    return db.session.scalars(
        sa.select(SignInRequest)
        .where(
            SignInRequest.address_hash == to,
            sa.or_(is_waiting, SignInRequest.letter_id.in_(unsent)),
        )
        # In the order in which a code is tried: nobody waits for each other.
        .order_by(SignInRequest.id)
        .with_for_update()
    ).all()


def _take_back(letters: Sequence[uuid.UUID], waiting: Sequence[SignInRequest]) -> None:
    """Let the requests of these letters wait for another one: the mail server was away."""
    for each in waiting:
        if each.letter_id in letters:
            each.letter_id = None
    db.session.flush()
    db.session.execute(sa.delete(SignInLetter).where(SignInLetter.id.in_(letters)))


def _letters_sent(to: str, moment: datetime) -> LettersSent:
    rows = db.session.execute(
        sa.select(SignInLetter.written_at, SignInLetter.to_known)
        .where(SignInLetter.address_hash == to, SignInLetter.written_at > moment - rules.HOUR)
        .order_by(SignInLetter.written_at)
    ).all()
    return LettersSent(
        [row.written_at for row in rows if row.to_known],
        [row.written_at for row in rows if not row.to_known],
    )


def _digits(to: str, waiting: Sequence[SignInRequest]) -> int:
    """Long codes where any of those who read along has had too many wrong ones today."""
    return max(
        rules.code_digits(limiting.counted(rules.DAY, *wrong_codes_today(to, is_known=is_known)))
        for is_known in {each.is_known for each in waiting}
    )


def _link(letter_id: uuid.UUID) -> str:
    # Made from the key and not at random: a letter that is sent again, because nobody knows
    # whether it arrived, is the same letter. Only hashes are stored.
    return keyed_hash(f"sign-in link\n{letter_id}")


def _code(letter_id: uuid.UUID, digits: int) -> str:
    return rules.as_code(int(keyed_hash(f"sign-in code\n{letter_id}"), 16), digits)


COMPOSERS: dict[str, Composer] = {SIGN_IN: _sign_in}
