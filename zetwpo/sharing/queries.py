"""Reading what is opened to whom. Who sees something is decided in one place: `opens_to`."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import sqlalchemy as sa

from zetwpo.accounts.actors import RECEIVERS, Actor, Facts
from zetwpo.accounts.colleagues import Colleague, get_colleagues, people_to_choose
from zetwpo.accounts.policy import READ_SHARED
from zetwpo.characters import words_sought
from zetwpo.clock import now
from zetwpo.database.keys import among
from zetwpo.extensions import read
from zetwpo.sharing.items import Group, Item, Received, find_item, find_items, registry
from zetwpo.sharing.models import Share
from zetwpo.sharing.naming import described
from zetwpo.sharing.rules import Term

PERSON = "person"
NOBODY: frozenset[uuid.UUID] = frozenset()
# So many names are offered; whoever looks for somebody else types more of the name.
MOST_OFFERED = 20
PAGE_SIZE = 25
# More than there are.
ALL = 2**31 - 1


class Receiver(NamedTuple):
    """To whom something is opened: a person, or a group of a kind."""

    kind: str
    id: uuid.UUID


@dataclass(frozen=True)
class ShareCard:
    """One thing that is, or was, open to one person or group."""

    id: uuid.UUID
    item_kind: str
    item_id: uuid.UUID
    part: str
    owner_id: uuid.UUID
    partnership_id: uuid.UUID
    to: Receiver
    term: Term
    # Whom its owner meant, by their keys: nobody once it is over. Not all of them may read it.
    meant: frozenset[uuid.UUID]
    # False where its owner left the group after opening it, also where they are back.
    is_held: bool = True

    @property
    def facts(self) -> Facts:
        """Whose it is, and to whom they opened it; the permission table decides who may read it."""
        return Facts(
            owner_id=self.owner_id, partnership_id=self.partnership_id, shared_with=self.meant
        )

    @property
    def item(self) -> tuple[str, uuid.UUID]:
        """Which thing it is."""
        return self.item_kind, self.item_id


@dataclass(frozen=True)
class ReceivedCard:
    """The same with the thing itself, for whoever it is opened to."""

    share: ShareCard
    received: Received
    # What its owner is there.
    about: str

    @property
    def id(self) -> uuid.UUID:
        """The key in its address."""
        return self.share.id

    @property
    def facts(self) -> Facts:
        """As it was opened. Not whose it is: the page for others is no page of its owner's."""
        return replace(self.share.facts, owner_id=None)


@dataclass(frozen=True)
class Opened:
    """One thing that is open now, to whom, and who therefore reads it."""

    share: ShareCard
    # The name of the person, or of the group where it is still there.
    to: str
    # What that person is; empty for a group.
    about: str
    readers: Sequence[Colleague]

    @property
    def is_group(self) -> bool:
        """True where several people may read it."""
        return self.share.to.kind != PERSON


def opens_to(share: ShareCard, person: Actor) -> bool:
    """Whether this person reads what is open there: for the page that shows it, and for its owner.

    Decided anew each time: by the roles that the person holds at this moment.
    """
    return READ_SHARED.opens_to(person, share.facts)


def may_receive(item: Item, person: Actor) -> bool:
    """Whether this person would read it, were it opened to them by name."""
    facts = Facts(
        owner_id=item.owner_id,
        partnership_id=item.partnership_id,
        shared_with=frozenset({person.person_id}) - {item.owner_id},
    )
    return READ_SHARED.opens_to(person, facts)


# ------------------------------------------------------------------------------------- for owners


def who_sees(kind: str, item_id: uuid.UUID) -> list[Opened]:
    """All that is open of this thing now, in the order in which it was opened."""
    rows = read(_OF_ITEM, kind=kind, item_id=item_id, moment=now())
    shares = [each for each in _cards(rows) if each.is_held]
    if not shares:
        return []
    groups = _find_groups(each.to for each in shares)
    meant = frozenset[uuid.UUID]().union(*(each.meant for each in shares))
    # All that is open of a thing is open in the partnership of that thing.
    people = get_colleagues(meant, shares[0].partnership_id)
    return [_opened(each, groups, people) for each in shares]


