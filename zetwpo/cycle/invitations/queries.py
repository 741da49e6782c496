"""Reading invitations to a trajectory."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from zetwpo.accounts.actors import Facts
from zetwpo.accounts.colleagues import get_colleagues
from zetwpo.accounts.queries import find_person_id
from zetwpo.clock import now
from zetwpo.cycle.invitations.models import TrajectoryInvitation
from zetwpo.cycle.invitations.rules import State, Status
from zetwpo.cycle.trajectories.queries import TrajectoryCard, find_trajectory
from zetwpo.extensions import read
from zetwpo.mail.queries import find_failures
from zetwpo.signing import SignedKeys

KIND = "trajectory_invitation"
WORDS = SignedKeys("trajectory-invitation")


@dataclass(frozen=True)
class InvitationRow:
    """An invitation as its facilitators see it."""

    id: uuid.UUID
    trajectory_id: uuid.UUID
    name: str
    email: str
    language: str
    invited_at: datetime
    invited_by_id: uuid.UUID | None
    state: State

    @property
    def status(self) -> Status:
        """Where it is now."""
        return self.state.status(now())


@dataclass(frozen=True)
class InvitationCard(InvitationRow):
    """An invitation with its trajectory, for the one who got it, and for a facilitator."""

    trajectory: TrajectoryCard

    @property
    def facts(self) -> Facts:
        """Those of the trajectory: its facilitators see it."""
        return self.trajectory.facts

    @property
    def is_over(self) -> bool:
        """True where nobody took part by it, and nobody can any more."""
        if self.status is Status.ACCEPTED:
            return False
        return self.trajectory.is_closed or not self.state.works(now())

    @property
    def partnership_id(self) -> uuid.UUID:
        """Where it belongs."""
        return self.trajectory.partnership_id

    @property
    def closed_to(self) -> None:
        """Nobody: it is about whoever holds the link."""
        return

    @property
    def word(self) -> str:
        """The word in its link."""
        return WORDS.word_for(self.id)

    @property
    def leads(self) -> bool:
        """True where whoever was invited leads the group already: then there is nothing to ask."""
        return find_person_id(self.email) in self.trajectory.facts.leaders

    @property
    def invited_by(self) -> str:
        """What whoever sent it is called; empty where they are gone."""
        key = self.invited_by_id
        people = get_colleagues([key], self.partnership_id) if key else {}
        return people[key].name if key in people else ""


@dataclass(frozen=True)
class Sent:
    """One that waits for an answer, or was answered with no, for the facilitators."""

    invitation: InvitationRow
    # It could not be delivered.
    has_failed: bool


_ROWS = sa.select(
    TrajectoryInvitation.id,
    TrajectoryInvitation.trajectory_id,
    TrajectoryInvitation.name,
    TrajectoryInvitation.email,
    TrajectoryInvitation.language,
    TrajectoryInvitation.invited_at,
    TrajectoryInvitation.invited_by_id,
    TrajectoryInvitation.expires_at,
    TrajectoryInvitation.accepted_at,
    TrajectoryInvitation.declined_at,
    TrajectoryInvitation.withdrawn_at,
)
_ONE = _ROWS.where(TrajectoryInvitation.id == sa.bindparam("invitation_id"))
_ONE_TO_WRITE = _ONE.with_for_update()
_NOT_OVER = _ROWS.where(
    TrajectoryInvitation.trajectory_id == sa.bindparam("trajectory_id"),
    TrajectoryInvitation.accepted_at.is_(None),
    TrajectoryInvitation.withdrawn_at.is_(None),
).order_by(TrajectoryInvitation.name, TrajectoryInvitation.id)


def find_invitation(invitation_id: uuid.UUID, *, to_write: bool = False) -> InvitationCard | None:
    """The invitation with this key; `to_write` holds off whoever else answers it."""
    row = read(_ONE, invitation_id=invitation_id).one_or_none()
    trajectory = find_trajectory(row.trajectory_id, to_write=to_write) if row else None
    if to_write:
        # In the order in which whoever invites comes to them.
        row = read(_ONE_TO_WRITE, invitation_id=invitation_id).one_or_none()
    return InvitationCard(**vars(_row(row)), trajectory=trajectory) if row and trajectory else None


def find_by_word(word: str, *, to_write: bool = False) -> InvitationCard | None:
    """The invitation that the word of a link opens."""
    key = WORDS.read(word)
    return find_invitation(key, to_write=to_write) if key else None


def not_accepted(trajectory_id: uuid.UUID) -> list[Sent]:
    """Those that were sent and not accepted, by name; not what was withdrawn."""
    rows = [_row(row) for row in read(_NOT_OVER, trajectory_id=trajectory_id)]
    failed = find_failures(KIND, [each.id for each in rows])
    return [Sent(each, each.id in failed) for each in rows]


def _row(row: sa.Row[*tuple[Any, ...]]) -> InvitationRow:
    return InvitationRow(
        row.id,
        row.trajectory_id,
        row.name,
        row.email,
        row.language,
        row.invited_at,
        row.invited_by_id,
        State(row.expires_at, row.accepted_at, row.declined_at, row.withdrawn_at),
    )
