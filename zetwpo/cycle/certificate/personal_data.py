"""What we hold about a person here."""

import uuid
from typing import Any

import sqlalchemy as sa

from zetwpo.clock import iso
from zetwpo.cycle.certificate.models import Certificate, CertificateLeader
from zetwpo.extensions import db, read


def export(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """The certificates of this person, the earliest first.

    Not those on which they stand as who led it: that somebody claimed one is not theirs to know.
    """
    rows = read(
        sa.select(
            Certificate.id,
            Certificate.name,
            Certificate.title,
            Certificate.partnership,
            Certificate.first_day,
            Certificate.last_day,
            Certificate.meetings,
            Certificate.minutes,
            Certificate.claimed_at,
        )
        .where(Certificate.owner_id == person_id)
        .order_by(Certificate.claimed_at, Certificate.id)
    ).all()
    return [
        {
            "name": row.name,
            "title": row.title,
            "partnership": row.partnership,
            "first_day": row.first_day.isoformat(),
            "last_day": row.last_day.isoformat(),
            "meetings": row.meetings,
            "minutes": row.minutes,
            "claimed_at": iso(row.claimed_at),
        }
        for row in rows
    ]


def erase(person_id: uuid.UUID) -> None:
    """Delete the certificates of this person, and take their name off those of others."""
    db.session.execute(sa.delete(Certificate).where(Certificate.owner_id == person_id))
    db.session.execute(sa.delete(CertificateLeader).where(CertificateLeader.person_id == person_id))
