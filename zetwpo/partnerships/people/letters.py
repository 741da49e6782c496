"""The mails to people who were invited, put together when they leave."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from zetwpo.accounts.actors import Role
from zetwpo.accounts.admission import Admitted
from zetwpo.accounts.models import Membership, Partnership, Person, School, Welcome
from zetwpo.extensions import read
from zetwpo.i18n import as_language, writing_in
from zetwpo.i18n import gettext as _
from zetwpo.mail import service as mails
from zetwpo.mail.composing import Composer, Content, Due
from zetwpo.mail.queries import waiting
from zetwpo.mail.rules import Terms
from zetwpo.mail.service import Addressee, Reasoned
from zetwpo.partnerships.people.words import ASKED
from zetwpo.web import public_address

WELCOME, ROLE_GIVEN = "welcome", "role_given"
# Nobody asked for them.
TERMS = Terms(at_decent_hours=True)


@dataclass(frozen=True)
class _Held:
    """A role with what it asks, for a mail."""

    role: Role
    school: str | None

    def __str__(self) -> str:
        place = f"{self.role.label}, {self.school}" if self.school else self.role.label
        return _("%(role)s: %(what)s", role=place, what=str(ASKED[self.role]))


def welcome(partnership_id: uuid.UUID, people: Iterable[Admitted]) -> None:
    """Welcome people who are new in this partnership; never twice for being invited."""
    letters = [
        Reasoned(Addressee(each.email, each.language), each.welcome_id, each.welcome_id)
        for each in people
    ]
    mails.queue_all(WELCOME, letters, partnership_id=partnership_id, terms=TERMS)


def tell_roles(partnership_id: uuid.UUID, people: Collection[Admitted]) -> None:
    """Tell people who were known here which roles they have got besides.

    Not those whose welcome has not left yet: that names all their roles.
    """
    not_welcomed = waiting(WELCOME, [each.welcome_id for each in people])
    letters = []
    for each in people:
        if each.given and each.welcome_id not in not_welcomed:
            # One mail for all that was given in one act, by one of them.
            membership_id = min(each.given.values())
            to = Addressee(each.email, each.language)
            letters.append(Reasoned(to, membership_id, membership_id))
    mails.queue_all(ROLE_GIVEN, letters, partnership_id=partnership_id, terms=TERMS)


_INVITER = aliased(Person)
# Who it is, where, and by whom they were let in.
_NAMED = (
    Welcome.name,
    Person.language,
    Partnership.name.label("partnership"),
    _INVITER.name.label("by"),
)
_WELCOMES = (
    sa.select(
        *_NAMED,
        Welcome.person_id,
        Welcome.partnership_id,
    )
    .join(Person, Person.id == Welcome.person_id)
    .join(Partnership, Partnership.id == Welcome.partnership_id)
    .outerjoin(_INVITER, _INVITER.id == Welcome.invited_by_id)
    .where(Welcome.id == sa.bindparam("welcome_id"))
)
_GIVEN = aliased(Membership)
_GIVENS = (
    sa.select(
        *_NAMED,
        _GIVEN.person_id,
        _GIVEN.partnership_id,
        _GIVEN.given_at,
    )
    .join(Person, Person.id == _GIVEN.person_id)
    .join(Partnership, Partnership.id == _GIVEN.partnership_id)
    .join(
        Welcome,
        sa.and_(
            Welcome.person_id == _GIVEN.person_id,
            Welcome.partnership_id == _GIVEN.partnership_id,
        ),
    )
    .outerjoin(_INVITER, _INVITER.id == _GIVEN.given_by_id)
    .where(_GIVEN.id == sa.bindparam("membership_id"))
)


def _welcome(mail: Due) -> Content | None:
    found = read(_WELCOMES, welcome_id=mail.about_id).one_or_none()
    return _content(found, ()) if found else None


def _role_given(mail: Due) -> Content | None:
    found = read(_GIVENS, membership_id=mail.about_id).one_or_none()
    return _content(found, (Membership.given_at == found.given_at,)) if found else None


def _content(
    found: sa.Row[*tuple[Any, ...]], only: Collection[sa.ColumnElement[bool]]
) -> Content | None:
    """None where the role ended before the mail left: then it asks nothing of anybody."""
    with writing_in(as_language(found.language)):
        held = _held(found.person_id, found.partnership_id, only)
        roles = "\n".join(map(str, held))
    if not held:
        return None
    return Content(
        {
            "name": found.name,
            "by": found.by or "",
            "partnership": found.partnership,
            "roles": roles,
            # It opens nothing: one signs in there.
            "url": public_address("accounts.sign_in"),
        }
    )


def _held(
    person_id: uuid.UUID,
    partnership_id: uuid.UUID,
    only: Collection[sa.ColumnElement[bool]],
) -> list[_Held]:
    query = (
        sa.select(Membership.role, School.name)
        .outerjoin(School, School.id == Membership.school_id)
        .where(
            Membership.person_id == person_id,
            Membership.partnership_id == partnership_id,
            Membership.ended_at.is_(None),
            *only,
        )
        .order_by(Membership.given_at, Membership.role, School.name)
    )
    return [_Held(Role(role), school) for role, school in read(query)]


COMPOSERS: dict[str, Composer] = {WELCOME: _welcome, ROLE_GIVEN: _role_given}
