"""What administrators do with people: invite them, give and end roles, mend what was mistyped."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from zetwpo import audit
from zetwpo.accounts import personal_data as accounts
from zetwpo.accounts.actors import Role
from zetwpo.accounts.admission import (
    Admitted,
    Grant,
    Newcomer,
    admit,
    give_roles,
    hold_people,
)
from zetwpo.accounts.letters import address_hash
from zetwpo.accounts.models import Membership, Partnership, Person, School, Welcome
from zetwpo.accounts.rules import CLICKS_LAST, sought_name
from zetwpo.accounts.service import hold
from zetwpo.addresses import normal_address
from zetwpo.clock import now
from zetwpo.database.statements import change_row, insert_once
from zetwpo.edits import Sent, merged
from zetwpo.errors import NotFound
from zetwpo.extensions import db
from zetwpo.i18n import as_language
from zetwpo.i18n import lazy_gettext as _
from zetwpo.limiting import require
from zetwpo.mail import service as mails
from zetwpo.mail.queries import find_last, was_queued_since
from zetwpo.mail.service import Addressee
from zetwpo.partnerships.people import letters
from zetwpo.partnerships.people.letters import WELCOME
from zetwpo.partnerships.people.queries import MembershipCard, PersonHere, find_person_here

# Of one partnership, to one mailbox, whatever its administrators do for it; so often nobody needs
# it.
MOST_WELCOMES = "6 per day"
# Of one partnership, to one person, of whom each is a mail. Some train at many schools.
MOST_GIVEN = "20 per day"


class PartnershipExists(Exception):
    """There is one with this name already."""


class NoSuchSchool(Exception):
    """It is closed, or of another partnership: nobody gets a role there."""


class RolesChanged(Exception):
    """Somebody else gave or ended a role after the page was shown."""


class LastAdministrator(Exception):
    """Without this one nobody would look after the partnership."""


class HasCome(Exception):
    """They signed in meanwhile: what they are called and where they get their mail is theirs."""


@dataclass(frozen=True)
class Started:
    """The beginning of a partnership."""

    partnership_id: uuid.UUID
    # What the first administrator is called, who may have had an account.
    name: str


def start_partnership(name: str, person: str, email: str) -> Started:
    """Make a partnership and its first administrator, and welcome them. Raises PartnershipExists.

    For whoever runs the server: it tells the name of somebody who has an account already.
    """
    partnership_id = uuid.uuid4()
    if not insert_once(db.session(), Partnership, {"id": partnership_id, "name": name}):
        raise PartnershipExists
    newcomer = Newcomer(person, email, frozenset({Grant(Role.ADMINISTRATOR)}))
    [first] = invite_all(partnership_id, [newcomer]).values()
    audit.record("partnership started", object_id=partnership_id)
    known_as = db.session.scalars(sa.select(Person.name).where(Person.id == first.person_id)).one()
    return Started(partnership_id, known_as)


def invite_all(
    partnership_id: uuid.UUID, newcomers: Iterable[Newcomer], by_id: uuid.UUID | None = None
) -> dict[str, Admitted]:
    """Let people in, one or thousands: each gets what they do not have, and a mail about it.

    Returns what came of it by address, in its normal form. The same twice changes nothing.
    Raises NoSuchSchool.
    """
    wanted = list(newcomers)
    _require_open({grant.school_id for each in wanted for grant in each.grants}, partnership_id)
    admitted = admit(partnership_id, wanted, by_id)
    letters.welcome(partnership_id, [each for each in admitted.values() if each.is_new])
    letters.tell_roles(partnership_id, [each for each in admitted.values() if not each.is_new])
    return admitted


def invite(partnership_id: uuid.UUID, newcomer: Newcomer, by_id: uuid.UUID) -> Admitted:
    """Invite one person. Raises NoSuchSchool, and TooMuch.

    A second click on the same page gets the same answer, and does nothing.
    """
    [admitted] = invite_all(partnership_id, [newcomer], by_id).values()
    if not admitted.given:
        return _done_before(partnership_id, admitted, by_id)
    if admitted.is_new:
        _limit_welcomes(partnership_id, admitted.email)
        audit.record("person invited", actor_id=by_id, object_id=admitted.person_id)
    else:
        _limit_roles(partnership_id, admitted.person_id)
        audit.record("role given", actor_id=by_id, object_id=admitted.person_id)
    return admitted


def _done_before(partnership_id: uuid.UUID, admitted: Admitted, by_id: uuid.UUID) -> Admitted:
    """What came of the click a moment ago, by the same one; nothing where there was none."""
    earliest = now() - CLICKS_LAST
    given = db.session.execute(
        sa.select(Membership.role, Membership.school_id, Membership.id).where(
            Membership.partnership_id == partnership_id,
            Membership.person_id == admitted.person_id,
            Membership.given_by_id == by_id,
            Membership.given_at > earliest,
            Membership.ended_at.is_(None),
        )
    )
    invited = sa.select(Welcome.invited_at).where(Welcome.id == admitted.welcome_id)
    return Admitted(
        admitted.person_id,
        admitted.welcome_id,
        admitted.email,
        admitted.language,
        is_new=db.session.scalars(invited).one() > earliest,
        given={Grant(Role(role), school): key for role, school, key in given},
    )


def give(person: PersonHere, grant: Grant, seen: str, by_id: uuid.UUID) -> None:
    """Give somebody who is known here another role.

    Raises NoSuchSchool, RolesChanged and TooMuch.
    What they have already they have.
    """
    current = _hold(person)
    if current.find_held(grant.role, grant.school_id):
        return
    if current.mark != seen:
        raise RolesChanged
    _require_open({grant.school_id}, person.partnership_id)
    _limit_roles(person.partnership_id, person.id)
    given = give_roles(person.partnership_id, {person.id: frozenset({grant})}, by_id)[person.id]
    told = Admitted(
        person.id, person.welcome_id, person.email, as_language(person.language), False, given
    )
    letters.tell_roles(person.partnership_id, [told])
    audit.record("role given", actor_id=by_id, object_id=person.id)


def end(person: PersonHere, membership: MembershipCard, seen: str, by_id: uuid.UUID) -> None:
    """End a role; what is open to it is closed at the next click.

    What ended already has ended. Raises RolesChanged and LastAdministrator.
    """
    current = _hold(person)
    if membership.id not in {each.id for each in current.held}:
        return
    if current.mark != seen:
        raise RolesChanged
    if membership.role is Role.ADMINISTRATOR and not _has_other_administrator(membership):
        raise LastAdministrator
    ended = {"ended_at": now(), "ended_by_id": by_id}
    change_row(db.session(), Membership, membership.id, ended)
    audit.record("role ended", actor_id=by_id, object_id=person.id)


def _hold(person: PersonHere) -> PersonHere:
    """Let others who change or delete this person wait; returns them as they are now.

    Raises NotFound where somebody else was faster.
    """
    hold_people(person.partnership_id)
    hold(person.id)
    found = find_person_here(person.partnership_id, person.id)
    if found is None:
        raise NotFound(
            _("This person is no longer here"),
            _("The account was deleted, or the invitation was mended, a moment ago."),
        )
    return found


def _has_other_administrator(membership: MembershipCard) -> bool:
    found = sa.exists().where(
        Membership.partnership_id == membership.partnership_id,
        Membership.role == Role.ADMINISTRATOR,
        Membership.ended_at.is_(None),
        Membership.id != membership.id,
    )
    return bool(db.session.scalar(sa.select(found)))


def hold_administrators(partnership_ids: Collection[uuid.UUID]) -> None:
    """Let others who would end an administrator's role there wait until the commit."""
    for partnership_id in sorted(partnership_ids):
        hold_people(partnership_id)


