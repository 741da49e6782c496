"""What a group does with what it tells the team. Its trajectory was read to write."""

import uuid
from dataclasses import asdict

import sqlalchemy as sa

from zetwpo import audit
from zetwpo.accounts import service as accounts
from zetwpo.clock import now
from zetwpo.cycle.team_message.models import TeamMessage, TeamMessageRelease, TeamMessageVoice
from zetwpo.cycle.team_message.queries import ROLES, Written, find_released, written_in
from zetwpo.cycle.team_message.rules import Message, Voice
from zetwpo.cycle.trajectories.queries import TrajectoryCard
from zetwpo.database.statements import upsert
from zetwpo.extensions import db


class OtherWords(Exception):
    """It does not say any more what the page showed."""


class NotAgreed(Exception):
    """Not everybody who takes part agrees with it."""


class OnPaper(Exception):
    """The group chose to tell it to nobody here."""


def keep(trajectory: TrajectoryCard, message: Message) -> None:
    """Keep what the group writes. Whoever agreed did so with the words that they read."""
    upsert(db.session(), TeamMessage, [{"trajectory_id": trajectory.id, **message.fields}])


def agree(trajectory: TrajectoryCard, message: Message, seen: str, person_id: uuid.UUID) -> None:
    """Say that it is right as it is; a second click says nothing more.

    Raises OtherWords where it is not what the page showed.
    """
    _require_seen(message, seen)
    # What stands there by itself is stored from here on: it changes only where somebody changes it.
    keep(trajectory, message)
    if _say(trajectory, Voice(person_id, message.version, agrees=True)):
        audit.record("team message approved", actor_id=person_id, object_id=trajectory.id)


def object_to(
    trajectory: TrajectoryCard, message: Message, seen: str, words: str, person_id: uuid.UUID
) -> None:
    """Say what should change first; a yes is taken back with it.

    It is said of what the page showed. Where that is not how it is now, it is said of no version
    that anybody can agree with, and who said it is asked about the words as they are.
    """
    version = seen if seen == message.version else ""
    if _say(trajectory, Voice(person_id, version, agrees=False, words=words)):
        audit.record("team message objected", actor_id=person_id, object_id=trajectory.id)


def say_nothing(trajectory: TrajectoryCard, person_id: uuid.UUID) -> None:
    """Take back what somebody said of it, whatever that was."""
    there = (
        TeamMessageVoice.trajectory_id == trajectory.id,
        TeamMessageVoice.person_id == person_id,
    )
    gone = sa.delete(TeamMessageVoice).where(*there).returning(TeamMessageVoice.person_id)
    if db.session.execute(gone).all():
        audit.record("team message voice taken back", actor_id=person_id, object_id=trajectory.id)


def release(trajectory: TrajectoryCard, written: Written, seen: str, actor_id: uuid.UUID) -> None:
    """Open it, as it is now, to whom the group chose; a second click opens nothing more.

    Raises OtherWords, NotAgreed, and OnPaper where the group chose nobody.
    """
    message = written.message or Message()
    _require_seen(message, seen)
    if not written.agreement(trajectory).is_whole:
        raise NotAgreed
    if not ROLES[message.told]:
        raise OnPaper
    released = find_released(trajectory)
    if released and released.message == message:
        return
    row = {"trajectory_id": trajectory.id, **message.fields, "released_at": now()}
    upsert(db.session(), TeamMessageRelease, [row])
    audit.record("team message released", actor_id=actor_id, object_id=trajectory.id)


def take_back(trajectory: TrajectoryCard, actor_id: uuid.UUID) -> None:
    """Close it again: from now on nobody outside the group finds it."""
    there = TeamMessageRelease.trajectory_id == trajectory.id
    gone = sa.delete(TeamMessageRelease).where(there).returning(TeamMessageRelease.trajectory_id)
    if db.session.execute(gone).all():
        audit.record("team message taken back", actor_id=actor_id, object_id=trajectory.id)


def written(trajectory: TrajectoryCard, actor_id: uuid.UUID) -> None:
    """Write down that somebody wrote at it, by the button; typing alone is no act."""
    audit.record("team message written", actor_id=actor_id, object_id=trajectory.id)


def _require_seen(message: Message, seen: str) -> None:
    if message.version != seen:
        raise OtherWords


def _say(trajectory: TrajectoryCard, voice: Voice) -> bool:
    """Keep what somebody says now; False where they said just that before."""
    accounts.keep_author(voice.person_id)
    if voice in written_in(trajectory.id).voices(trajectory):
        return False
    row = {"trajectory_id": trajectory.id, **asdict(voice), "said_at": now()}
    upsert(db.session(), TeamMessageVoice, [row])
    return True
