"""What people do with their account: ask for a link, sign in, sign out."""

import enum
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from zetwpo import audit, limiting
from zetwpo.accounts import rules
from zetwpo.accounts.actors import Role
from zetwpo.accounts.admission import Grant, Newcomer, admit
from zetwpo.accounts.devices import UNKNOWN, Device
from zetwpo.accounts.letters import SIGN_IN, address_hash, wrong_codes_today
from zetwpo.accounts.models import (
    Membership,
    Partnership,
    Person,
    SignIn,
    SignInLetter,
    SignInRequest,
    Welcome,
)
from zetwpo.accounts.queries import get_person
from zetwpo.accounts.rules import SignInAttempt
from zetwpo.addresses import normal_address
from zetwpo.clock import now
from zetwpo.database.statements import change_row, insert_once
from zetwpo.extensions import db
from zetwpo.hashing import is_equal, keyed_hash
from zetwpo.i18n import DEFAULT_LANGUAGE, Language, as_language
from zetwpo.mail import service as mail
from zetwpo.mail.rules import Terms
from zetwpo.mail.service import Addressee


@dataclass(frozen=True)
class Asker:
    """Who asks to sign in: a browser, for an address."""

    # The word that the browser keeps, so that only it can sign in.
    browser: str
    address: str
    # Somebody with this address signed in in it before.
    is_known: bool
    device: Device = UNKNOWN


@dataclass(frozen=True)
class SignedIn:
    """Who signed in, and the word that says so in their browser."""

    person_id: uuid.UUID
    token: str
    address_hash: str


class CodeTrouble(enum.StrEnum):
    """Why a code does not sign in; the same for an address that nobody has."""

    WRONG = "wrong"
    # Too many wrong ones in this browser, since it asked.
    CLOSED = "closed"
    # Too many wrong ones for this address today, in browsers that nobody knows.
    TOO_SHORT = "too short"


def ask_to_sign_in(asker: Asker, chosen: Language | None = None) -> None:
    """Let a link and a code be sent to this address, if somebody with an account has it.

    The same is stored for every address, so that nobody learns which ones are known. The mail is
    in the language that was chosen, or else in the one that the person has.
    """
    moment = now()
    expires_at = moment + rules.LINK_LASTS
    db.session.add(
        SignInRequest(
            address_hash=address_hash(asker.address),
            browser_hash=keyed_hash(asker.browser),
            is_known=asker.is_known,
            asked_at=moment,
            expires_at=expires_at,
        )
    )
    mail.queue(
        SIGN_IN,
        Addressee(normal_address(asker.address), chosen or DEFAULT_LANGUAGE),
        values={"language": chosen} if chosen else {},
        terms=Terms(useful_until=expires_at, is_urgent=True),
    )


def is_askers_browser(link: str, browser: str) -> bool:
    """True where this browser asked for this link and the link still works. Changes nothing."""
    return any(_attempt(*each).link_works(now()) for each in _asked_with(link, browser))


def sign_in_by_link(link: str, browser: str, device: Device = UNKNOWN) -> SignedIn | None:
    """Sign in the browser that asked; None where the link does not fit."""
    for asked, letter in _asked_with(link, browser):
        if asked.used_at or _attempt(asked, letter).link_works(now()):
            return _use(asked, letter, device)
    return None


def is_letter_to(link: str, person_id: uuid.UUID) -> bool:
    """True where this is the link in a letter to this person, whether it works or not."""
    letter = sa.select(SignInLetter.id).where(
        SignInLetter.link_hash == keyed_hash(link), SignInLetter.person_id == person_id
    )
    return db.session.scalar(letter) is not None


