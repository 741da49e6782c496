"""What the mails about feedback say, put together when they leave."""

import uuid

import sqlalchemy as sa

from zetwpo.accounts.policy import Role
from zetwpo.accounts.queries import PersonCard, find_partnership, get_people
from zetwpo.extensions import db
from zetwpo.i18n import as_language, day, writing_in
from zetwpo.mail.composing import Composer, Content, Due
from zetwpo.scan.feedback.links import token_for
from zetwpo.scan.feedback.models import Invitation
from zetwpo.scan.feedback.queries import state_of
from zetwpo.scan.self_scan.models import Scan
from zetwpo.web import public_address

INVITED, SENT_AGAIN, SHARED = "feedback_invitation", "feedback_link", "feedback_shared"


def _request(mail: Due) -> Content | None:
    """The request itself, with the link: the first time, or because its addressee asked for it."""
    found = _find(mail.about_id)
    if found is None:
        return None
    invitation, supervisor = found
    with writing_in(as_language(invitation.language)):
        until = day(state_of(invitation).last_moment)
    return Content(
        {
            "name": invitation.name,
            "supervisor": supervisor.name,
            "partnership": find_partnership(supervisor.id, Role.SUPERVISOR) or "",
            "word": invitation.word,
            "role": invitation.role,
            "until": until,
        },
        {"url": public_address("feedback.landing", token=token_for(invitation.id))},
    )


def _shared(mail: Due) -> Content | None:
    """Feedback was released. The address in it opens nothing: it leads to a page of an account."""
    found = _find(mail.about_id)
    if found is None:
        return None
    invitation, supervisor = found
    url = public_address("result.show", scan_id=str(invitation.scan_id))
    return Content({"name": invitation.name, "supervisor": supervisor.name, "url": url})


def _find(invitation_id: uuid.UUID | None) -> tuple[Invitation, PersonCard] | None:
    """The request with who asks, as long as it was not withdrawn."""
    row = db.session.execute(
        sa.select(Invitation, Scan.owner_id)
        .join(Scan, Scan.id == Invitation.scan_id)
        .where(Invitation.id == invitation_id, Invitation.withdrawn_at.is_(None))
    ).one_or_none()
    if row is None:
        return None
    invitation, owner_id = row
    # Not there: deleted at this very moment, with all that was theirs.
    supervisor = get_people([owner_id]).get(owner_id)
    return (invitation, supervisor) if supervisor else None


COMPOSERS: dict[str, Composer] = {INVITED: _request, SENT_AGAIN: _request, SHARED: _shared}
