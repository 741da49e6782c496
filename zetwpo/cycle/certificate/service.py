"""What somebody does with a certificate of their own."""

import uuid
from dataclasses import asdict

import sqlalchemy as sa

from zetwpo import audit
from zetwpo.accounts import service as accounts
from zetwpo.accounts.actors import Actor
from zetwpo.clock import now
from zetwpo.cycle.certificate.models import Certificate, CertificateLeader
from zetwpo.cycle.certificate.queries import CertificateCard, claiming_of
from zetwpo.cycle.certificate.rules import Claim, Statement
from zetwpo.cycle.mine.queries import OwnPart
from zetwpo.database.statements import one_at_a_time
from zetwpo.errors import Refusal
from zetwpo.extensions import db
from zetwpo.i18n import lazy_gettext as _


class NothingToClaim(Refusal):
    """The trajectory goes on, or they were at none of its meetings."""


def claim(part: OwnPart, person: Actor) -> uuid.UUID:
    """The key of a certificate of what is noted at this moment; the same for a second click.

    It takes the place of one that states something else. Raises NothingToClaim.
    """
    accounts.keep_author(person.person_id)
    one_at_a_time(db.session.connection(), f"certificate {person.person_id} {part.id}")
    found = claiming_of(part, person)
    if found.claimed and not found.is_outdated:
        return found.claimed.id
    if found.claim != Claim.OPEN or found.statement is None:
        raise NothingToClaim(
            _("There is nothing to claim now"),
            _("Go back to the page of your certificate: it says when you can claim one."),
        )
    if found.claimed:
        _delete(found.claimed)
    certificate_id = _store(part, person, found.statement)
    audit.record("certificate claimed", actor_id=person.person_id, object_id=certificate_id)
    return certificate_id


def withdraw(certificate: CertificateCard) -> None:
    """Delete it for good. What was printed stays where it is."""
    _delete(certificate)
    audit.record("certificate withdrawn", actor_id=certificate.owner_id, object_id=certificate.id)


def _store(part: OwnPart, person: Actor, stated: Statement) -> uuid.UUID:
    certificate_id = uuid.uuid4()
    values = asdict(stated)
    leaders: dict[uuid.UUID, str] = values.pop("leaders")
    db.session.execute(
        sa.insert(Certificate).values(
            id=certificate_id,
            owner_id=person.person_id,
            trajectory_id=part.id,
            claimed_at=now(),
            **values,
        )
    )
    rows = [
        {"certificate_id": certificate_id, "person_id": key, "name": leaders[key]}
        for key in accounts.keep(leaders)
    ]
    if rows:
        db.session.execute(sa.insert(CertificateLeader), rows)
    return certificate_id


def _delete(certificate: CertificateCard) -> None:
    db.session.execute(sa.delete(Certificate).where(Certificate.id == certificate.id))