def welcome_again(person: PersonHere, by_id: uuid.UUID) -> bool:
    """Send the welcome once more, because somebody asks for it.

    False where one is on its way already; a second click sends nothing. Raises TooMuch, and
    HasCome where they need none any more.
    """
    person = _hold(person)
    if person.has_come:
        raise HasCome
    last = find_last(WELCOME, person.welcome_id)
    if last and last.is_waiting:
        return was_queued_since(WELCOME, person.welcome_id, now() - CLICKS_LAST)
    _limit_welcomes(person.partnership_id, person.email)
    _send_welcome(person.partnership_id, person.welcome_id, person.email, person.language)
    audit.record("welcomed again", actor_id=by_id, object_id=person.id)
    return True


def _limit_welcomes(partnership_id: uuid.UUID, email: str) -> None:
    require(MOST_WELCOMES, "welcome", str(partnership_id), address_hash(email))


def _limit_roles(partnership_id: uuid.UUID, person_id: uuid.UUID) -> None:
    require(MOST_GIVEN, "role given", str(partnership_id), str(person_id))


def _send_welcome(
    partnership_id: uuid.UUID, welcome_id: uuid.UUID, email: str, language: str
) -> None:
    mails.forget_failures(WELCOME, [welcome_id])
    mails.queue(
        WELCOME,
        Addressee(email, as_language(language)),
        about_id=welcome_id,
        partnership_id=partnership_id,
        terms=letters.TERMS,
    )


