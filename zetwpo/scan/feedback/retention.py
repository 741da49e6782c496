"""What goes by itself when its time is up."""

from datetime import timedelta

import sqlalchemy as sa

from zetwpo.clock import now
from zetwpo.extensions import db
from zetwpo.mail import service as mails
from zetwpo.scan.feedback.models import Invitation
from zetwpo.scan.responses.models import Response

# Trust, keep-until: unreleased feedback and invited addresses, after the round closes.
KEPT_AFTER_CLOSING = timedelta(days=30)


def clear_closed() -> None:
    """Delete feedback that was never released, and the addresses of those who were asked."""
    limit = now() - KEPT_AFTER_CLOSING
    closed = sa.or_(Invitation.expires_at < limit, Invitation.withdrawn_at < limit)
    unreleased = sa.and_(closed, Invitation.share_from.is_(None))
    gone = db.session.execute(
        sa.select(Invitation.id, Invitation.response_id).where(unreleased)
    ).all()
    mails.forget([invitation_id for invitation_id, _response_id in gone])
    db.session.execute(sa.delete(Invitation).where(unreleased))
    db.session.execute(sa.delete(Response).where(Response.id.in_([key for _id, key in gone])))
    db.session.execute(
        sa.update(Invitation).where(closed, Invitation.email != "").values(email="", word="")
    )
