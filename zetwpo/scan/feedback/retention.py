"""What goes by itself when its time is up."""

import uuid

import sqlalchemy as sa

from zetwpo.clock import now
from zetwpo.extensions import db
from zetwpo.mail import service as mails
from zetwpo.scan.feedback.models import Invitation
from zetwpo.scan.feedback.rules import KEPT_AFTER_CLOSING
from zetwpo.scan.responses.models import Response


def clear_closed() -> None:
    """Delete feedback that was never released, and the addresses of those who were asked."""
    limit = now() - KEPT_AFTER_CLOSING
    closed = sa.or_(Invitation.expires_at < limit, Invitation.withdrawn_at < limit)
    # A plan that was put on hold waits for its author until its moment.
    is_over = sa.or_(Invitation.held_from.is_(None), Invitation.held_from < limit)
    unreleased = sa.and_(closed, is_over, Invitation.share_from.is_(None))
    gone = db.session.execute(
        sa.select(Invitation.id, Invitation.response_id).where(unreleased)
    ).all()
    mails.forget([invitation_id for invitation_id, _response_id in gone])
    db.session.execute(sa.delete(Invitation).where(Invitation.id.in_([key for key, _id in gone])))
    db.session.execute(sa.delete(Response).where(Response.id.in_([key for _id, key in gone])))
    # What stays for its author must not show, also not by whether the same words from the same page
    # can be sent again: where nothing was planned, nothing is left that holds that off.
    is_unseen = sa.or_(Invitation.held_from.is_not(None), Invitation.share_from > now())
    for invitation in db.session.scalars(sa.select(Invitation).where(closed, is_unseen)):
        invitation.form_key = uuid.uuid4()
    # What is planned for later stays its author's, who is found by this address.
    over = sa.and_(closed, Invitation.share_from < limit, Invitation.email != "")
    db.session.execute(sa.update(Invitation).where(over).values(email="", normal_email="", word=""))
