"""Meetings as calendars read them: what was written comes out, and the clock is right all year."""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from zetwpo.addresses import Sender
from zetwpo.clock import AMSTERDAM, moment_on
from zetwpo.cycle.meetings.ics import Entry, cancellation, feed, request
from zetwpo.cycle.meetings.schedule import Slot

SENDER = Sender('De "Linde", zetwpo', "zetwpo@linde.example")
NOOR = "noor@school.example"
NOW = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)
SLOT = Slot(moment_on(date(2027, 3, 31), time(14)), 180)
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)
FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2060, 1, 1, tzinfo=UTC)
HOURS = int((LAST - FIRST) / timedelta(hours=1))
MOMENTS = st.integers(0, HOURS).map(lambda hours: FIRST + timedelta(hours=hours))


def entry(title: str = "Meeting 2: Growing", place: str = "Room 1", slot: Slot = SLOT) -> Entry:
    return Entry(uuid.uuid4(), 3, title, slot, place, "https://zetwpo.example/meetings/1")


def read(text: str) -> tuple[Any, list[Any]]:
    calendar = Calendar.from_ical(text)
    return calendar, calendar.walk("VEVENT")


def test_a_calendar_is_asked_to_take_in_a_meeting() -> None:
    made = entry()
    calendar, [event] = read(request(made, SENDER, NOOR, NOW))
    assert (calendar["METHOD"], calendar["VERSION"]) == ("REQUEST", "2.0")
    assert (event["UID"], event["SEQUENCE"]) == (str(made.meeting_id), 3)
    assert (event["SUMMARY"], event["LOCATION"]) == ("Meeting 2: Growing", "Room 1")
    assert (event["URL"], event["STATUS"]) == ("https://zetwpo.example/meetings/1", "CONFIRMED")
    assert (event.start, event.end) == (SLOT.starts_at, SLOT.ends_at)
    assert event["DTSTAMP"].dt == NOW
    assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert event["ORGANIZER"] == "mailto:zetwpo@linde.example"
    # Only whoever gets it, and nobody waits for an answer.
    assert event["ATTENDEE"] == f"mailto:{NOOR}"
    assert event["ATTENDEE"].params["RSVP"] == "FALSE"


def test_a_calendar_is_asked_to_let_go_of_it_by_the_same_uid() -> None:
    made = entry()
    calendar, [event] = read(cancellation(made, SENDER, NOOR, NOW))
    assert calendar["METHOD"] == "CANCEL"
    assert (event["UID"], event["STATUS"]) == (str(made.meeting_id), "CANCELLED")
    assert event["SEQUENCE"] == made.sequence


def test_a_calendar_to_fetch_has_all_meetings_and_nobody_who_is_asked() -> None:
    made = [entry(), entry(place="")]
    calendar, events = read(feed(made, "My meetings", SENDER, NOW))
    assert (calendar["METHOD"], calendar["X-WR-CALNAME"]) == ("PUBLISH", "My meetings")
    assert [event["UID"] for event in events] == [str(each.meeting_id) for each in made]
    assert ["LOCATION" in event for event in events] == [True, False]
    assert not any("ATTENDEE" in event for event in events)
    _calendar, events = read(feed([], "Nothing yet", SENDER, NOW))
    assert events == []


@given(TEXT, TEXT)
def test_whatever_a_title_holds_it_comes_out_and_adds_no_line(title: str, place: str) -> None:
    text = request(entry(title, place), SENDER, NOOR, NOW)
    _calendar, [event] = read(text)
    assert (event["SUMMARY"], event["LOCATION"]) == (title, place)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")


def test_no_title_brings_a_property_of_its_own() -> None:
    text = request(entry("A\r\nATTACH:https://bad.example\nB"), SENDER, NOOR, NOW)
    _calendar, [event] = read(text)
    assert "ATTACH" not in event


@given(MOMENTS, st.integers(1, 600))
def test_a_moment_is_the_same_whatever_the_season(starts_at: datetime, minutes: int) -> None:
    slot = Slot(starts_at, minutes)
    _calendar, [event] = read(request(entry(slot=slot), SENDER, NOOR, NOW))
    for written, moment in ((event.start, slot.starts_at), (event.end, slot.ends_at)):
        # The hour that comes twice is the first of the two, for whoever reads it.
        shown = moment.astimezone(AMSTERDAM)
        assert written == shown.replace(fold=0)


@pytest.mark.parametrize("year", range(2024, 2038))
def test_the_zone_that_is_sent_along_changes_its_clock_when_ours_does(year: int) -> None:
    calendar, _events = read(request(entry(), SENDER, NOOR, NOW))
    [zone] = calendar.walk("VTIMEZONE")
    theirs = zone.to_tz(lookup_tzid=False)
    for month, day_of_month in ((3, 24), (10, 24)):
        hour = datetime(year, month, day_of_month)  # noqa: DTZ001 (as a clock on a wall shows it)
        for _hour in range(8 * 24):
            hour += timedelta(hours=1)
            ours = hour.replace(tzinfo=AMSTERDAM)
            changes = ours.utcoffset() != ours.replace(fold=1).utcoffset()
            assert changes or hour.replace(tzinfo=theirs).utcoffset() == ours.utcoffset()
