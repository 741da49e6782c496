"""Meetings in the form of iCalendar: in a mail for a calendar to act on, and for it to fetch.

One UID stays with a meeting whatever becomes of it, and with each change its sequence is higher,
so that a calendar moves or deletes what it has (RFC 5545, RFC 5546).
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from icalendar import Calendar, Event, Timezone, vCalAddress, vText, vUri

from zetwpo.addresses import Sender
from zetwpo.clock import dutch
from zetwpo.cycle.meetings.schedule import Slot

PRODUCT = "-//zetwpo//zetwpo//NL"
# Only the rule of our days, as other calendars write it: programs of old read no other form, and
# nobody meets before 1996, when it was another.
AMSTERDAM = """BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
X-LIC-LOCATION:Europe/Amsterdam
BEGIN:DAYLIGHT
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""
REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
# How often a calendar may come and look, if it asks.
LOOK_EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class Entry:
    """A meeting as it stands in somebody's calendar. No other people's names are in it."""

    meeting_id: uuid.UUID
    sequence: int
    title: str
    slot: Slot
    place: str
    # The page to which whoever looks at it can go.
    url: str


def request(entry: Entry, sender: Sender, attendee: str, now: datetime) -> str:
    """Ask a calendar to take in this meeting, or to move it where it has it already.

    A request and not something published: only of that does a calendar find its own copy again
    when it changes. It asks for no answer: nobody reads the mailbox that it comes from.
    """
    return _scheduled(REQUEST, entry, "CONFIRMED", sender, attendee, now)


def cancellation(entry: Entry, sender: Sender, attendee: str, now: datetime) -> str:
    """Ask a calendar to let go of this meeting."""
    return _scheduled(CANCEL, entry, "CANCELLED", sender, attendee, now)


def feed(entries: Iterable[Entry], name: str, sender: Sender, now: datetime) -> str:
    """A calendar of this name with these meetings, for a program that comes now and then."""
    calendar = _calendar(PUBLISH)
    calendar.add("X-WR-CALNAME", name)
    calendar.add("X-WR-TIMEZONE", "Europe/Amsterdam")
    calendar.add("REFRESH-INTERVAL", LOOK_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT1H")
    for entry in entries:
        calendar.add_component(_event(entry, "CONFIRMED", sender, now))
    return _written(calendar)


def _scheduled(
    method: str, entry: Entry, status: str, sender: Sender, attendee: str, now: datetime
) -> str:
    calendar = _calendar(method)
    event = _event(entry, status, sender, now)
    invited = vCalAddress(f"mailto:{attendee}")
    invited.params["CUTYPE"] = vText("INDIVIDUAL")
    invited.params["ROLE"] = vText("REQ-PARTICIPANT")
    invited.params["PARTSTAT"] = vText("NEEDS-ACTION")
    invited.params["RSVP"] = vText("FALSE")
    event.add("ATTENDEE", invited)
    calendar.add_component(event)
    return _written(calendar)


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", method)
    calendar.add_component(Timezone.from_ical(AMSTERDAM))
    return calendar


def _event(entry: Entry, status: str, sender: Sender, now: datetime) -> Event:
    event = Event()
    event.add("UID", str(entry.meeting_id))
    event.add("SEQUENCE", entry.sequence)
    event.add("DTSTAMP", now)
    event.add("DTSTART", dutch(entry.slot.starts_at))
    event.add("DTEND", dutch(entry.slot.ends_at))
    event.add("SUMMARY", entry.title)
    if entry.place:
        event.add("LOCATION", entry.place)
    event.add("DESCRIPTION", entry.url)
    event.add("URL", vUri(entry.url))
    event.add("STATUS", status)
    event.add("TRANSP", "TRANSPARENT" if status == "CANCELLED" else "OPAQUE")
    event.add("ORGANIZER", _organizer(sender))
    return event


def _organizer(sender: Sender) -> vCalAddress:
    organizer = vCalAddress(f"mailto:{sender.address}")
    if sender.name:
        organizer.params["CN"] = vText(sender.name)
    return organizer


def _written(calendar: Any) -> str:
    content: bytes = calendar.to_ical()
    return content.decode()
