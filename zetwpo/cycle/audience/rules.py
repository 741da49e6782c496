"""Whom somebody means who opens something of their own in a trajectory, without a database.

This is the only place that says so. Whether those people may read it as well is for the permission
table (accounts/policy.py), which closes it to an employer whatever else they are.
"""

import enum
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

People = frozenset[uuid.UUID]
NOBODY: People = frozenset()
# Who is somewhere, and from when on without a break.
Since = Mapping[uuid.UUID, datetime]
# Of what is not chosen once, but by what people are to each other: as if at each moment anew.
EACH_MOMENT = datetime.max.replace(tzinfo=UTC)


class Audience(enum.StrEnum):
    """Who reads a note or an answer besides its owner: exactly these, and nobody besides."""

    ONLY_ME = "me"
    PAIR = "pair"
    FACILITATORS = "facilitators"
    GROUP = "group"


@dataclass(frozen=True)
class Circle:
    """Who is around one participant of a trajectory at this moment."""

    owner_id: uuid.UUID
    # Who takes part now; without the owner where they left.
    participants: Since
    # Who leads it now.
    facilitators: Since
    # With whom the owner and they themselves agreed to be a pair, and neither stopped it.
    pair: Since = field(default_factory=dict)

    def has_stayed(self, moment: datetime) -> bool:
        """True where the owner takes part, and did not leave after this moment."""
        since = self.participants.get(self.owner_id)
        return since is not None and since <= moment

    @property
    def group(self) -> People:
        """Everybody who takes part now, or leads it."""
        return frozenset(self.participants) | frozenset(self.facilitators)


def meant(chosen: Mapping[Audience, datetime], circle: Circle) -> People:
    """Whom the owner means with these audiences, chosen at these moments; never the owner.

    Decided anew at each request, so that leaving and stopping need not think of it. What an owner
    chose before they left holds no more, also when they come back. A pair and who leads are the
    people whom the choice named: not who came later or came back. The group is who is in it.
    """
    people = NOBODY.union(
        *(_named(each, at, circle) for each, at in chosen.items() if circle.has_stayed(at))
    )
    return people - {circle.owner_id}


def _named(audience: Audience, at: datetime, circle: Circle) -> People:
    match audience:
        case Audience.ONLY_ME:
            return NOBODY
        case Audience.PAIR:
            return _there(circle.pair, at) & frozenset(circle.participants)
        case Audience.FACILITATORS:
            return _there(circle.facilitators, at)
        case Audience.GROUP:
            return circle.group


def _there(people: Since, at: datetime) -> People:
    return frozenset(person for person, since in people.items() if since <= at)
