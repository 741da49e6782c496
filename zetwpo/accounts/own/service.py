"""What people do with their account once they have one."""

import uuid

import sqlalchemy as sa

from zetwpo import audit
from zetwpo.accounts import service as accounts
from zetwpo.accounts.models import Person, SignIn
from zetwpo.accounts.own.models import StoppedMail
from zetwpo.accounts.own.rules import Profile
from zetwpo.accounts.queries import get_person
from zetwpo.clock import now
from zetwpo.database.statements import change_row, insert_once
from zetwpo.edits import Sent, after, overtaken
from zetwpo.extensions import db
from zetwpo.fields import StrangeButton
from zetwpo.hashing import keyed_hash
from zetwpo.i18n import gettext as _
from zetwpo.mail.kinds import KINDS


def save_profile(person_id: uuid.UUID, sent: Sent) -> set[str]:
    """Store what a person changed.

    Returns the fields that were changed elsewhere; they stay as they are until their sender chose.
    Raises NotFound where the account is gone.
    """
    # Of two at the same moment, the second sees what the first one stored.
    accounts.hold(person_id)
    person = get_person(person_id)
    stored = Profile(person.name, person.language)
    changed = Profile(**after(sent, stored.fields))
    if changed != stored:
        change_row(db.session(), Person, person_id, changed.fields)
        accounts.tell_partnerships(person_id)
    if changed.name != stored.name:
        audit.record("name changed", actor_id=person_id)
    return overtaken(sent, stored.fields)


def end_sign_in(person_id: uuid.UUID, sign_in_id: uuid.UUID | None) -> None:
    """Sign this person out in one browser; nothing where it is somebody else's, or ended before."""
    ended = sa.delete(SignIn).where(SignIn.id == sign_in_id, SignIn.person_id == person_id)
    if db.session.scalar(ended.returning(SignIn.id)):
        audit.record("signed out elsewhere", actor_id=person_id)


def sign_out_elsewhere(person_id: uuid.UUID, token: str) -> None:
    """Sign this person out in every browser but the one with this token."""
    others = sa.delete(SignIn).where(
        SignIn.person_id == person_id, SignIn.token_hash != keyed_hash(token)
    )
    if db.session.scalars(others.returning(SignIn.id)).all():
        audit.record("signed out elsewhere", actor_id=person_id)


def stop_mail(person_id: uuid.UUID, kind: str) -> None:
    """Send no mails of this kind to this person. Raises BadInput where they are needed."""
    _require_stoppable(kind)
    row = {"person_id": person_id, "kind": kind, "stopped_at": now()}
    if insert_once(db.session(), StoppedMail, row):
        audit.record("mails stopped", actor_id=person_id)


def want_mail(person_id: uuid.UUID, kind: str) -> None:
    """Send mails of this kind again. Raises BadInput where nobody can stop them."""
    _require_stoppable(kind)
    stopped = sa.delete(StoppedMail).where(
        StoppedMail.person_id == person_id, StoppedMail.kind == kind
    )
    if db.session.scalar(stopped.returning(StoppedMail.kind)):
        audit.record("mails wanted again", actor_id=person_id)


def _require_stoppable(kind: str) -> None:
    if kind not in KINDS or not KINDS[kind].may_be_stopped:
        raise StrangeButton(_("Go back to your account and choose again. Nothing changed."))
