"""Who was there: what can be noted when, what it adds up to, and how long it is kept.

Without a database.
"""

import enum
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from zetwpo.clock import dutch, school_year
from zetwpo.cycle.trajectories.rules import Stay

# People come in before a meeting begins, and are noted down at the door.
DOORS_OPEN = timedelta(minutes=30)
# After the end of the school year in which the meeting was (trust: keep-until).
KEPT_AFTER_YEAR = relativedelta(months=3)
# A total over fewer says what one of them did.
FEWEST_IN_TOTAL = 3


class Presence(enum.StrEnum):
    """What is noted of one person at one meeting."""

    PRESENT = "present"
    ABSENT = "absent"
    # They said beforehand that they could not come.
    EXCUSED = "excused"


# In the value of a button, where nothing is noted.
NOTHING = "-"
# How a meeting that is still to come can be noted.
AHEAD = frozenset({Presence.EXCUSED})


class TooEarly(Exception):
    """Nobody can have been there, or stayed away: the meeting is still to come."""


class NotedElsewhere(Exception):
    """Somebody else noted something else of this person after the page was shown."""

    def __init__(self, noted: Presence | None) -> None:
        super().__init__()
        self.noted = noted


@dataclass(frozen=True)
class Totals:
    """All that was noted in a trajectory, without whose it was."""

    meetings: int
    present: int = 0
    absent: int = 0
    excused: int = 0

    @property
    def noted(self) -> int:
        """How often anything was noted of anybody."""
        return self.present + self.absent + self.excused


def open_presences(starts_at: datetime, now: datetime) -> frozenset[Presence]:
    """What can be noted at this moment of a meeting that begins then."""
    return frozenset(Presence) if now >= starts_at - DOORS_OPEN else AHEAD


def left_after_move(before: datetime, after: datetime, now: datetime) -> frozenset[Presence]:
    """What still holds of what was noted of a meeting that moves from one moment to another.

    Who could not come on one day said nothing about another, and nobody was at a meeting that is
    still to come.
    """
    is_same_day = dutch(before).date() == dutch(after).date()
    return open_presences(after, now) if is_same_day else frozenset()


def noted_after(
    stored: Presence | None, seen: Presence | None, wanted: Presence | None
) -> Presence | None:
    """What is noted after a tap on a page that showed `seen`; None takes back what was noted.

    The same tap twice is one. Raises NotedElsewhere where somebody else noted something different
    in the meantime: the one who taps then sees that first.
    """
    if stored not in {seen, wanted}:
        raise NotedElsewhere(stored)
    return wanted


def expected_at(starts_at: datetime, ends_at: datetime, stays: Iterable[Stay]) -> set[uuid.UUID]:
    """Who belonged to the group at a meeting: not who left before it, or came after it."""
    return {
        stay.person_id
        for stay in stays
        if stay.since <= ends_at and (stay.left_at is None or stay.left_at > starts_at)
    }


def totals(noted: Mapping[uuid.UUID, Collection[Presence]], meetings: int) -> Totals | None:
    """What all that was noted adds up to, by the keys of the people and over so many meetings.

    None where it is about so few people that it would tell of one of them.
    """
    if sum(map(bool, noted.values())) < FEWEST_IN_TOTAL:
        return None
    found = Counter(each for of_person in noted.values() for each in of_person)
    return Totals(
        meetings, found[Presence.PRESENT], found[Presence.ABSENT], found[Presence.EXCUSED]
    )


def first_kept(today: date) -> date:
    """The first day of which it is still kept today who was there; what is older goes."""
    this_year, _last = school_year(today)
    year_before, last_before = school_year(this_year - timedelta(days=1))
    return year_before if last_before + KEPT_AFTER_YEAR >= today else this_year


def forgotten(days: Iterable[date], today: date) -> list[date]:
    """Those days of meetings of which it is kept no longer today who was there."""
    return sorted(day for day in days if day < first_kept(today))


@dataclass(frozen=True)
class Tap:
    """What one button on the page says: whom it is about, what it notes, and what was shown."""

    person_id: uuid.UUID
    wanted: Presence | None
    seen: Presence | None

    def __str__(self) -> str:
        return f"{self.person_id} {self.wanted or NOTHING} {self.seen or NOTHING}"


def read_tap(text: str) -> Tap:
    """What a button sent. Raises ValueError where it is none of ours."""
    person, wanted, seen = text.split(" ")
    return Tap(uuid.UUID(person), _read_presence(wanted), _read_presence(seen))


def _read_presence(text: str) -> Presence | None:
    return None if text == NOTHING else Presence(text)
