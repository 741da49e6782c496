"""What a recap is, when it is due, and why one cannot be sent: without a database or a clock."""

import enum
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from zetwpo import marks
from zetwpo.clock import dutch
from zetwpo.cycle.meetings.schedule import Slot
from zetwpo.edits import Fields

# A group hears within a week what its meeting came to (domain: the facilitator).
DUE_AFTER = timedelta(days=7)
# What is written in a recap, in its order.
PARTS = ("opening", "question", "noted", "homework", "ahead")
CORRECTION = "correction"


@dataclass(frozen=True)
class Following:
    """The meeting that comes next, as a recap tells of it."""

    starts_at: datetime
    minutes: int
    place: str

    @property
    def slot(self) -> Slot:
        """When it is."""
        return Slot(self.starts_at, self.minutes)

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.slot.ends_at


@dataclass(frozen=True)
class Letter:
    """What a recap says: what somebody wrote, and what is known of the next time."""

    texts: Fields
    # None after the last meeting.
    following: Following | None = None
    # The titles of what to read for next time.
    reading: Sequence[str] = ()

    @property
    def is_empty(self) -> bool:
        """True where nobody wrote anything: a date alone is no recap."""
        return not any(self.texts.values())

    @property
    def mark(self) -> str:
        """Stands for all that it says: two letters that say the same have the same one."""
        following = asdict(self.following) if self.following else None
        said = [[self.texts[name] for name in PARTS], following, list(self.reading)]
        return marks.digest(json.dumps(said, default=str))


class Trouble(enum.Enum):
    """Why a recap cannot be sent now."""

    NOT_YET = "the meeting is still to come"
    NOBODY = "nobody takes part"
    EMPTY = "nothing is written"


def due_on(ends_at: datetime) -> date:
    """The last day on which the recap of a meeting that ends then is in time."""
    return dutch(ends_at).date() + DUE_AFTER


def trouble_with(
    letter: Letter, starts_at: datetime, participants: int, now: datetime
) -> Trouble | None:
    """Why the recap of a meeting that begins then cannot go to so many participants; or None."""
    if now < starts_at:
        return Trouble.NOT_YET
    if not participants:
        return Trouble.NOBODY
    return Trouble.EMPTY if letter.is_empty else None


def shown(stored: Mapping[str, str | None], drafted: Fields) -> dict[str, str]:
    """What a recap says in each part: what somebody wrote there, or else what the meeting says."""
    return {name: drafted[name] if (text := stored.get(name)) is None else text for name in PARTS}


def to_store(fields: Fields, drafted: Fields) -> dict[str, str | None]:
    """What is kept of these parts: a part that says what the meeting says follows the meeting."""
    return {name: None if fields[name] == drafted[name] else fields[name] for name in PARTS}
