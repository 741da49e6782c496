"""What the mails about feedback say, put together when they leave."""

import uuid
from collections.abc import Sequence

import sqlalchemy as sa

from zetwpo.accounts.queries import (
    PartnershipCard,
    PersonCard,
    find_partnership_card,
    get_people,
)
from zetwpo.clock import now
from zetwpo.extensions import db
from zetwpo.i18n import as_language, day, writing_in
from zetwpo.library.respondents import respondents
from zetwpo.mail import service as mails
from zetwpo.mail.composing import Composer, Content, Due
from zetwpo.mail.queries import find_failures, was_queued_since
from zetwpo.mail.rules import Failure, Terms
from zetwpo.mail.service import Addressee
from zetwpo.scan.feedback import rules
from zetwpo.scan.feedback.links import token_for
from zetwpo.scan.feedback.models import Invitation
from zetwpo.scan.feedback.queries import AskedCard, find_asked, open_invitations_to, state_of
from zetwpo.scan.feedback.rules import InvitationStatus
from zetwpo.scan.self_scan.models import Scan
from zetwpo.scan.self_scan.queries import find_card
from zetwpo.web import public_address

INVITED, SENT_AGAIN, SHARED = "feedback_invitation", "feedback_link", "feedback_shared"
# No mail itself: the wish of whoever has an address to get the links that were sent to it.
LOST_LINK = "feedback_lost_link"


def send(kind: str, invitation: Invitation) -> None:
    """Queue the mail with the link of this request."""
    state = state_of(invitation)
    is_shared = state.status(now()) is InvitationStatus.SHARED
    mails.queue(
        kind,
        Addressee(invitation.email, as_language(invitation.language)),
        about_id=invitation.id,
        # That one did not arrive, administrators are told too.
        partnership_id=_partnership_of(invitation) if kind == INVITED else None,
        only_once=kind == INVITED,
        # Sent again is asked for by the addressee: at any hour.
        terms=Terms(
            at_decent_hours=kind == INVITED,
            # What was shared can be read again for as long as it is there.
            useful_until=None if is_shared else state.last_moment,
        ),
    )


def _partnership_of(invitation: Invitation) -> uuid.UUID | None:
    of_scan = sa.select(Scan.partnership_id).where(Scan.id == invitation.scan_id)
    return db.session.scalar(of_scan)


def _lost_link(mail: Due) -> None:
    """Send the links of all open requests to this address, each no more than so often.

    There may be none, and whoever asked may be a stranger.
    """
    mails.stand_in_for_others(mail.id, mail.kind, mail.recipient)
    earliest = now() - rules.SENT_AGAIN_EVERY
    for invitation in open_invitations_to(mail.recipient):
        if not was_queued_since(SENT_AGAIN, invitation.id, earliest):
            send(SENT_AGAIN, invitation)


def _request(mail: Due) -> Content | None:
    """The request itself, with the link: the first time, or because its addressee asked for it."""
    found = _find(mail.about_id)
    if found is None:
        return None
    invitation, supervisor, place = found
    state = state_of(invitation)
    role = respondents().get(invitation.role)
    with writing_in(as_language(invitation.language)):
        asks = role.mail.about(supervisor.name)
        until = day(state.last_moment)
        share_day = day(state.share_from) if state.share_from else ""
    return Content(
        {
            "name": invitation.name,
            "supervisor": supervisor.name,
            "partnership": place.name if place else "",
            "word": invitation.word,
            "asks": asks,
            "minutes": str(role.minutes),
            "status": state.status(now()).value,
            "until": until,
            "share_day": share_day,
        },
        {"url": public_address("feedback.landing", token=token_for(invitation.id))},
        partnership_id=place.id if place else None,
    )


def _shared(mail: Due) -> Content | None:
    """Feedback was released. The address in it opens nothing: it leads to a page of an account."""
    found = _find(mail.about_id)
    if found is None:
        return None
    invitation, supervisor, place = found
    with writing_in(as_language(mail.language)):
        asked = find_asked(invitation.id)
    if asked is None or asked.shared_at is None:
        # Put on hold, or taken back, while a worker was at this mail.
        return None
    scan = find_card(invitation.scan_id)
    is_finished = scan is not None and scan.is_submitted
    url = (
        public_address("result.show", scan_id=str(invitation.scan_id))
        if is_finished
        else public_address("home.start")
    )
    values = {"name": asked.label, "supervisor": supervisor.name, "url": url}
    return Content(
        values | {"is_finished": "yes" if is_finished else ""},
        partnership_id=place.id if place else None,
    )


def undelivered(asked: Sequence[AskedCard]) -> dict[uuid.UUID, Failure]:
    """Why the mail with a request never reached its addressee, by the key of the request.

    Only of what is open, and only of the first mail: that somebody asked for the link again is
    nothing that a supervisor finds out.
    """
    is_open = [each.id for each in asked if each.is_waiting]
    return find_failures(INVITED, is_open)


def _find(
    invitation_id: uuid.UUID | None,
) -> tuple[Invitation, PersonCard, PartnershipCard | None] | None:
    """The request with who asks, and where, as long as neither of the two withdrew."""
    row = db.session.execute(
        sa.select(Invitation, Scan.owner_id, Scan.partnership_id)
        .join(Scan, Scan.id == Invitation.scan_id)
        .where(
            Invitation.id == invitation_id,
            Invitation.withdrawn_at.is_(None),
            Invitation.retracted_at.is_(None),
        )
    ).one_or_none()
    if row is None:
        return None
    invitation, owner_id, partnership_id = row
    # Not there: deleted at this very moment, with all that was theirs.
    supervisor = get_people([owner_id]).get(owner_id)
    place = find_partnership_card(partnership_id) if partnership_id else None
    return (invitation, supervisor, place) if supervisor else None


COMPOSERS: dict[str, Composer] = {
    INVITED: _request,
    SENT_AGAIN: _request,
    SHARED: _shared,
    LOST_LINK: _lost_link,
}
