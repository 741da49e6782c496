"""What we hold about a person here."""

from typing import Any

import sqlalchemy as sa

from zetwpo.addresses import normal_address
from zetwpo.clock import iso
from zetwpo.cycle.invitations.models import TrajectoryInvitation
from zetwpo.cycle.trajectories.queries import get_trajectories
from zetwpo.extensions import db
from zetwpo.mail import service as mails


def export(email: str) -> list[dict[str, Any]]:
    """The invitations to a trajectory that went to this address, the earliest first."""
    rows = db.session.scalars(
        sa.select(TrajectoryInvitation)
        .where(TrajectoryInvitation.normal_email == normal_address(email))
        .order_by(TrajectoryInvitation.invited_at)
    ).all()
    titles = get_trajectories({row.trajectory_id for row in rows})
    return [
        {
            "trajectory": titles[row.trajectory_id].title,
            "name": row.name,
            "email": row.email,
            "language": row.language,
            "invited_at": iso(row.invited_at),
            "expires_at": iso(row.expires_at),
            "accepted_at": iso(row.accepted_at),
            "declined_at": iso(row.declined_at),
            "withdrawn_at": iso(row.withdrawn_at),
        }
        for row in rows
    ]


def erase(email: str) -> None:
    """Delete the invitations to this address, with their mails."""
    theirs = TrajectoryInvitation.normal_email == normal_address(email)
    gone = sa.delete(TrajectoryInvitation).where(theirs).returning(TrajectoryInvitation.id)
    mails.forget(list(db.session.scalars(gone)))
