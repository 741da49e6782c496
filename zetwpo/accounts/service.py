"""What people do with their account: ask for a link, sign in, sign out."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import sqlalchemy as sa

from zetwpo import audit
from zetwpo.accounts import rules
from zetwpo.accounts.hashing import is_equal, keyed_hash
from zetwpo.accounts.letters import SIGN_IN
from zetwpo.accounts.models import Membership, Partnership, Person, SignIn, SignInRequest
from zetwpo.accounts.policy import Role
from zetwpo.accounts.rules import SignInAttempt
from zetwpo.clock import now
from zetwpo.database import Base
from zetwpo.extensions import db
from zetwpo.i18n import Language, as_language
from zetwpo.mail import service as mail
from zetwpo.mail.rules import Terms
from zetwpo.mail.service import Addressee

Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True)
class SignedIn:
    """Who signed in, and the word that says so in their browser."""

    person_id: uuid.UUID
    token: str


def ask_to_sign_in(address: str, browser: str, chosen: Language | None = None) -> None:
    """Send a link and a code to this address, if somebody with an account has it.

    `browser` is the word that the asking browser keeps, so that only it can sign in. The mail is
    in the language that was chosen, or else in the one that the person has. For an unknown
    address the same is stored and nothing is sent: the answer is the same.
    """
    email = rules.normal_address(address)
    person = db.session.scalar(sa.select(Person).where(Person.email == email))
    if _open_requests(person) >= rules.MOST_OPEN_REQUESTS:
        return
    moment = now()
    expires_at = moment + rules.LINK_LASTS
    request_id = uuid.uuid4()
    db.session.add(
        SignInRequest(
            id=request_id,
            person_id=person.id if person else None,
            # Nobody has these words: the letter brings its own.
            link_hash=keyed_hash(rules.new_token()),
            code_hash=keyed_hash(rules.new_token()),
            browser_hash=keyed_hash(browser),
            asked_at=moment,
            expires_at=expires_at,
        )
    )
    if person:
        mail.queue(
            SIGN_IN,
            Addressee(person.email, chosen or as_language(person.language)),
            about_id=request_id,
            terms=Terms(useful_until=expires_at),
        )


def _open_requests(person: Person | None) -> int:
    of_person = SignInRequest.person_id == (person.id if person else None)
    counted = sa.select(sa.func.count()).where(of_person, SignInRequest.expires_at > now())
    return db.session.scalar(counted) or 0


def is_askers_browser(link: str, browser: str) -> bool:
    """True where this browser asked for this link and the link still works. Changes nothing."""
    found = _find_by_link(link, browser)
    return found is not None and _attempt(found).is_open(now())


def sign_in_by_link(link: str, browser: str) -> SignedIn | None:
    """Sign in the browser that asked; None where the link does not fit."""
    found = _find_by_link(link, browser)
    return _use(found) if found else None


def sign_in_by_code(code: str, browser: str) -> SignedIn | None:
    """Sign in the browser that asked, with the code from any of the mails that it asked for.

    A wrong code is counted, for each of them, and returns None.
    """
    of_browser = SignInRequest.browser_hash == keyed_hash(browser)
    # Fifty guesses at once are fifty guesses.
    asked = db.session.scalars(sa.select(SignInRequest).where(of_browser).with_for_update()).all()
    typed = keyed_hash(rules.typed_code(code))
    found = next((each for each in asked if is_equal(each.code_hash, typed)), None)
    if found:
        return _use(found)
    db.session.execute(
        sa.update(SignInRequest).where(of_browser).values(wrong_codes=SignInRequest.wrong_codes + 1)
    )
    return None


def _find_by_link(link: str, browser: str) -> SignInRequest | None:
    return db.session.scalar(
        sa.select(SignInRequest).where(
            SignInRequest.link_hash == keyed_hash(link),
            SignInRequest.browser_hash == keyed_hash(browser),
        )
    )


def _attempt(found: SignInRequest) -> SignInAttempt:
    return SignInAttempt(found.expires_at, found.used_at is not None, found.wrong_codes)


def _use(found: SignInRequest) -> SignedIn | None:
    moment = now()
    if found.person_id is None or not _attempt(found).is_open(moment):
        return None
    # The condition decides between two clicks at the same moment: one of them finds no row.
    claimed = db.session.execute(
        sa.update(SignInRequest)
        .where(SignInRequest.id == found.id, SignInRequest.used_at.is_(None))
        .values(used_at=moment)
        .returning(SignInRequest.id)
    ).scalar()
    return SignedIn(found.person_id, open_session(found.person_id)) if claimed else None


def open_session(person_id: uuid.UUID) -> str:
    """Sign this person in for twelve hours and return the token for the browser."""
    token = rules.new_token()
    moment = now()
    db.session.add(
        SignIn(
            person_id=person_id,
            token_hash=keyed_hash(token),
            signed_in_at=moment,
            expires_at=moment + rules.SIGNED_IN_LASTS,
        )
    )
    db.session.execute(
        sa.update(Person).where(Person.id == person_id).values(last_sign_in_at=moment)
    )
    audit.record("signed in", actor_id=person_id)
    return token


def sign_out(token: str, person_id: uuid.UUID) -> None:
    """End the session of this browser; its token opens nothing any more."""
    db.session.execute(sa.delete(SignIn).where(SignIn.token_hash == keyed_hash(token)))
    audit.record("signed out", actor_id=person_id)


def set_language(person_id: uuid.UUID, language: str) -> None:
    """Write to this person in this language from now on."""
    db.session.execute(
        sa.update(Person).where(Person.id == person_id).values(language=as_language(language))
    )


def clear_expired() -> None:
    """Delete requests and sessions that are over: ten minutes and twelve hours."""
    for table in (SignInRequest, SignIn):
        db.session.execute(sa.delete(table).where(table.expires_at < now()))


def add_person(
    name: str, email: str, roles: Sequence[Role], partnership: str, *, is_demo: bool = False
) -> uuid.UUID:
    """Give somebody an account with these roles in the partnership of this name.

    The partnership is made when there is none; a person who is there already gets the roles.
    """
    home = db.session.scalar(sa.select(Partnership).where(Partnership.name == partnership)) or _add(
        Partnership(name=partnership, is_demo=is_demo)
    )
    address = rules.normal_address(email)
    person = db.session.scalar(sa.select(Person).where(Person.email == address)) or _add(
        Person(name=name, email=address, created_at=now())
    )
    held = set(
        db.session.scalars(
            sa.select(Membership.role).where(
                Membership.person_id == person.id, Membership.partnership_id == home.id
            )
        )
    )
    for role in set(roles) - held:
        _add(Membership(person_id=person.id, partnership_id=home.id, role=role))
    return person.id


def _add(row: Row) -> Row:
    db.session.add(row)
    db.session.flush()
    return row
