"""Reading trajectories, with who is in them, in three statements however many there are."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

import sqlalchemy as sa

from zetwpo.accounts.actors import Actor, Facts
from zetwpo.accounts.colleagues import Colleague, get_colleagues
from zetwpo.accounts.policy import LEAD_TRAJECTORY, READ_TRAJECTORY, TAKE_PART
from zetwpo.accounts.queries import get_actors
from zetwpo.cycle.trajectories.models import Facilitation, Participation, Trajectory
from zetwpo.cycle.trajectories.rules import Stay
from zetwpo.database.keys import among
from zetwpo.database.looks import once_a_look
from zetwpo.edits import Fields
from zetwpo.extensions import read
from zetwpo.sharing.naming import told_apart


class People:
    """Who is in trajectories of one partnership, named where a page or a decision needs that.

    Many need their keys alone, or their roles. What a partnership may call them is the same in all
    of them, so one statement names them all.
    """

    def __init__(self, keys: Collection[uuid.UUID], partnership_id: uuid.UUID) -> None:
        self._keys, self._partnership_id = keys, partnership_id

    @cached_property
    def _colleagues(self) -> Mapping[uuid.UUID, Colleague]:
        return get_colleagues(self._keys, known_in=self._partnership_id)

    @cached_property
    def _actors(self) -> Mapping[uuid.UUID, Actor]:
        if "_colleagues" in vars(self):
            return {key: each.actor for key, each in self._colleagues.items()}
        return get_actors(self._keys)

    def actors(self, keys: Iterable[uuid.UUID]) -> list[Actor]:
        """Those of them with these keys, for a decision."""
        return [self._actors[key] for key in keys if key in self._actors]

    def told_apart(self, keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, Colleague]:
        """The same, for words: so that nobody is taken for another."""
        there = [self._colleagues[key] for key in keys if key in self._colleagues]
        return {each.id: each for each in told_apart(there, self._partnership_id)}


@dataclass(frozen=True)
class TrajectoryCard:
    """A trajectory with who takes part in it and who leads it at this moment."""

    id: uuid.UUID
    partnership_id: uuid.UUID
    title: str
    is_obligatory: bool
    meeting_minutes: int
    rhythm_weeks: int
    started_at: datetime
    closed_at: datetime | None
    # The trajectory from which it goes on, where it does.
    follows_id: uuid.UUID | None
    members: frozenset[uuid.UUID]
    leaders: frozenset[uuid.UUID]
    # From when each of them is in it, without having left since.
    since: Mapping[uuid.UUID, datetime] = field(hash=False, repr=False)
    # Who those are, with the others that were read at the same moment.
    people: People = field(compare=False, repr=False)

    @cached_property
    def facts(self) -> Facts:
        """It is nobody's own, and opens to the people in it."""
        return Facts(partnership_id=self.partnership_id, members=self.members, leaders=self.leaders)

    @cached_property
    def participants(self) -> tuple[Colleague, ...]:
        """Who takes part in it, by name: never by when they came, or by what they did."""
        return self._named(self.members)

    @cached_property
    def facilitators(self) -> tuple[Colleague, ...]:
        """Who leads it, by name."""
        return self._named(self.leaders)

    @property
    def is_closed(self) -> bool:
        """True from its closing on: it is there to be read."""
        return self.closed_at is not None

    @cached_property
    def leading(self) -> list[Colleague]:
        """Who leads it and still may: a role can end without their saying so here."""
        return [
            each for each in self.facilitators if LEAD_TRAJECTORY.opens_to(each.actor, self.facts)
        ]

    @cached_property
    def keys_taking_part(self) -> frozenset[uuid.UUID]:
        """Of who takes part in it and still may: the same of them."""
        there = self.people.actors(self.members)
        return frozenset(each.person_id for each in there if TAKE_PART.opens_to(each, self.facts))

    @cached_property
    def taking_part(self) -> list[Colleague]:
        """Who those are, by name."""
        return [each for each in self.participants if each.id in self.keys_taking_part]

    @property
    def present(self) -> list[Colleague]:
        """Who takes part in it, and who leads it and still may."""
        return [*self.participants, *self.leading]

    def stayed_since(self, person_id: uuid.UUID, moment: datetime | None) -> bool:
        """True where this person is in it, and did not leave after this moment (decision 51).

        What they opened, said or agreed to at that moment holds no longer than that. False for
        None: that never was.
        """
        since = self.since.get(person_id)
        return since is not None and moment is not None and since <= moment

    @property
    def reading(self) -> list[Colleague]:
        """Those of them who read what it is about: a role can end of who takes part as well."""
        return [each for each in self.present if READ_TRAJECTORY.opens_to(each.actor, self.facts)]

    @property
    def fields(self) -> Fields:
        """What can be changed of it, by the names of the fields."""
        return {"title": self.title, "is_obligatory": "yes" if self.is_obligatory else "no"}

    def opens_to_participant(self, person: Actor) -> bool:
        """Whether this person may take part: decided by the table of permissions."""
        facts = replace(self.facts, members=frozenset({person.person_id}))
        return TAKE_PART.opens_to(person, facts)

    def opens_to_facilitator(self, person: Actor) -> bool:
        """Whether this person may lead it: decided by the table of permissions."""
        facts = replace(self.facts, leaders=frozenset({person.person_id}))
        return LEAD_TRAJECTORY.opens_to(person, facts)

    def _named(self, keys: Collection[uuid.UUID]) -> tuple[Colleague, ...]:
        found = (each for each in self._told_apart.values() if each.id in keys)
        return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.id)))

    @cached_property
    def _told_apart(self) -> Mapping[uuid.UUID, Colleague]:
        return self.people.told_apart(self.members | self.leaders)


