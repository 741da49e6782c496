"""What people do with an invitation to a trajectory: send, withdraw, accept, decline."""

import uuid

import sqlalchemy as sa

from zetwpo import audit
from zetwpo.accounts import service as accounts
from zetwpo.accounts.actors import Role
from zetwpo.accounts.admission import Grant, Newcomer, admit
from zetwpo.accounts.colleagues import get_colleagues
from zetwpo.addresses import normal_address
from zetwpo.clock import end_of, now, today
from zetwpo.cycle.invitations.models import TrajectoryInvitation
from zetwpo.cycle.invitations.queries import KIND, InvitationCard
from zetwpo.cycle.invitations.rules import KEPT_AFTER, LASTS, MOST_SENT, MOST_TO_ONE, Status
from zetwpo.cycle.trajectories import service as trajectories
from zetwpo.cycle.trajectories.queries import TrajectoryCard
from zetwpo.cycle.trajectories.service import MayNot, TooMany
from zetwpo.database.statements import change_row, insert_once
from zetwpo.errors import Gone, Refusal
from zetwpo.extensions import db
from zetwpo.i18n import Language, as_language
from zetwpo.i18n import lazy_gettext as _
from zetwpo.limiting import require
from zetwpo.mail import service as mails
from zetwpo.mail.rules import Terms
from zetwpo.mail.service import Addressee


class Full(Refusal):
    """Others said yes before, and as many take part as there is room for."""


def invite(
    trajectory: TrajectoryCard, name: str, email: str, language: Language, by: uuid.UUID
) -> bool:
    """Invite somebody by mail; False where an invitation to this address is open already.

    Whether the address belongs to an account is not looked up, so nobody finds it out. Raises
    TooMuch where somebody invites all day long.
    """
    accounts.keep_author(by)
    invitation_id, moment = uuid.uuid4(), now()
    _expire(trajectory.id, email)
    made = insert_once(
        db.session(),
        TrajectoryInvitation,
        {
            "id": invitation_id,
            "trajectory_id": trajectory.id,
            "name": name,
            "email": email,
            "language": language,
            "invited_at": moment,
            "invited_by_id": by,
            # The page names the last day: it works until that day is over.
            "expires_at": end_of(today() + LASTS),
        },
    )
    if not made:
        return False
    require(MOST_SENT, "trajectory invitations", trajectory.id.hex)
    require(MOST_TO_ONE, "trajectory invitations to", by.hex, normal_address(email))
    mails.queue(
        KIND,
        Addressee(email, language),
        about_id=invitation_id,
        partnership_id=trajectory.partnership_id,
        only_once=True,
        terms=Terms(at_decent_hours=True, useful_until=end_of(today() + LASTS)),
    )
    audit.record("invited to trajectory", actor_id=by, object_id=invitation_id)
    return True


def withdraw(invitation: InvitationCard, actor_id: uuid.UUID) -> None:
    """Take it back; its link says so from now on. It was read to write."""
    if invitation.status in {Status.OPEN, Status.DECLINED, Status.EXPIRED}:
        _update(invitation, withdrawn_at=now())
        mails.take_back(KIND, invitation.id)
        audit.record("trajectory invitation withdrawn", actor_id=actor_id, object_id=invitation.id)


def accept(invitation: InvitationCard) -> None:
    """Give whoever holds the link an account where there is none, and let them take part.

    It was read to write; a second click changes nothing. Raises Gone where it is over, and Full.
    """
    if invitation.status is Status.ACCEPTED:
        return
    if invitation.is_over:
        raise _gone()
    trajectory = invitation.trajectory
    newcomer = Newcomer(
        invitation.name,
        invitation.email,
        frozenset({Grant(Role.SUPERVISOR)}),
        as_language(invitation.language),
    )
    [admitted] = admit(trajectory.partnership_id, [newcomer], invitation.invited_by_id).values()
    db.session.flush()
    people = get_colleagues([admitted.person_id], trajectory.partnership_id)
    try:
        trajectories.add_participants(trajectory, people, admitted.person_id)
    except MayNot:
        # Somebody who employs people, behind an address that looked like any other.
        raise _gone() from None
    except TooMany:
        raise Full(
            _("There is no room in this group any more"),
            _("Ask whoever invited you whether there is another one."),
        ) from None
    _update(invitation, accepted_at=now(), declined_at=None)


def decline(invitation: InvitationCard) -> None:
    """Say no; it can be accepted after all for as long as it works. It was read to write."""
    if invitation.status is Status.OPEN:
        _update(invitation, declined_at=now())


def clear_over() -> None:
    """Delete invitations that were over for a while, with the names and addresses in them."""
    limit = now() - KEPT_AFTER
    over = sa.or_(
        TrajectoryInvitation.accepted_at < limit,
        TrajectoryInvitation.withdrawn_at < limit,
        TrajectoryInvitation.expires_at < limit,
    )
    gone = sa.delete(TrajectoryInvitation).where(over).returning(TrajectoryInvitation.id)
    mails.forget(list(db.session.scalars(gone)))


def _expire(trajectory_id: uuid.UUID, email: str) -> None:
    """Make room for a new invitation where the one before was not answered in time."""
    db.session.execute(
        sa.update(TrajectoryInvitation)
        .where(
            TrajectoryInvitation.trajectory_id == trajectory_id,
            TrajectoryInvitation.normal_email == normal_address(email),
            TrajectoryInvitation.accepted_at.is_(None),
            TrajectoryInvitation.withdrawn_at.is_(None),
            TrajectoryInvitation.expires_at < now(),
        )
        .values(withdrawn_at=now())
    )


def _gone() -> Gone:
    return Gone(
        _("This invitation is over"),
        _("It was withdrawn, or its time is over. Ask whoever invited you for a new one."),
    )


def _update(invitation: InvitationCard, **values: object) -> None:
    change_row(db.session(), TrajectoryInvitation, invitation.id, values)
