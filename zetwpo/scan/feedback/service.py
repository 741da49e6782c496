"""What people do with feedback: ask, withdraw, decline, share, take back, retract."""

import json
import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from zetwpo import audit
from zetwpo.accounts.queries import PersonCard
from zetwpo.addresses import normal_address
from zetwpo.clock import end_of, now, start_of, today
from zetwpo.database.statements import change_row, one_at_a_time
from zetwpo.errors import Refusal
from zetwpo.extensions import db
from zetwpo.i18n import DEFAULT_LANGUAGE, as_language
from zetwpo.i18n import lazy_gettext as _
from zetwpo.library.queries import get_questionnaire
from zetwpo.library.questionnaires import Questionnaire
from zetwpo.library.respondents import AskedRole
from zetwpo.limiting import TooMuch
from zetwpo.mail import service as mail
from zetwpo.mail.rules import Terms
from zetwpo.mail.service import Addressee
from zetwpo.scan.feedback import rules
from zetwpo.scan.feedback.letters import INVITED, LOST_LINK, SENT_AGAIN, SHARED, send
from zetwpo.scan.feedback.models import Invitation
from zetwpo.scan.feedback.queries import (
    InvitationView,
    asked_for,
    asked_since,
    invitations_to,
)
from zetwpo.scan.feedback.rules import InvitationStatus
from zetwpo.scan.responses.models import Response
from zetwpo.scan.responses.service import delete_filled, open_response
from zetwpo.scan.self_scan.models import Scan


@dataclass(frozen=True)
class InvitationRequest:
    """Whom a supervisor wants to ask, and with which words."""

    role: AskedRole
    name: str
    email: str
    language: str
    word: str
    # From the page.
    form_key: uuid.UUID
    # The request that it takes the place of, for instance one to an address with a mistake.
    instead_of: uuid.UUID | None = None

    @property
    def entry_key(self) -> uuid.UUID:
        """The same for the same words from the same page: a second click asks nobody twice.

        Other words from that page are another request.
        """
        address = normal_address(self.email)
        entry = [self.role.key, self.name, address, self.language, self.word]
        return uuid.uuid5(self.form_key, json.dumps(entry))


class AlreadyAsked(Exception):
    """This address has an open request about this scan in this role."""


class AskedAndOver(Exception):
    """These very words were sent from this page before, and that request is over by now."""


class CannotAskYourself(Exception):
    """Feedback comes from somebody else."""


class TooLate(Refusal):
    """It was shared, withdrawn, or its time is up."""


class NothingToShare(Exception):
    """An empty form says nothing."""


def ask(scan_id: uuid.UUID, supervisor: PersonCard, wanted: InvitationRequest) -> bool:
    """Invite somebody by mail to give feedback about this scan.

    False where a click on the same page was first and nothing else is sent. Raises AlreadyAsked,
    AskedAndOver, CannotAskYourself, TooMuch where somebody asks all day long, and TooLate where
    what it takes the place of was shared.
    """
    if normal_address(wanted.email) == normal_address(supervisor.email):
        raise CannotAskYourself
    one_at_a_time(db.session.connection(), f"feedback asked by {supervisor.id}")
    # In this order: a click on the same page that was faster is no other question.
    is_open = _has_open_request(scan_id, wanted)
    if _is_stored(scan_id, wanted.entry_key):
        if not is_open:
            raise AskedAndOver
        return False
    if is_open:
        raise AlreadyAsked
    _refuse_too_much(supervisor.id, wanted.email)
    try:
        with db.session.begin_nested():
            invitation = _store(scan_id, wanted)
    except IntegrityError:
        if not _is_stored(scan_id, wanted.entry_key):
            raise
        # Another click on the same page was first.
        return False
    if wanted.instead_of and wanted.instead_of in {each.id for each in asked_for(scan_id)}:
        withdraw_request(wanted.instead_of, supervisor.id)
    send(INVITED, invitation)
    audit.record("feedback asked", actor_id=supervisor.id, object_id=invitation.id)
    return True


def _refuse_too_much(supervisor_id: uuid.UUID, email: str) -> None:
    asked = asked_since(supervisor_id, now() - rules.DAY)
    of_one = [each for each in asked if normal_address(each.email) == normal_address(email)]
    for those, most in ((asked, rules.MOST_ASKED), (of_one, rules.MOST_ASKED_OF_ONE)):
        if len(those) >= most:
            raise TooMuch(those[-most].invited_at + rules.DAY)


