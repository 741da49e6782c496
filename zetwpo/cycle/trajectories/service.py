"""What a facilitator does with a trajectory and the people in it."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from zetwpo import audit
from zetwpo.accounts import service as accounts
from zetwpo.accounts.colleagues import Colleague
from zetwpo.clock import now
from zetwpo.cycle.trajectories.leaving import say_farewell
from zetwpo.cycle.trajectories.letters import tell_planned
from zetwpo.cycle.trajectories.models import Facilitation, Participation, Trajectory
from zetwpo.cycle.trajectories.queries import Part, TrajectoryCard, parts_of
from zetwpo.cycle.trajectories.rules import MOST_FACILITATORS, MOST_PARTICIPANTS, may_reopen
from zetwpo.database.statements import change_row, insert_into
from zetwpo.edits import Sent, merged
from zetwpo.extensions import db


@dataclass(frozen=True)
class Frame:
    """What somebody says of a trajectory that they begin; weeks between two meetings."""

    title: str
    is_obligatory: bool
    meeting_minutes: int
    rhythm_weeks: int
    # The trajectory from which it goes on, where it does.
    follows_id: uuid.UUID | None = None


class TooMany(Exception):
    """There is no room for so many people."""


class IsLed(Exception):
    """Somebody leads it: whoever else should lead it as well is theirs to ask."""


class LastFacilitator(Exception):
    """Nobody would lead it any more."""


class TooLate(Exception):
    """It was closed too long ago to go on."""


class MayNot(Exception):
    """These people may not be in this trajectory in that way, whatever somebody chose."""

    def __init__(self, people: Collection[Colleague]) -> None:
        super().__init__()
        self.people = tuple(people)


def start(trajectory_id: uuid.UUID, partnership_id: uuid.UUID, frame: Frame, by: uuid.UUID) -> bool:
    """Begin a trajectory with this key, led by whoever begins it; False where it is there.

    A form that is sent twice brings the same key twice.
    """
    accounts.keep_author(by)
    made = (
        insert_into(db.session(), Trajectory)
        .values(
            id=trajectory_id,
            partnership_id=partnership_id,
            title=frame.title,
            is_obligatory=frame.is_obligatory,
            meeting_minutes=frame.meeting_minutes,
            rhythm_weeks=frame.rhythm_weeks,
            follows_id=frame.follows_id,
            started_at=now(),
        )
        .on_conflict_do_nothing()
        .returning(sa.literal(1))
    )
    if not db.session.execute(made).scalar():
        return False
    facilitation = Facilitation(
        id=uuid.uuid4(), trajectory_id=trajectory_id, person_id=by, since=now()
    )
    db.session.add(facilitation)
    tell_planned(partnership_id, {facilitation.id: by})
    audit.record("trajectory started", actor_id=by, object_id=trajectory_id)
    return True


def change(trajectory: TrajectoryCard, sent: Sent, actor_id: uuid.UUID) -> None:
    """Change what it is called and whether it is obligatory; it was read to write.

    Raises Overtaken.
    """
    fields = merged(sent, trajectory.fields)
    if fields == trajectory.fields:
        return
    _update(trajectory, title=fields["title"], is_obligatory=fields["is_obligatory"] == "yes")
    audit.record("trajectory changed", actor_id=actor_id, object_id=trajectory.id)


def close(trajectory: TrajectoryCard, actor_id: uuid.UUID) -> bool:
    """Close it: from now on it is there to be read. False where it was; it was read to write."""
    if trajectory.is_closed:
        return False
    closed_at = now()
    _update(trajectory, closed_at=closed_at)
    for part in parts_of(trajectory.id):
        say_farewell(trajectory, part, uuid.uuid5(part.id, closed_at.isoformat()))
    audit.record("trajectory closed", actor_id=actor_id, object_id=trajectory.id)
    return True


def reopen(trajectory: TrajectoryCard, actor_id: uuid.UUID) -> bool:
    """Let it go on after all. False where it does; it was read to write. Raises TooLate."""
    if trajectory.closed_at is None:
        return False
    if not may_reopen(trajectory.closed_at, now()):
        raise TooLate
    _update(trajectory, closed_at=None)
    # Whoever had dates in their calendar has them there again.
    people = {each.id: each.person_id for each in parts_of(trajectory.id)}
    tell_planned(trajectory.partnership_id, people, closed_at=trajectory.closed_at)
    audit.record("trajectory reopened", actor_id=actor_id, object_id=trajectory.id)
    return True


def add_participants(
    trajectory: TrajectoryCard, people: Mapping[uuid.UUID, Colleague], actor_id: uuid.UUID
) -> list[Colleague]:
    """Let these people take part; returns who did not yet. It was read to write.

    Whoever led it until that role of theirs ended does so no more, also if it is given again.
    Raises MayNot and TooMany.
    """
    there = {each.id for each in trajectory.present}
    new = [each for key, each in people.items() if key not in there]
    if refused := [each for each in new if not trajectory.opens_to_participant(each.actor)]:
        raise MayNot(refused)
    if len(trajectory.participants) + len(new) > MOST_PARTICIPANTS:
        raise TooMany
    # Nothing is left of it where an account is deleted at this moment.
    kept = accounts.keep([each.id for each in new])
    new = [each for each in new if each.id in kept]
    parts = {uuid.uuid4(): each.id for each in new}
    for part_id, person_id in parts.items():
        _end_facilitation(trajectory, person_id, actor_id)
        db.session.add(
            Participation(id=part_id, trajectory_id=trajectory.id, person_id=person_id, since=now())
        )
        audit.record("participant added", actor_id=actor_id, object_id=trajectory.id)
    tell_planned(trajectory.partnership_id, parts)
    return new


def end_participation(
    trajectory: TrajectoryCard, person_id: uuid.UUID, actor_id: uuid.UUID
) -> bool:
    """Let somebody take part no more; False where they did not. What is theirs stays theirs."""
    ended = db.session.execute(
        sa.update(Participation)
        .where(
            Participation.trajectory_id == trajectory.id,
            Participation.person_id == person_id,
            Participation.left_at.is_(None),
        )
        .values(left_at=now())
        .returning(Participation.id)
    )
    parts = ended.scalars().all()
    _say_farewell(trajectory, person_id, parts, leads=False)
    if parts:
        audit.record("participant left", actor_id=actor_id, object_id=trajectory.id)
    return bool(parts)


def add_facilitator(trajectory: TrajectoryCard, person: Colleague, actor_id: uuid.UUID) -> bool:
    """Let somebody lead it as well; False where they do. It was read to write.

    Whoever took part does so no more: one guards the process, or goes through it. Raises MayNot
    and TooMany.
    """
    if person.id in trajectory.facts.leaders:
        return False
    if not trajectory.opens_to_facilitator(person.actor) or not accounts.keep([person.id]):
        raise MayNot([person])
    if len(trajectory.leading) >= MOST_FACILITATORS:
        raise TooMany
    end_participation(trajectory, person.id, actor_id)
    facilitation = Facilitation(
        id=uuid.uuid4(), trajectory_id=trajectory.id, person_id=person.id, since=now()
    )
    db.session.add(facilitation)
    tell_planned(trajectory.partnership_id, {facilitation.id: person.id})
    audit.record("facilitator added", actor_id=actor_id, object_id=trajectory.id)
    return True


def appoint(trajectory: TrajectoryCard, person: Colleague, actor_id: uuid.UUID) -> None:
    """Let somebody lead what nobody leads any more. It was read to write.

    Raises IsLed, and MayNot.
    """
    if person.id not in {each.id for each in trajectory.leading}:
        if trajectory.leading:
            raise IsLed
        add_facilitator(trajectory, person, actor_id)


def end_facilitation(trajectory: TrajectoryCard, person_id: uuid.UUID, actor_id: uuid.UUID) -> bool:
    """Let somebody lead it no more; False where they did not. It was read to write.

    Raises LastFacilitator where nobody who may lead it would be left.
    """
    if all(each.id == person_id for each in trajectory.leading):
        raise LastFacilitator
    return _end_facilitation(trajectory, person_id, actor_id)


def _end_facilitation(
    trajectory: TrajectoryCard, person_id: uuid.UUID, actor_id: uuid.UUID
) -> bool:
    ended = db.session.execute(
        sa.update(Facilitation)
        .where(
            Facilitation.trajectory_id == trajectory.id,
            Facilitation.person_id == person_id,
            Facilitation.ended_at.is_(None),
        )
        .values(ended_at=now())
        .returning(Facilitation.id)
    )
    parts = ended.scalars().all()
    _say_farewell(trajectory, person_id, parts, leads=True)
    if parts:
        audit.record("facilitator left", actor_id=actor_id, object_id=trajectory.id)
    return bool(parts)


def _say_farewell(
    trajectory: TrajectoryCard, person_id: uuid.UUID, ended: Iterable[uuid.UUID], *, leads: bool
) -> None:
    for part_id in ended:
        say_farewell(trajectory, Part(part_id, trajectory.id, person_id, leads), part_id)


def _update(trajectory: TrajectoryCard, **values: object) -> None:
    change_row(db.session(), Trajectory, trajectory.id, values)
