"""Reading school breaks."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from zetwpo.accounts.actors import Facts
from zetwpo.database.looks import once_a_look
from zetwpo.extensions import read
from zetwpo.partnerships.breaks.models import SchoolBreak
from zetwpo.partnerships.breaks.rules import Event


@dataclass(frozen=True)
class BreakCard:
    """Days on which the schools of a partnership are closed; both days are part of it."""

    id: uuid.UUID
    partnership_id: uuid.UUID
    name: str
    first_day: date
    last_day: date
    source: str

    @property
    def facts(self) -> Facts:
        """Of which partnership it is."""
        return Facts(partnership_id=self.partnership_id)

    @property
    def event(self) -> Event:
        """The same, as a calendar has it."""
        return Event(self.name, self.first_day, self.last_day, self.source)


_CARDS = sa.select(
    SchoolBreak.id,
    SchoolBreak.partnership_id,
    SchoolBreak.name,
    SchoolBreak.first_day,
    SchoolBreak.last_day,
    sa.func.coalesce(SchoolBreak.source, ""),
)
_ONE = _CARDS.where(SchoolBreak.id == sa.bindparam("break_id"))
_ONE_TO_WRITE = _ONE.with_for_update()
_BETWEEN = _CARDS.where(
    SchoolBreak.partnership_id == sa.bindparam("partnership_id"),
    SchoolBreak.last_day >= sa.bindparam("from_day"),
    SchoolBreak.first_day <= sa.bindparam("to_day"),
).order_by(SchoolBreak.first_day, SchoolBreak.last_day, SchoolBreak.name)


@once_a_look
def breaks_of(partnership_id: uuid.UUID, from_day: date, to_day: date) -> list[BreakCard]:
    """The breaks that share a day with these days, both included; the first one first."""
    rows = read(_BETWEEN, partnership_id=partnership_id, from_day=from_day, to_day=to_day)
    return [BreakCard(*row) for row in rows]


def with_breaks(
    partnership_ids: Collection[uuid.UUID], from_day: date, to_day: date
) -> set[uuid.UUID]:
    """Which of these partnerships have a break that begins on one of these days."""
    query = (
        sa.select(SchoolBreak.partnership_id)
        .distinct()
        .where(
            SchoolBreak.partnership_id.in_(partnership_ids),
            SchoolBreak.first_day.between(from_day, to_day),
        )
    )
    return set(read(query).scalars())


def find_break(break_id: uuid.UUID, *, to_write: bool = False) -> BreakCard | None:
    """The break with this key; `to_write` holds off whoever else changes it."""
    row = read(_ONE_TO_WRITE if to_write else _ONE, break_id=break_id).one_or_none()
    return BreakCard(*row) if row else None
