"""Reading certificates, and what one would state now."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from zetwpo.accounts.actors import Actor, Facts
from zetwpo.accounts.colleagues import get_colleagues
from zetwpo.accounts.queries import find_partnership_card
from zetwpo.clock import now, today
from zetwpo.cycle.attendance.queries import noted_at, where_present
from zetwpo.cycle.attendance.rules import expected_at, forgotten
from zetwpo.cycle.certificate.models import Certificate, CertificateLeader
from zetwpo.cycle.certificate.rules import (
    Attended,
    Claim,
    Statement,
    claim,
    differs,
    statement,
)
from zetwpo.cycle.meetings.queries import MeetingRow, meetings_of
from zetwpo.cycle.meetings.rules import last_of, next_of
from zetwpo.cycle.mine.queries import OwnPart
from zetwpo.cycle.trajectories.queries import leading_in
from zetwpo.extensions import read


@dataclass(frozen=True)
class CertificateCard:
    """What somebody claimed."""

    id: uuid.UUID
    owner_id: uuid.UUID
    # None where the trajectory is deleted.
    trajectory_id: uuid.UUID | None
    claimed_at: datetime
    statement: Statement

    @property
    def facts(self) -> Facts:
        """It is its owner's, and opens to nobody else."""
        return Facts(owner_id=self.owner_id)


@dataclass(frozen=True)
class Claiming:
    """What somebody can claim at this moment, beside what they claimed."""

    claim: Claim
    # What it would state; None where they were at no meeting.
    statement: Statement | None
    claimed: CertificateCard | None
    # The days of meetings of which it is kept no longer who was there.
    forgotten: Sequence[date]

    @property
    def is_outdated(self) -> bool:
        """True where something was corrected since it was claimed, and so can be claimed anew."""
        return (
            self.claimed is not None
            and self.claim == Claim.OPEN
            and self.statement is not None
            and not self.forgotten
            and differs(self.claimed.statement, self.statement)
        )


_CARDS = sa.select(
    Certificate.id,
    Certificate.owner_id,
    Certificate.trajectory_id,
    Certificate.claimed_at,
    Certificate.name,
    Certificate.title,
    Certificate.partnership,
    Certificate.first_day,
    Certificate.last_day,
    Certificate.meetings,
    Certificate.minutes,
)
_ONE = _CARDS.where(Certificate.id == sa.bindparam("certificate_id"))
_CLAIMED = _CARDS.where(
    Certificate.owner_id == sa.bindparam("owner_id"),
    Certificate.trajectory_id == sa.bindparam("trajectory_id"),
)
_LEADERS = sa.select(CertificateLeader.person_id, CertificateLeader.name).where(
    CertificateLeader.certificate_id == sa.bindparam("certificate_id")
)


def find_certificate(certificate_id: uuid.UUID) -> CertificateCard | None:
    """The certificate with this key."""
    row = read(_ONE, certificate_id=certificate_id).one_or_none()
    return _card(row) if row else None


def find_claimed(trajectory_id: uuid.UUID, owner_id: uuid.UUID) -> CertificateCard | None:
    """What this person claimed of this trajectory."""
    row = read(_CLAIMED, trajectory_id=trajectory_id, owner_id=owner_id).one_or_none()
    return _card(row) if row else None


def _card(row: sa.Row[*tuple[Any, ...]]) -> CertificateCard:
    leaders = dict(read(_LEADERS, certificate_id=row.id).all())
    stated = Statement(
        row.name,
        row.title,
        row.partnership,
        row.first_day,
        row.last_day,
        row.meetings,
        row.minutes,
        leaders,
    )
    return CertificateCard(row.id, row.owner_id, row.trajectory_id, row.claimed_at, stated)


def claiming_of(part: OwnPart, person: Actor) -> Claiming:
    """What this person can claim of a trajectory, in a constant number of statements."""
    meetings = meetings_of(part.id)
    present = where_present(part.id, person.person_id)
    there = [each for each in meetings if each.id in present]
    gone = forgotten((each.slot.day for each in meetings), today())
    return Claiming(
        claim(
            is_closed=part.trajectory.is_closed,
            is_over=bool(meetings) and next_of(meetings, now()) is None,
            is_noted=_is_noted(meetings, gone),
            meetings=len(there),
        ),
        _statement(part, person, there) if there else None,
        find_claimed(part.id, person.person_id),
        gone,
    )


def _is_noted(meetings: Sequence[MeetingRow], gone: Sequence[date]) -> bool:
    """True where somebody noted who was at the last one, also where that is kept no longer."""
    last = last_of(meetings, now())
    return last is not None and (last.slot.day in gone or bool(noted_at(last.id)))


def _statement(part: OwnPart, person: Actor, there: Sequence[MeetingRow]) -> Statement:
    place = part.trajectory.partnership_id
    leading = leading_in(part.id)
    led = {key for each in there for key in expected_at(each.starts_at, each.ends_at, leading)}
    partnership = find_partnership_card(place)
    return statement(
        person.name,
        part.trajectory.title,
        partnership.name if partnership else "",
        [Attended(each.slot.day, each.minutes) for each in there],
        {key: each.name for key, each in get_colleagues(led, known_in=place).items()},
    )