def correct(person: PersonHere, sent: Sent, by_id: uuid.UUID) -> uuid.UUID:
    """Mend an invitation that nobody has answered, as if it had been typed like this at first.

    Another address is another person, who gets the roles; no account changes hands (decision 34).
    Returns the key of the person who is invited now. Raises HasCome, TooMuch, and Overtaken where
    somebody else mended the same in another way.
    """
    current = _hold(person)
    if current.has_come:
        raise HasCome
    fields = merged(sent, current.fields)
    name, email = fields["name"], fields["email"]
    if normal_address(email) == normal_address(current.email):
        _rename(current, name, email)
        person_id = current.id
    else:
        person_id = _invite_instead(current, name, email, by_id)
    audit.record("invitation corrected", actor_id=by_id, object_id=person_id)
    return person_id


def _rename(person: PersonHere, name: str, email: str) -> None:
    known_as = {"name": name, "sought_name": sought_name(name), "email": email}
    change_row(db.session(), Welcome, person.welcome_id, known_as)
    if _is_only_invited(person):
        # They would find the mistake on their own page.
        change_row(db.session(), Person, person.id, {"name": name})


def _invite_instead(person: PersonHere, name: str, email: str, by_id: uuid.UUID) -> uuid.UUID:
    # Of the one before as well: nobody is invited, sent away and invited again without end.
    for address in sorted({person.email, email}):
        _limit_welcomes(person.partnership_id, address)
    grants = frozenset(Grant(each.role, each.school_id) for each in person.held)
    is_only_invited = _is_only_invited(person)
    mails.forget([person.welcome_id], WELCOME)
    of_person = (
        Membership.person_id == person.id,
        Membership.partnership_id == person.partnership_id,
    )
    db.session.execute(sa.delete(Membership).where(*of_person))
    db.session.execute(sa.delete(Welcome).where(Welcome.id == person.welcome_id))
    if is_only_invited:
        accounts.erase(person.id)
    newcomer = Newcomer(name, email, grants, as_language(person.language))
    # A school that closed meanwhile is no reason to lose somebody's role there.
    [admitted] = admit(person.partnership_id, [newcomer], by_id).values()
    if admitted.is_new:
        letters.welcome(person.partnership_id, [admitted])
    else:
        letters.tell_roles(person.partnership_id, [admitted])
    return admitted.person_id


def _is_only_invited(person: PersonHere) -> bool:
    """True where the account is there because of this invitation alone, and was never used."""
    elsewhere = sa.exists().where(
        Welcome.person_id == person.id, Welcome.partnership_id != person.partnership_id
    )
    found = sa.select(Person.id).where(
        Person.id == person.id, Person.last_sign_in_at.is_(None), sa.not_(elsewhere)
    )
    return db.session.scalar(found) is not None


def _require_open(school_ids: Collection[uuid.UUID | None], partnership_id: uuid.UUID) -> None:
    """Raise NoSuchSchool where a role cannot be given at one of these; none closes meanwhile."""
    wanted = {each for each in school_ids if each}
    if not wanted:
        return
    found = db.session.scalars(
        sa.select(School.id)
        .where(
            School.id.in_(wanted),
            School.partnership_id == partnership_id,
            School.closed_at.is_(None),
        )
        .with_for_update(read=True)
    )
    if wanted - set(found):
        raise NoSuchSchool
