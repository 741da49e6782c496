"""What a supervisor does with a self-scan."""

import uuid

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from zetwpo import audit
from zetwpo.accounts.actors import Role
from zetwpo.accounts.queries import get_person, partnerships_of
from zetwpo.clock import now
from zetwpo.errors import Refusal
from zetwpo.extensions import db
from zetwpo.i18n import lazy_gettext as _
from zetwpo.library.queries import current_for
from zetwpo.scan.responses.models import Response
from zetwpo.scan.responses.queries import ResponseView
from zetwpo.scan.responses.service import open_response
from zetwpo.scan.self_scan.models import Scan
from zetwpo.scan.self_scan.queries import ScanView
from zetwpo.sharing.service import forget_items


class NothingAnswered(Refusal):
    """An empty scan shows nothing."""

    status = 422


def start(owner_id: uuid.UUID, partnership_id: uuid.UUID) -> uuid.UUID:
    """Open a scan for this person in this partnership, or give the one that is open.

    That moves along where its owner is no supervisor any more in the partnership in which it was
    started. Returns its key.
    """
    found = _find_open(owner_id)
    if found:
        _move(found, owner_id, partnership_id)
        return found
    current = current_for(partnership_id)
    try:
        with db.session.begin_nested():
            response = open_response(current, current.own_form.form)
            scan = Scan(
                id=uuid.uuid4(),
                owner_id=owner_id,
                partnership_id=partnership_id,
                response_id=response.id,
                started_at=now(),
            )
            db.session.add(scan)
    except IntegrityError:
        # Another click was first; its scan is the one.
        other = _find_open(owner_id)
        if other is None:
            # Nor is there anybody for it: the account goes at this very moment.
            get_person(owner_id)
            raise
        return other
    audit.record("scan started", actor_id=owner_id, object_id=scan.id)
    return scan.id


# Put together here: a fiftieth of the time of a submit.
_SUBMIT = (
    sa.update(Scan)
    .where(Scan.id == sa.bindparam("scan_id"), Scan.submitted_at.is_(None))
    .values(submitted_at=sa.bindparam("moment"))
    .returning(Scan.id)
    .execution_options(synchronize_session=False)
)


def submit(scan_id: uuid.UUID, response: ResponseView, actor_id: uuid.UUID) -> None:
    """Close the scan for good; from now on its result opens. Doing it twice changes nothing."""
    if not response.filled.answers:
        raise NothingAnswered(
            _("You have not answered any statement yet"),
            _("Answer at least one statement. You may leave out what you cannot answer."),
        )
    if db.session.scalar(_SUBMIT, {"scan_id": scan_id, "moment": now()}):
        audit.record("scan submitted", actor_id=actor_id, object_id=scan_id)


def delete(scan: ScanView, actor_id: uuid.UUID) -> None:
    """Delete this scan and what was filled in, for good."""
    forget_items([scan.id])
    db.session.execute(sa.delete(Scan).where(Scan.id == scan.id))
    db.session.execute(sa.delete(Response).where(Response.id == scan.response_id))
    audit.record("scan deleted", actor_id=actor_id, object_id=scan.id)


def _move(scan_id: uuid.UUID, owner_id: uuid.UUID, partnership_id: uuid.UUID) -> None:
    places = [each.id for each in partnerships_of(owner_id, Role.SUPERVISOR)]
    elsewhere = sa.or_(Scan.partnership_id.is_(None), Scan.partnership_id.not_in(places))
    db.session.execute(
        sa.update(Scan).where(Scan.id == scan_id, elsewhere).values(partnership_id=partnership_id)
    )


def _find_open(owner_id: uuid.UUID) -> uuid.UUID | None:
    return db.session.scalar(
        sa.select(Scan.id).where(Scan.owner_id == owner_id, Scan.submitted_at.is_(None))
    )