@dataclass(frozen=True)
class PersonInTrajectory:
    """Somebody in a trajectory, for a page about that one person there."""

    person: Colleague
    trajectory: TrajectoryCard

    @property
    def id(self) -> uuid.UUID:
        """The key of the person."""
        return self.person.id

    @property
    def facts(self) -> Facts:
        """Those of the trajectory."""
        return self.trajectory.facts

    @property
    def leads(self) -> bool:
        """True for whoever leads it, and does not take part."""
        return self.id in self.facts.leaders


_CARDS = sa.select(
    Trajectory.id,
    Trajectory.partnership_id,
    Trajectory.title,
    Trajectory.is_obligatory,
    Trajectory.meeting_minutes,
    Trajectory.rhythm_weeks,
    Trajectory.started_at,
    Trajectory.closed_at,
    Trajectory.follows_id,
).where(among(Trajectory.id))
_CARDS_TO_WRITE = _CARDS.with_for_update()
# Whoever leads or led one, and whoever takes or took part.
_LEADING = sa.select(
    Facilitation.id,
    Facilitation.trajectory_id,
    Facilitation.person_id,
    Facilitation.since,
    sa.true().label("leads"),
)
_TAKING_PART = sa.select(
    Participation.id,
    Participation.trajectory_id,
    Participation.person_id,
    Participation.since,
    sa.false(),
)
# Whoever is in one at this moment.
_PARTS = sa.union_all(
    _LEADING.where(Facilitation.ended_at.is_(None)),
    _TAKING_PART.where(Participation.left_at.is_(None)),
).subquery()
_PARTS_OF_ALL = sa.select(_PARTS).where(among(_PARTS.c.trajectory_id))


def find_trajectory(trajectory_id: uuid.UUID, *, to_write: bool = False) -> TrajectoryCard | None:
    """The trajectory with this key; `to_write` holds off whoever else changes it."""
    return get_trajectories([trajectory_id], to_write=to_write).get(trajectory_id)


def get_trajectories(
    ids: Collection[uuid.UUID], *, to_write: bool = False
) -> dict[uuid.UUID, TrajectoryCard]:
    """The trajectories with these keys; one that does not exist is not among them."""
    return dict(_get(frozenset(ids), to_write)) if ids else {}


@once_a_look
def _get(ids: frozenset[uuid.UUID], to_write: bool) -> Mapping[uuid.UUID, TrajectoryCard]:
    rows = read(_CARDS_TO_WRITE if to_write else _CARDS, ids=ids).all()
    held: defaultdict[tuple[uuid.UUID, bool], set[uuid.UUID]] = defaultdict(set)
    since: defaultdict[uuid.UUID, dict[uuid.UUID, datetime]] = defaultdict(dict)
    for _part_id, trajectory_id, person_id, there_since, leads in read(_PARTS_OF_ALL, ids=ids):
        held[trajectory_id, bool(leads)].add(person_id)
        since[trajectory_id][person_id] = there_since
    keys: defaultdict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for row in rows:
        keys[row.partnership_id] |= since[row.id].keys()
    people = {place: People(found, place) for place, found in keys.items()}
    return {
        row.id: TrajectoryCard(
            *row,
            members=frozenset(held[row.id, False]),
            leaders=frozenset(held[row.id, True]),
            since=since[row.id],
            people=people[row.partnership_id],
        )
        for row in rows
    }


@dataclass(frozen=True)
class Part:
    """That somebody is in a trajectory at this moment, whether they lead it or take part."""

    id: uuid.UUID
    trajectory_id: uuid.UUID
    person_id: uuid.UUID
    leads: bool


_PART = sa.select(_PARTS).where(_PARTS.c.id == sa.bindparam("part_id"))


def find_part(part_id: uuid.UUID) -> Part | None:
    """Who is in which trajectory by this key; None for whoever left."""
    row = read(_PART, part_id=part_id).one_or_none()
    return _part(*row) if row else None


