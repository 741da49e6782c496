"""Rules of pairs, without a database or a clock."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

# Two, or three where a group is odd.
LEAST, MOST = 2, 3
# A proposal is no demand: whoever lets it lie finds it on their own page, and not everywhere.
ANNOUNCED_FOR = timedelta(days=14)

# Of one pair: who is in it, and whether they agreed.
Members = Mapping[uuid.UUID, bool]


def partners(pairs: Iterable[Members]) -> dict[uuid.UUID, frozenset[uuid.UUID]]:
    """With whom somebody is a pair: where both agreed, be the third of three not sure yet."""
    found: dict[uuid.UUID, frozenset[uuid.UUID]] = {}
    for members in pairs:
        agreed = frozenset(person for person, has_agreed in members.items() if has_agreed)
        for person in agreed:
            found[person] = found.get(person, frozenset()) | (agreed - {person})
    return found


def is_announced(proposed_at: datetime, agreed_at: datetime | None, now: datetime) -> bool:
    """True while whoever did not agree should come across a proposal by itself."""
    return agreed_at is None and now - proposed_at < ANNOUNCED_FOR


def is_size(count: int) -> bool:
    """True for two, and for three."""
    return LEAST <= count <= MOST
