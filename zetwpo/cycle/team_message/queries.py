"""Reading what groups tell their teams."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from zetwpo.accounts.actors import Facts, Role
from zetwpo.cycle.team_message.models import TeamMessage, TeamMessageRelease, TeamMessageVoice
from zetwpo.cycle.team_message.rules import NEW_FOR, Agreement, Message, Told, Voice, agreement
from zetwpo.cycle.trajectories.models import Trajectory
from zetwpo.cycle.trajectories.queries import TrajectoryCard, get_trajectories
from zetwpo.database.keys import among
from zetwpo.extensions import read

ROLES: Mapping[Told, frozenset[Role]] = {
    Told.ON_PAPER: frozenset(),
    Told.PROGRAMME: frozenset({Role.PROGRAMME_LEADER}),
    Told.SCHOOLS: frozenset({Role.SCHOOL_LEADER}),
    Told.BOTH: frozenset({Role.PROGRAMME_LEADER, Role.SCHOOL_LEADER}),
}


@dataclass(frozen=True)
class Released:
    """A message as a group released it, and the trajectory that it is from."""

    trajectory: TrajectoryCard
    message: Message
    released_at: datetime

    @property
    def id(self) -> uuid.UUID:
        """The key of its trajectory."""
        return self.trajectory.id

    @property
    def facts(self) -> Facts:
        """It opens to whom the group chose, and not to whom its trajectory opens."""
        return Facts(
            partnership_id=self.trajectory.partnership_id, opened_to=ROLES[self.message.told]
        )


@dataclass(frozen=True)
class Written:
    """What a group is writing, and who of those who take part agrees with it."""

    # None where nobody wrote anything yet.
    message: Message | None
    # Each with when it was said.
    said: tuple[tuple[Voice, datetime], ...] = ()

    def voices(self, trajectory: TrajectoryCard) -> list[Voice]:
        """What was said by those who did not leave since, also where they are back."""
        return [
            voice
            for voice, said_at in self.said
            if trajectory.stayed_since(voice.person_id, said_at)
        ]

    def agreement(self, trajectory: TrajectoryCard) -> Agreement:
        """Where the group stands with it. Who may take part no more has no way to agree."""
        people = trajectory.keys_taking_part
        return agreement(self.message or Message(), self.voices(trajectory), people)


_MESSAGES = sa.select(
    TeamMessage.trajectory_id,
    TeamMessage.question,
    TeamMessage.different,
    TeamMessage.proposal,
    TeamMessage.celebration,
    TeamMessage.told,
).where(among(TeamMessage.trajectory_id))
_VOICES = (
    sa.select(
        TeamMessageVoice.trajectory_id,
        TeamMessageVoice.person_id,
        TeamMessageVoice.version,
        TeamMessageVoice.agrees,
        TeamMessageVoice.words,
        TeamMessageVoice.said_at,
    )
    .where(among(TeamMessageVoice.trajectory_id))
    .order_by(TeamMessageVoice.person_id)
)
_RELEASES = sa.select(
    TeamMessageRelease.trajectory_id,
    TeamMessageRelease.question,
    TeamMessageRelease.different,
    TeamMessageRelease.proposal,
    TeamMessageRelease.celebration,
    TeamMessageRelease.told,
    TeamMessageRelease.released_at,
).where(among(TeamMessageRelease.trajectory_id))

_NEW = (
    sa.select(TeamMessageRelease.trajectory_id)
    .join(Trajectory, Trajectory.id == TeamMessageRelease.trajectory_id)
    .where(
        among(Trajectory.partnership_id),
        TeamMessageRelease.released_at > sa.bindparam("since"),
    )
    .order_by(TeamMessageRelease.released_at.desc(), Trajectory.id)
)


def written_in(trajectory_id: uuid.UUID) -> Written:
    """What the group of this trajectory is writing."""
    return written_in_all([trajectory_id])[trajectory_id]


def written_in_all(trajectory_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Written]:
    """The same for each of these, in two statements."""
    if not trajectory_ids:
        return {}
    messages = {row[0]: _message(*row[1:]) for row in read(_MESSAGES, ids=trajectory_ids)}
    voices = defaultdict(list)
    for row in read(_VOICES, ids=trajectory_ids):
        voice = Voice(row.person_id, row.version, row.agrees, row.words)
        voices[row.trajectory_id].append((voice, row.said_at))
    return {key: Written(messages.get(key), tuple(voices[key])) for key in trajectory_ids}


def find_released(trajectory: TrajectoryCard) -> Released | None:
    """What the group of this trajectory released, and did not take back."""
    return released_of_all([trajectory]).get(trajectory.id)


def released_of_all(trajectories: Collection[TrajectoryCard]) -> dict[uuid.UUID, Released]:
    """The same for each of these that did, in one statement."""
    cards = {each.id: each for each in trajectories}
    return {
        key: Released(cards[key], _message(*texts), released_at)
        for key, *texts, released_at in (read(_RELEASES, ids=cards) if cards else ())
    }


def find_released_by(trajectory_id: uuid.UUID) -> Released | None:
    """The same by the key of the trajectory."""
    return released_of_all(get_trajectories([trajectory_id]).values()).get(trajectory_id)


def newly_released(partnership_ids: Collection[uuid.UUID], moment: datetime) -> list[Released]:
    """What groups of these partnerships released lately, the newest first."""
    if not partnership_ids:
        return []
    found = list(read(_NEW, ids=partnership_ids, since=moment - NEW_FOR).scalars())
    released = released_of_all(get_trajectories(found).values())
    return [released[key] for key in found if key in released]


def _message(question: str, different: str, proposal: str, celebration: str, told: str) -> Message:
    return Message(question, different, proposal, celebration, Told(told))


def prefilled(message: Message | None, questions: Collection[str]) -> Message:
    """What the page shows: where nobody wrote anything yet, the questions of the group."""
    return message or replace(Message(), question="\n".join(questions))
