"""Rules of pairs, without a database or a clock."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

# Two, or three where a group is odd.
LEAST, MOST = 2, 3
# A proposal is no demand: whoever lets it lie finds it on their own page, and not everywhere.
ANNOUNCED_FOR = timedelta(days=14)

# Of one pair: who is in it, and since when they agree; None for who does not.
Members = Mapping[uuid.UUID, datetime | None]


def partners(pairs: Iterable[Members]) -> dict[uuid.UUID, dict[uuid.UUID, datetime]]:
    """With whom somebody is a pair, and since when.

    From when both agreed, be the third of three not sure yet.
    """
    found: dict[uuid.UUID, dict[uuid.UUID, datetime]] = {}
    for members in pairs:
        agreed = {person: at for person, at in members.items() if at}
        for person, at in agreed.items():
            others = {each: max(at, theirs) for each, theirs in agreed.items() if each != person}
            # In two pairs with somebody: since the first of them.
            before = found.get(person, {})
            found[person] = before | {
                each: min(since, before.get(each, since)) for each, since in others.items()
            }
    return found


def is_announced(proposed_at: datetime, agreed_at: datetime | None, now: datetime) -> bool:
    """True while whoever did not agree should come across a proposal by itself."""
    return agreed_at is None and now - proposed_at < ANNOUNCED_FOR


def is_size(count: int) -> bool:
    """True for two, and for three."""
    return LEAST <= count <= MOST