def _store(scan_id: uuid.UUID, wanted: InvitationRequest) -> Invitation:
    response = open_response(_questionnaire_of(scan_id), wanted.role.form)
    invitation = Invitation(
        id=uuid.uuid4(),
        scan_id=scan_id,
        form_key=wanted.entry_key,
        response_id=response.id,
        role=wanted.role.key,
        name=wanted.name,
        email=wanted.email,
        language=wanted.language,
        word=wanted.word,
        invited_at=now(),
        # The pages name the last day: it works until that day is over.
        expires_at=end_of(today() + rules.INVITATION_LASTS),
    )
    db.session.add(invitation)
    db.session.flush()
    return invitation


def _questionnaire_of(scan_id: uuid.UUID) -> Questionnaire:
    # The version of the scan: what is laid side by side asks about the same.
    of_scan = sa.select(Scan.response_id).where(Scan.id == scan_id).scalar_subquery()
    response = db.session.scalars(sa.select(Response).where(Response.id == of_scan)).one()
    return get_questionnaire(response.questionnaire, response.version)


def withdraw_request(invitation_id: uuid.UUID, actor_id: uuid.UUID) -> None:
    """Take a request back; its link says so from now on. Raises TooLate once it was shared."""
    # Locked first: its author may be sharing it at this moment, and only afterwards can anybody
    # say whether that came before.
    before = sa.select(Invitation.withdrawn_at).where(Invitation.id == invitation_id)
    if db.session.scalar(before.with_for_update()):
        # A second click: it is withdrawn, and that is what was asked.
        return
    withdrawn = db.session.scalar(
        sa.update(Invitation)
        .where(
            Invitation.id == invitation_id,
            sa.or_(Invitation.share_from.is_(None), Invitation.share_from > now()),
        )
        .values(withdrawn_at=now(), share_from=None, held_from=None)
        .returning(Invitation.id)
    )
    if withdrawn is None:
        raise TooLate(
            _("You can no longer withdraw this request"),
            _("It was answered. The feedback is in your result, unless its author withdrew it."),
        )
    for kind in (INVITED, SENT_AGAIN, SHARED):
        mail.take_back(kind, invitation_id)
    audit.record("feedback request withdrawn", actor_id=actor_id, object_id=invitation_id)


def send_links_again(address: str) -> None:
    """Let the links of all open requests to this address be mailed, if there are any.

    The same is stored for every address: the worker looks (letters.py).
    """
    mail.queue(
        LOST_LINK,
        Addressee(normal_address(address), DEFAULT_LANGUAGE),
        terms=Terms(useful_until=now() + rules.LOST_LINK_WAITS),
    )


def decline(invitation: InvitationView) -> None:
    """Give no feedback after all: what was filled in is deleted, and nobody is told."""
    if invitation.status is InvitationStatus.DECLINED:
        return
    if invitation.status not in {InvitationStatus.OPEN, InvitationStatus.PLANNED}:
        raise _too_late(invitation.status)
    _set(invitation.id, declined_at=now(), share_from=None, held_from=None)
    delete_filled(invitation.response.id)
    mail.take_back(SHARED, invitation.id)


def delete_requests(scan_ids: Collection[uuid.UUID]) -> None:
    """Delete all requests about these scans, with what was filled in and all mails about them."""
    of_scans = sa.select(Invitation.id, Invitation.response_id).where(
        Invitation.scan_id.in_(scan_ids)
    )
    # From here on nobody fills in or shares anything that would be left behind.
    asked = db.session.execute(of_scans.with_for_update()).all()
    mail.forget([invitation_id for invitation_id, _response_id in asked])
    db.session.execute(sa.delete(Invitation).where(Invitation.scan_id.in_(scan_ids)))
    db.session.execute(sa.delete(Response).where(Response.id.in_([key for _id, key in asked])))


def decline_all(email: str) -> None:
    """Decline whatever was asked at this address and is not shared.

    What was filled in is deleted, also where it is too late to decline; nobody is told.
    """
    for invitation in invitations_to(email, to_write=True):
        if invitation.status in {InvitationStatus.OPEN, InvitationStatus.PLANNED}:
            decline(invitation)
        elif invitation.status is not InvitationStatus.SHARED:
            delete_filled(invitation.response.id)