def sign_in_by_code(code: str, asker: Asker) -> SignedIn | CodeTrouble:
    """Sign in the browser that asked, with the code from any of the letters to this address.

    A wrong code is counted: for each request of this browser, and for the address.
    """
    of_address = address_hash(asker.address)
    found = _asked_for(of_address, asker.browser)
    if not any(asked.wrong_codes < rules.MOST_WRONG_CODES for asked, _letter in found):
        return CodeTrouble.CLOSED if found else CodeTrouble.WRONG
    counted = wrong_codes_today(of_address, is_known=asker.is_known)
    # Counted before it is tried, so that nobody tries one more at the same moment.
    wrong_before = limiting.count(rules.DAY, *counted) - 1
    digits, needed = rules.typed_code(code), rules.code_digits(wrong_before)
    if needed > rules.CODE_DIGITS and len(digits) < needed:
        return CodeTrouble.TOO_SHORT
    typed, moment = keyed_hash(digits), now()
    for asked, letter in found:
        if (
            letter
            and is_equal(letter.code_hash, typed)
            and (asked.used_at or _attempt(asked, letter).code_works(moment))
        ):
            signed_in = _use(asked, letter, asker.device)
            if signed_in:
                limiting.count_off(rules.DAY, *counted)
                return signed_in
    tried = [asked.id for asked, _letter in found]
    db.session.execute(
        sa.update(SignInRequest)
        .where(SignInRequest.id.in_(tried))
        .values(wrong_codes=SignInRequest.wrong_codes + 1)
    )
    return CodeTrouble.WRONG


def _asked_with(link: str, browser: str) -> Sequence[sa.Row[SignInRequest, SignInLetter]]:
    """The requests of this browser that the letter with this link serves."""
    return db.session.execute(
        sa.select(SignInRequest, SignInLetter)
        .join(SignInLetter, SignInLetter.id == SignInRequest.letter_id)
        .where(
            SignInLetter.link_hash == keyed_hash(link),
            SignInRequest.browser_hash == keyed_hash(browser),
        )
    ).all()


def _asked_for(
    of_address: str, browser: str
) -> Sequence[sa.Row[SignInRequest, SignInLetter | None]]:
    """What this browser asked for, each with its letter if there is one yet.

    Locked, in one order: fifty guesses at once are fifty guesses.
    """
    return db.session.execute(
        sa.select(SignInRequest, SignInLetter)
        .outerjoin(SignInLetter, SignInLetter.id == SignInRequest.letter_id)
        .where(
            SignInRequest.address_hash == of_address,
            SignInRequest.browser_hash == keyed_hash(browser),
        )
        .order_by(SignInRequest.id)
        .with_for_update(of=SignInRequest)
    ).all()


def _attempt(asked: SignInRequest, letter: SignInLetter) -> SignInAttempt:
    return SignInAttempt(letter.expires_at, asked.used_at is not None, asked.wrong_codes)


def _use(asked: SignInRequest, letter: SignInLetter, device: Device) -> SignedIn | None:
    """Sign in with this letter, for which this browser may have asked more than once.

    Once: a second click gets the session that the first one opened, and later it is nothing.
    """
    if letter.person_id is None:
        return None
    moment = now()
    of_both = (
        SignInRequest.letter_id == letter.id,
        SignInRequest.browser_hash == asked.browser_hash,
    )
    # The condition decides between two clicks at the same moment: one of them finds no row.
    claimed = db.session.execute(
        sa.update(SignInRequest)
        .where(*of_both, SignInRequest.used_at.is_(None))
        .values(used_at=moment)
        .returning(SignInRequest.id)
    ).all()
    if claimed:
        token = open_session(letter.person_id, _session_token(asked, letter, moment), device)
        return SignedIn(letter.person_id, token, letter.address_hash)
    used_at = db.session.scalar(sa.select(sa.func.max(SignInRequest.used_at)).where(*of_both))
    if used_at is None or used_at <= moment - rules.CLICKS_LAST:
        return None
    token = _session_token(asked, letter, used_at)
    opened = sa.select(SignIn.id).where(SignIn.token_hash == keyed_hash(token))
    if db.session.scalar(opened) is None:
        # Signed out meanwhile.
        return None
    return SignedIn(letter.person_id, token, letter.address_hash)


def _session_token(asked: SignInRequest, letter: SignInLetter, used_at: datetime) -> str:
    # Made from the key and not at random, so that a second click finds the same one.
    return keyed_hash(f"session\n{letter.id}\n{asked.browser_hash}\n{used_at.isoformat()}")


