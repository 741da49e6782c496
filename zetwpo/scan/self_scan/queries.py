"""Reading self-scans."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

import sqlalchemy as sa

from zetwpo.accounts.actors import Facts
from zetwpo.database.keys import among
from zetwpo.database.looks import once_a_look
from zetwpo.extensions import read
from zetwpo.library.questionnaires import Questionnaire
from zetwpo.scan.responses.queries import ResponseView, find_own_view, questionnaires_of
from zetwpo.scan.self_scan.models import Scan


@dataclass(frozen=True)
class ScanCard:
    """A scan without what was filled in."""

    id: uuid.UUID
    owner_id: uuid.UUID
    partnership_id: uuid.UUID | None
    response_id: uuid.UUID
    started_at: datetime
    submitted_at: datetime | None

    @property
    def facts(self) -> Facts:
        """Whose scan it is, and where."""
        return Facts(owner_id=self.owner_id, partnership_id=self.partnership_id)

    @property
    def is_submitted(self) -> bool:
        """True from the moment at which nothing can be changed any more."""
        return self.submitted_at is not None


@dataclass(frozen=True)
class ScanView(ScanCard):
    """A scan with what was filled in."""

    response: ResponseView


# The fields of a card, in their order.
_CARDS = sa.select(
    Scan.id,
    Scan.owner_id,
    Scan.partnership_id,
    Scan.response_id,
    Scan.started_at,
    Scan.submitted_at,
)
_CARD = _CARDS.where(Scan.id == sa.bindparam("scan_id"))
_CARD_TO_WRITE = _CARD.with_for_update(of=Scan)
_OF_ALL = _CARDS.where(among(Scan.owner_id, "people"))
_OF_PERSON = _CARDS.where(Scan.owner_id == sa.bindparam("person_id")).order_by(
    Scan.started_at.desc()
)


def find_scan(scan_id: uuid.UUID, *, to_write: bool = False) -> ScanView | None:
    """The scan with this key and all its answers.

    `to_write` holds off a submit at the same moment until this request is stored.
    """
    row = read(_CARD_TO_WRITE if to_write else _CARD, scan_id=scan_id).one_or_none()
    response = find_own_view(row.response_id) if row else None
    return ScanView(*row, response) if row and response else None


def find_card(scan_id: uuid.UUID, *, to_write: bool = False) -> ScanCard | None:
    """The scan with this key, without its answers.

    `to_write` holds off whoever else writes what belongs to it until this request is stored.
    """
    row = read(_CARD_TO_WRITE if to_write else _CARD, scan_id=scan_id).one_or_none()
    return ScanCard(*row) if row else None


def earlier_than(scan: ScanCard, scans: Iterable[ScanCard]) -> ScanCard | None:
    """The last of these scans that was handed in before this one."""
    before = [
        (each.submitted_at, each)
        for each in scans
        if each.submitted_at and scan.submitted_at and each.submitted_at < scan.submitted_at
    ]
    return max(before, key=itemgetter(0))[1] if before else None


def asked_in(scans: Collection[ScanCard]) -> dict[uuid.UUID, Questionnaire]:
    """What each of these scans was filled in with, by the key of the scan."""
    found = questionnaires_of([each.response_id for each in scans])
    return {each.id: found[each.response_id] for each in scans}


def scans_beside(ids: Collection[uuid.UUID]) -> list[ScanCard]:
    """The scans with these keys, and all others of the same people, in one statement."""
    if not ids:
        return []
    owners = sa.select(Scan.owner_id).where(Scan.id.in_(ids))
    rows = read(_CARDS.where(Scan.owner_id.in_(owners)).order_by(Scan.started_at.desc()))
    return [ScanCard(*row) for row in rows]


@once_a_look
def scans_of(person_id: uuid.UUID) -> list[ScanCard]:
    """All scans of this person, the newest first."""
    return [ScanCard(*row) for row in read(_OF_PERSON, person_id=person_id)]


def scans_of_all(people: Collection[uuid.UUID]) -> list[ScanCard]:
    """All scans of these people, in one statement."""
    rows = read(_OF_ALL, people=people) if people else ()
    return [ScanCard(*row) for row in rows]


def scans_by_owner(people: Collection[uuid.UUID]) -> defaultdict[uuid.UUID, list[ScanCard]]:
    """The same, by whose they are; none of whoever has none."""
    found: defaultdict[uuid.UUID, list[ScanCard]] = defaultdict(list)
    for each in scans_of_all(people):
        found[each.owner_id].append(each)
    return found