def reconsider(invitation: InvitationView) -> None:
    """Open the form again for somebody who declined, while the link works."""
    if invitation.status is InvitationStatus.DECLINED and invitation.may_start_again:
        _set(invitation.id, declined_at=None)


def share(invitation: InvitationView, share_day: date | None) -> None:
    """Release the feedback, now or from the start of a day to come (Dutch time).

    Raises TooLate and NothingToShare.
    """
    if not invitation.may_write:
        raise _too_late(invitation.status)
    if invitation.is_empty:
        raise NothingToShare
    share_from = start_of(share_day) if share_day else now()
    _set(invitation.id, share_from=share_from, held_from=None)
    _announce(invitation, share_from)
    audit.record("feedback released", object_id=invitation.id)


def _announce(invitation: InvitationView, share_from: datetime) -> None:
    mail.take_back(SHARED, invitation.id)
    mail.queue(
        SHARED,
        Addressee(invitation.supervisor_email, as_language(invitation.supervisor_language)),
        about_id=invitation.id,
        only_once=True,
        terms=Terms(at_decent_hours=True, not_before=share_from),
    )


def hold(invitation: InvitationView) -> InvitationView:
    """Put a plan on hold, if there is one: its author changed what no preview has shown.

    Only while they may write. Their day stays known, and until then they can choose again, also
    where the time of the link is over.
    """
    if invitation.state.share_from is None:
        return invitation
    state = invitation.state.on_hold
    _set(invitation.id, share_from=state.share_from, held_from=state.held_from)
    mail.take_back(SHARED, invitation.id)
    audit.record("release put on hold", object_id=invitation.id)
    return replace(invitation, state=state)


def retract(invitation: InvitationView) -> None:
    """Delete what was shared, for good; whoever asked reads only that it was withdrawn.

    Where nothing is shared, or not any more, there is nothing to do.
    """
    if invitation.status is not InvitationStatus.SHARED:
        return
    _set(invitation.id, retracted_at=now())
    delete_filled(invitation.response.id)
    mail.take_back(SHARED, invitation.id)
    audit.record("shared feedback deleted", object_id=invitation.id)


def take_back(invitation: InvitationView) -> None:
    """Undo a planned release before its day; the form is open again while the link works."""
    if invitation.status in {InvitationStatus.OPEN, InvitationStatus.EXPIRED}:
        # A second click: it is not shared, and that is what was asked.
        return
    if invitation.status is not InvitationStatus.PLANNED:
        raise _too_late(invitation.status)
    _set(invitation.id, share_from=None)
    mail.take_back(SHARED, invitation.id)
    audit.record("release taken back", object_id=invitation.id)


def _too_late(status: InvitationStatus) -> TooLate:
    if status is InvitationStatus.SHARED:
        return TooLate(
            _("Your feedback has already been shared"),
            _("It can no longer be changed. With your link you can read it again, or delete it."),
        )
    if status is InvitationStatus.RETRACTED:
        return TooLate(
            _("You deleted this feedback"),
            _("There is nothing left of it. You need not do anything."),
        )
    return TooLate(
        _("This request for feedback is closed"),
        _("Nothing of what you filled in was shown to anybody. You need not do anything."),
    )


def _set(invitation_id: uuid.UUID, **values: datetime | None) -> None:
    change_row(db.session(), Invitation, invitation_id, values)


def _is_stored(scan_id: uuid.UUID, entry_key: uuid.UUID) -> bool:
    query = sa.select(Invitation.id).where(
        Invitation.scan_id == scan_id, Invitation.form_key == entry_key
    )
    return db.session.scalar(query) is not None


def _has_open_request(scan_id: uuid.UUID, wanted: InvitationRequest) -> bool:
    # By what the supervisor sees: the answer must not tell who declined or planned something.
    key = (normal_address(wanted.email), wanted.role.key)
    before = [
        each
        for each in asked_for(scan_id)
        if (normal_address(each.email), each.role.key) == key and each.id != wanted.instead_of
    ]
    return any(each.is_open_at(now()) for each in before)
