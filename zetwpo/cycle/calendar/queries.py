"""Reading the calendar of somebody: all meetings of the trajectories that they are in."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from zetwpo.accounts.colleagues import get_colleagues
from zetwpo.accounts.policy import READ_TRAJECTORY
from zetwpo.cycle.calendar.models import CalendarAddress
from zetwpo.cycle.meetings.changes import told_of
from zetwpo.cycle.meetings.entries import entry_of
from zetwpo.cycle.meetings.ics import Entry
from zetwpo.cycle.meetings.queries import meetings_of_all
from zetwpo.cycle.trajectories.queries import led_by, trajectories_of
from zetwpo.extensions import read
from zetwpo.i18n import as_language, writing_in
from zetwpo.i18n import gettext as _
from zetwpo.signing import SignedKeys
from zetwpo.web import public_address

# A copy of the database holds none of the addresses.
WORDS = SignedKeys("calendar-address")


@dataclass(frozen=True)
class Address:
    """From where a calendar fetches the meetings of somebody, and since when."""

    url: str
    made_at: datetime


@dataclass(frozen=True)
class PersonCalendar:
    """What stands in it, in the language of whose it is."""

    name: str
    entries: Sequence[Entry]
    # Whoever holds the address may read along: that is what it is for.
    closed_to: uuid.UUID | None = None
    # Of all in which somebody has meetings.
    partnership_id: uuid.UUID | None = None


_OF_PERSON = sa.select(CalendarAddress.word, CalendarAddress.made_at).where(
    CalendarAddress.person_id == sa.bindparam("person_id")
)
_WITH_WORD = sa.select(CalendarAddress.person_id).where(
    CalendarAddress.word == sa.bindparam("word")
)


def find_address(person_id: uuid.UUID) -> Address | None:
    """The address that this person made; None where there is none."""
    row = read(_OF_PERSON, person_id=person_id).one_or_none()
    if row is None:
        return None
    return Address(public_address("calendar.fetch", token=WORDS.word_for(row.word)), row.made_at)


def find_calendar(token: str) -> PersonCalendar | None:
    """The calendar at this address; None where there is none, or not any more."""
    word = WORDS.read(token)
    person_id = read(_WITH_WORD, word=word).scalar() if word else None
    person = get_colleagues([person_id]).get(person_id) if person_id else None
    if person is None:
        return None
    # As the pages of them: a role that ended closes them here as well.
    open_ones = [
        each
        for each in (*trajectories_of(person.id), *led_by(person.id))
        if READ_TRAJECTORY.opens_to(person.actor, each.facts)
    ]
    meetings = meetings_of_all([each.id for each in open_ones])
    with writing_in(as_language(person.actor.language)):
        entries = [
            entry_of(trajectory, each.id, told_of(each))
            for trajectory in open_ones
            for each in meetings[trajectory.id]
        ]
        return PersonCalendar(
            _("My meetings"), sorted(entries, key=lambda each: each.slot.starts_at)
        )