def _opened(
    share: ShareCard, groups: Mapping[Receiver, Group], people: Mapping[uuid.UUID, Colleague]
) -> Opened:
    meant = [people[key] for key in share.meant if key in people]
    readers = [each for each in meant if opens_to(share, each.actor)]
    readers.sort(key=lambda each: (each.name, each.id))
    group = groups.get(share.to)
    if share.to.kind == PERSON and meant:
        about = described(meant, share.partnership_id)[share.to.id]
        return Opened(share, meant[0].name, about, readers)
    return Opened(share, group.name if group else "", "", readers)


def shares_of_owner(person_id: uuid.UUID) -> list[ShareCard]:
    """All that this person opened, the earliest first, also where it is over."""
    return _cards(read(_SHARES.where(Share.owner_id == person_id).order_by(Share.opened_at)))


def names_of_receivers(shares: Iterable[ShareCard]) -> dict[Receiver, str]:
    """What those are called to whom these are, or were, open; not of a group that is gone."""
    receivers = defaultdict(set)
    for each in shares:
        receivers[each.partnership_id].add(each.to)
    names = {to: group.name for to, group in _find_groups(set().union(*receivers.values())).items()}
    for partnership_id, there in receivers.items():
        people = get_colleagues([to.id for to in there if to.kind == PERSON], partnership_id)
        names |= {Receiver(PERSON, key): person.name for key, person in people.items()}
    return names


def offered(item: Item, words: str) -> list[Colleague]:
    """The people with a name like this to whom the owner can open it; one more than fit a list."""
    sought = words_sought(words)
    if item.partnership_id is None or not sought:
        return []
    # With the owner, who may be among them and is not offered.
    ids = people_to_choose(item.partnership_id, sought, MOST_OFFERED + 2)
    people = get_colleagues(ids, item.partnership_id)
    there = [people[key] for key in ids if key in people]
    return [each for each in there if may_receive(item, each.actor)][: MOST_OFFERED + 1]


def groups_offered(item: Item) -> list[tuple[Receiver, str]]:
    """The groups of its partnership that the owner is in, with their names."""
    found = []
    for kind in registry().groups.values():
        groups = kind.find(kind.of_person(item.owner_id))
        found += [
            (Receiver(kind.key, each.id), each.name)
            for each in groups.values()
            if each.partnership_id == item.partnership_id and item.owner_id in each.members
        ]
    return found


# ---------------------------------------------------------------------------------- for receivers


def find_received(share_id: uuid.UUID) -> ReceivedCard | None:
    """What was opened with this key, be it to anybody; None where the thing is not there now."""
    share = find_share(share_id)
    item = find_item(*share.item) if share else None
    if share is None or item is None or not item.has(share.part):
        return None
    return _received(share, item, get_colleagues([share.owner_id]))


def all_received(person: Actor, skipped: int = 0) -> list[ReceivedCard]:
    """What this person reads of others, what was opened last first; one more than fit a page."""
    shares = shares_to(person, skipped, PAGE_SIZE + 1)
    items = find_items({each.item for each in shares})
    people = get_colleagues({each.owner_id for each in shares})
    return [
        _received(each, items[each.item], people)
        for each in shares
        if each.item in items and items[each.item].has(each.part)
    ]


def shares_to(person: Actor, skipped: int = 0, most: int = ALL) -> list[ShareCard]:
    """What is open to this person now, what was opened last first.

    It spares looking at what is open to others: the permission table decides about each of them.
    """
    groups = [
        key for kind in registry().groups.values() for key in kind.of_person(person.person_id)
    ]
    places = list(person.partnerships_as(*RECEIVERS))
    rows = read(
        _TO,
        me=person.person_id,
        groups=groups,
        places=places,
        moment=now(),
        skipped=skipped,
        most=most,
    )
    return [each for each in _cards(rows) if opens_to(each, person)]


