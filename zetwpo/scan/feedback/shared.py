"""Reading what was released about a scan, for its result."""

import uuid
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from zetwpo.clock import now
from zetwpo.extensions import read
from zetwpo.library.respondents import AskedRole, respondents
from zetwpo.scan.feedback.models import Invitation
from zetwpo.scan.feedback.naming import labels_of
from zetwpo.scan.feedback.queries import ORDER


@dataclass(frozen=True)
class SharedResponse:
    """A form that its author released, with who that is.

    Where its author withdrew it, the form is empty.
    """

    response_id: uuid.UUID
    name: str
    role: AskedRole
    shared_at: datetime
    # What pages call this person, as in the list of who was asked.
    label: str
    is_retracted: bool


# Put together here: a fiftieth of the time of a result.
_NAMED = (
    sa.select(
        Invitation.response_id,
        Invitation.name,
        Invitation.role,
        Invitation.expires_at,
        Invitation.share_from,
        Invitation.retracted_at,
    )
    .where(Invitation.scan_id == sa.bindparam("scan_id"), Invitation.withdrawn_at.is_(None))
    .order_by(*ORDER)
)


def shared_responses(scan_id: uuid.UUID) -> list[SharedResponse]:
    """What was released about this scan until now, in the order in which it was asked.

    Also what its author withdrew afterwards. Who did, and who may still share, counts for what to
    call the others: a name stays the same then.
    """
    moment = now()
    counting = [
        (row, _shared_at(row.share_from, moment))
        for row in read(_NAMED, scan_id=scan_id)
        if _shared_at(row.share_from, moment) or moment < row.expires_at
    ]
    labels = labels_of([(row.name, respondents().get(row.role)) for row, _shared in counting])
    return [
        SharedResponse(
            row.response_id,
            row.name,
            respondents().get(row.role),
            shared_at,
            label,
            is_retracted=row.retracted_at is not None,
        )
        for (row, shared_at), label in zip(counting, labels, strict=True)
        if shared_at
    ]


def _shared_at(share_from: datetime | None, moment: datetime) -> datetime | None:
    return share_from if share_from and share_from <= moment else None