def open_session(person_id: uuid.UUID, token: str = "", device: Device = UNKNOWN) -> str:
    """Sign this person in for twelve hours; returns the token for the browser, if need be new."""
    token = token or rules.new_token()
    moment = now()
    db.session.add(
        SignIn(
            person_id=person_id,
            token_hash=keyed_hash(token),
            signed_in_at=moment,
            expires_at=moment + rules.SIGNED_IN_LASTS,
            browser=device.browser,
            system=device.system,
        )
    )
    change_row(db.session(), Person, person_id, {"last_sign_in_at": moment})
    _come(person_id, moment)
    audit.record("signed in", actor_id=person_id)
    return token


def _come(person_id: uuid.UUID, moment: datetime) -> None:
    """Let the partnerships in which they have a role know that they are here."""
    has_role = sa.exists().where(
        Membership.person_id == Welcome.person_id,
        Membership.partnership_id == Welcome.partnership_id,
        Membership.ended_at.is_(None),
    )
    came = db.session.execute(
        sa.update(Welcome)
        .where(Welcome.person_id == person_id, Welcome.came_at.is_(None), has_role)
        .values(came_at=moment)
        .returning(Welcome.id)
        .execution_options(synchronize_session=False)
    ).all()
    if came:
        tell_partnerships(person_id)


def tell_partnerships(person_id: uuid.UUID) -> None:
    """Let the partnerships that somebody has come to call them what they call themselves."""
    person = db.session.execute(
        sa.select(Person.name, Person.email, Person.normal_email).where(Person.id == person_id)
    ).one()
    known_as = person._asdict() | {"sought_name": rules.sought_name(person.name)}
    has_come = (Welcome.person_id == person_id, Welcome.came_at.is_not(None))
    db.session.execute(sa.update(Welcome).where(*has_come).values(known_as))


def sign_out(token: str, person_id: uuid.UUID) -> None:
    """End the session of this browser; its token opens nothing any more."""
    db.session.execute(sa.delete(SignIn).where(SignIn.token_hash == keyed_hash(token)))
    audit.record("signed out", actor_id=person_id)


def set_language(person_id: uuid.UUID, language: str) -> None:
    """Write to this person in this language from now on."""
    change_row(db.session(), Person, person_id, {"language": as_language(language)})


def set_address(person_id: uuid.UUID, address: str) -> None:
    """Let this person have this address. Raises IntegrityError where another account has it."""
    addressed = {"email": address, "normal_email": normal_address(address)}
    change_row(db.session(), Person, person_id, addressed)
    tell_partnerships(person_id)


def hold(person_id: uuid.UUID) -> bool:
    """Keep everybody else off this account until the commit; False where it is gone."""
    account = sa.select(Person.id).where(Person.id == person_id)
    return db.session.scalar(account.with_for_update()) is not None


def keep(person_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Let none of these accounts be deleted until the commit; returns those that are there.

    Others may keep them as well, so nobody waits for anybody but for whoever deletes one.
    """
    accounts = sa.select(Person.id).where(Person.id.in_(person_ids)).order_by(Person.id)
    return set(db.session.scalars(accounts.with_for_update(read=True)))


def keep_author(person_id: uuid.UUID) -> None:
    """Let the account of whoever writes something not be deleted until the commit.

    So nothing is left behind of it. Raises NotFound where it is gone.
    """
    if person_id not in keep([person_id]):
        get_person(person_id)


def clear_expired() -> None:
    """Delete requests and sessions that are over, and letters that count for no other any more."""
    moment = now()
    for table in (SignInRequest, SignIn):
        db.session.execute(sa.delete(table).where(table.expires_at < moment))
    counts_no_more = SignInLetter.written_at < moment - rules.HOUR
    db.session.execute(sa.delete(SignInLetter).where(counts_no_more))


def add_person(
    name: str, email: str, roles: Sequence[Role], partnership: str, *, is_demo: bool = False
) -> uuid.UUID:
    """Give somebody an account with these roles in the partnership of this name.

    The partnership is made when there is none; a person who is there already gets the roles.
    """
    session = db.session()
    insert_once(session, Partnership, {"name": partnership, "is_demo": is_demo})
    of_name = sa.select(Partnership.id).where(Partnership.name == partnership)
    grants = frozenset(map(Grant, roles))
    [admitted] = admit(session.scalars(of_name).one(), [Newcomer(name, email, grants)]).values()
    return admitted.person_id