def has_received(person: Actor) -> bool:
    """True where there is something of somebody else's that this person reads."""
    return bool(shares_to(person, most=1))


def _received(share: ShareCard, item: Item, people: Mapping[uuid.UUID, Colleague]) -> ReceivedCard:
    owner = people[share.owner_id]
    about = described(people.values(), share.partnership_id)[owner.id]
    return ReceivedCard(share, Received(item, share.part, owner.name, share.term), about)


# ------------------------------------------------------------------------------------------ shares

_SHARES: sa.Select[*tuple[Any, ...]] = sa.select(
    Share.id,
    Share.item_kind,
    Share.item_id,
    Share.part,
    Share.owner_id,
    Share.partnership_id,
    Share.to_person_id,
    Share.to_group_kind,
    Share.to_group_id,
    Share.opened_at,
    Share.until,
    Share.taken_back_at,
)
_OPEN = _SHARES.where(
    Share.taken_back_at.is_(None),
    sa.or_(Share.until.is_(None), Share.until >= sa.bindparam("moment")),
)
_OF_ITEM = _OPEN.where(
    Share.item_kind == sa.bindparam("kind"), Share.item_id == sa.bindparam("item_id")
).order_by(Share.opened_at, Share.id)
# A key is the key of one thing only, of whichever kind.
_TO = (
    _OPEN.where(
        sa.or_(
            Share.to_person_id == sa.bindparam("me"),
            among(Share.to_group_id, "groups"),
        ),
        among(Share.partnership_id, "places"),
        Share.owner_id != sa.bindparam("me"),
    )
    .order_by(Share.opened_at.desc(), Share.id)
    .offset(sa.bindparam("skipped"))
    .limit(sa.bindparam("most"))
)


def find_share(share_id: uuid.UUID) -> ShareCard | None:
    """What was opened with this key, whether it still is or not."""
    return next(iter(_cards(read(_SHARES.where(Share.id == share_id)))), None)


def _cards(rows: Iterable[sa.Row[*tuple[Any, ...]]]) -> list[ShareCard]:
    """What these rows say, with whom they mean; asks each kind of group once."""
    moment = now()
    found = [
        (row, _receiver(row), Term(row.opened_at, row.until, row.taken_back_at)) for row in rows
    ]
    groups = _find_groups(to for _row, to, _term in found)
    return [
        ShareCard(
            row.id,
            row.item_kind,
            row.item_id,
            row.part,
            row.owner_id,
            row.partnership_id,
            to,
            term,
            _meant(to, groups) - {row.owner_id} if is_held and term.is_open(moment) else NOBODY,
            is_held,
        )
        for row, to, term in found
        for is_held in [_has_stayed(row, groups.get(to))]
    ]


def _has_stayed(row: sa.Row[*tuple[Any, ...]], group: Group | None) -> bool:
    """Who leaves a group takes their own along; coming back opens nothing (decision 51)."""
    return group is None or group.stayed_since(row.owner_id, row.opened_at)


def _receiver(row: sa.Row[*tuple[Any, ...]]) -> Receiver:
    if row.to_person_id:
        return Receiver(PERSON, row.to_person_id)
    return Receiver(row.to_group_kind, row.to_group_id)


def _meant(to: Receiver, groups: Mapping[Receiver, Group]) -> frozenset[uuid.UUID]:
    if to.kind == PERSON:
        return frozenset({to.id})
    return frozenset(groups[to].members) if to in groups else NOBODY


def _find_groups(wanted: Iterable[Receiver]) -> dict[Receiver, Group]:
    ids: dict[str, set[uuid.UUID]] = {}
    for each in wanted:
        if each.kind != PERSON:
            ids.setdefault(each.kind, set()).add(each.id)
    known = registry().groups
    return {
        Receiver(kind, key): group
        for kind, keys in ids.items()
        if kind in known
        for key, group in known[kind].find(keys).items()
    }