_ENDED = sa.union_all(
    _LEADING.where(Facilitation.ended_at.is_not(None)),
    _TAKING_PART.where(Participation.left_at.is_not(None)),
).subquery()
_ENDED_PART = sa.select(_ENDED).where(_ENDED.c.id == sa.bindparam("part_id"))


def find_ended_part(part_id: uuid.UUID) -> Part | None:
    """Who was in which trajectory by this key; None for whoever still is."""
    row = read(_ENDED_PART, part_id=part_id).one_or_none()
    return _part(*row) if row else None


def parts_of(trajectory_id: uuid.UUID) -> list[Part]:
    """Everybody who is in this trajectory."""
    return [_part(*row) for row in read(_PARTS_OF_ALL, ids=[trajectory_id])]


def _part(
    key: uuid.UUID, trajectory_id: uuid.UUID, person_id: uuid.UUID, _since: datetime, leads: object
) -> Part:
    # SQLite says 1 or 0.
    return Part(key, trajectory_id, person_id, bool(leads))


_TAKES_PART = sa.select(Participation.trajectory_id).where(
    Participation.person_id == sa.bindparam("person_id"), Participation.left_at.is_(None)
)
_LEADS = sa.select(Facilitation.trajectory_id).where(
    Facilitation.person_id == sa.bindparam("person_id"), Facilitation.ended_at.is_(None)
)
_THERE = sa.select(Trajectory.id).where(Trajectory.partnership_id == sa.bindparam("partnership_id"))
_FOLLOWING = sa.select(Trajectory.id).where(Trajectory.follows_id == sa.bindparam("trajectory_id"))


@once_a_look
def trajectories_of(person_id: uuid.UUID) -> Sequence[TrajectoryCard]:
    """Those in which this person takes part now: what goes on first, the newest first."""
    return _in_order(read(_TAKES_PART, person_id=person_id).scalars().all())


@once_a_look
def led_by(person_id: uuid.UUID) -> Sequence[TrajectoryCard]:
    """Those that this person leads now: what goes on first, the newest first."""
    return _in_order(read(_LEADS, person_id=person_id).scalars().all())


def trajectories_in(partnership_id: uuid.UUID) -> list[TrajectoryCard]:
    """All of this partnership: what goes on first, the newest first."""
    return _in_order(read(_THERE, partnership_id=partnership_id).scalars().all())


def following(trajectory_id: uuid.UUID) -> list[TrajectoryCard]:
    """Those that go on from this one: the newest first."""
    return _in_order(read(_FOLLOWING, trajectory_id=trajectory_id).scalars().all())


def _in_order(ids: Sequence[uuid.UUID]) -> list[TrajectoryCard]:
    newest_first = sorted(
        get_trajectories(ids).values(), key=lambda each: each.started_at, reverse=True
    )
    return sorted(newest_first, key=lambda each: each.is_closed)


_STAYS = sa.select(
    Participation.id,
    Participation.trajectory_id,
    Participation.person_id,
    Participation.since,
    Participation.left_at,
)
_STAY = _STAYS.where(Participation.id == sa.bindparam("stay_id"))
_STAYS_OF = _STAYS.where(among(Participation.person_id, "people"))
_STAYS_IN = _STAYS.where(Participation.trajectory_id == sa.bindparam("trajectory_id"))


def stays_in(trajectory_id: uuid.UUID) -> list[Stay]:
    """Everybody who takes part in it or did, each time that they did."""
    return [Stay(*row) for row in read(_STAYS_IN, trajectory_id=trajectory_id)]


_LEADING_IN = sa.select(
    Facilitation.id,
    Facilitation.trajectory_id,
    Facilitation.person_id,
    Facilitation.since,
    Facilitation.ended_at,
).where(Facilitation.trajectory_id == sa.bindparam("trajectory_id"))


def leading_in(trajectory_id: uuid.UUID) -> list[Stay]:
    """Everybody who leads it or did, each time that they did."""
    return [Stay(*row) for row in read(_LEADING_IN, trajectory_id=trajectory_id)]


def stays_of(people: Collection[uuid.UUID]) -> list[Stay]:
    """Everything that these people take part in or did."""
    return [Stay(*row) for row in read(_STAYS_OF, people=people)] if people else []


def find_stay(stay_id: uuid.UUID) -> Stay | None:
    """That somebody takes part or did, by its key."""
    row = read(_STAY, stay_id=stay_id).one_or_none()
    return Stay(*row) if row else None


def titles_of(trajectory_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What these are called, by their keys."""
    query = sa.select(Trajectory.id, Trajectory.title).where(Trajectory.id.in_(trajectory_ids))
    return {row.id: row.title for row in read(query)}
