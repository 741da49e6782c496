"""Whom somebody means who opens something of their own in a trajectory, without a database.

This is the only place that says so. Whether those people may read it as well is for the permission
table (accounts/policy.py), which closes it to an employer whatever else they are.
"""

import enum
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

People = frozenset[uuid.UUID]
NOBODY: People = frozenset()


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
    participants: People
    # Who leads it now.
    facilitators: People
    # With whom the owner and they themselves agreed to be a pair, and neither stopped it.
    pair: People = NOBODY

    @property
    def has_left(self) -> bool:
        """True where the owner takes part no more."""
        return self.owner_id not in self.participants


def meant(audiences: Iterable[Audience], circle: Circle) -> People:
    """Whom the owner means with these audiences together; never the owner.

    Decided anew at each request: whoever left, or stopped being a pair, is not among them, and of
    an owner who left the group sees nothing.
    """
    if circle.has_left:
        return NOBODY
    people = {
        Audience.ONLY_ME: NOBODY,
        Audience.PAIR: circle.pair & circle.participants,
        Audience.FACILITATORS: circle.facilitators,
        Audience.GROUP: circle.participants | circle.facilitators,
    }
    return NOBODY.union(*(people[each] for each in audiences)) - {circle.owner_id}
