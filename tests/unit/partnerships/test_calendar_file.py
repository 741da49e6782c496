"""Reading calendars: what schools send, and what nobody should have to read."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar.timezone import tzp

from zetwpo.partnerships.breaks.calendar_file import (
    MOST_EVENTS,
    MOST_LINES,
    CalendarReading,
    NotACalendar,
    Skipped,
    Unreadable,
    read_calendar,
)
from zetwpo.partnerships.breaks.rules import FURTHEST, LONGEST_BREAK, Event

TODAY = date(2026, 11, 26)


def calendar(*events: str) -> bytes:
    """A calendar with these events, each of some lines."""
    inside = "".join(f"BEGIN:VEVENT\n{each}\nEND:VEVENT\n" for each in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{inside}END:VCALENDAR\n".encode()


def read(*events: str) -> CalendarReading:
    return read_calendar(calendar(*events), TODAY)


def days(*events: str) -> list[tuple[date, date]]:
    return [(each.first_day, each.last_day) for each in read(*events).events]


NAMED = "UID:1\nSUMMARY:Kerstvakantie\n"


@pytest.mark.parametrize(
    "lines",
    [
        "DTSTART;VALUE=DATE:20261219\nDTEND;VALUE=DATE:20270104",
        "DTSTART;VALUE=DATE:20261219\nDURATION:P16D",
        # Midnight in the Netherlands, on three kinds of clock.
        "DTSTART;TZID=Europe/Amsterdam:20261219T000000\nDTEND;TZID=Europe/Amsterdam:20270104T000000",
        "DTSTART:20261218T230000Z\nDTEND:20270103T230000Z",
        "DTSTART:20261219T000000\nDTEND:20270103T235900",
        "DTSTART;TZID=America/New_York:20261218T180000\nDURATION:P16D",
        "DTSTART;TZID=W. Europe Standard Time:20261219T083000\nDTEND:20270103T170000Z",
        "DTSTART;TZID=Not on Earth:20261219T083000\nDTEND;TZID=Not on Earth:20270103T170000",
    ],
)
def test_days_and_moments_are_days_here_and_the_end_is_the_day_after(lines: str) -> None:
    assert days(NAMED + lines) == [(date(2026, 12, 19), date(2027, 1, 3))]


def zone(name: str, rule: str) -> str:
    """A zone that a calendar describes itself, with a clock that changes by this rule."""
    changes = "".join(
        f"BEGIN:{kind}\nDTSTART:19700101T000000\nRRULE:{rule}\n"
        f"TZOFFSETFROM:{before}\nTZOFFSETTO:{after}\nEND:{kind}\n"
        for kind, before, after in [
            ("STANDARD", "+1200", "+1100"),
            ("DAYLIGHT", "+1100", "+1200"),
        ]
    )
    return f"BEGIN:VTIMEZONE\nTZID:{name}\n{changes}END:VTIMEZONE\n"


@pytest.mark.parametrize(
    "lines",
    [
        "DTSTART;TZID=Mine:20261219T083000\nDTEND;TZID=Mine:20270103T170000",
        "DTSTART;TZID=Mine:20261219T083000\nDTEND:20270103T170000Z",
        "DTSTART;TZID=Mine:20261219T083000\nDTEND;TZID=Mine:20270103T170000\n"
        "RRULE:FREQ=YEARLY;COUNT=1\nEXDATE;TZID=Mine:20251219T083000",
    ],
)
def test_a_zone_that_the_file_describes_is_never_worked_out(lines: str) -> None:
    # A clock that changes each second since 1970 would take for ever.
    described = zone("Mine", "FREQ=SECONDLY")
    content = calendar(NAMED + lines).replace(b"BEGIN:VEVENT", f"{described}BEGIN:VEVENT".encode())

    [event] = read_calendar(content, TODAY).events

    assert (event.first_day, event.last_day) == (date(2026, 12, 19), date(2027, 1, 3))


def test_a_zone_of_one_file_means_nothing_in_the_next() -> None:
    described = zone("Known to nobody", "FREQ=YEARLY")
    read_calendar(calendar().replace(b"END:VCAL", f"{described}END:VCAL".encode()), TODAY)

    assert tzp.timezone("Known to nobody") is None


def test_a_calendar_of_too_many_lines_is_not_taken_apart() -> None:
    with pytest.raises(NotACalendar) as refused:
        read(NAMED + "X-WORD:1\n" * MOST_LINES)

    assert refused.value.why is Unreadable.TOO_MANY


@pytest.mark.parametrize(
    "end", ["", "\nDTEND;VALUE=DATE:20261219", "\nDTEND;VALUE=DATE:20261220", "\nDURATION:PT3H"]
)
def test_an_event_without_an_end_lasts_its_day(end: str) -> None:
    assert days(f"{NAMED}DTSTART;VALUE=DATE:20261219{end}") == [
        (date(2026, 12, 19), date(2026, 12, 19))
    ]


def test_the_change_of_the_clocks_costs_no_day() -> None:
    lines = (
        "DTSTART;TZID=Europe/Amsterdam:20270327T000000\nDTEND;TZID=Europe/Amsterdam:20270329T000000"
    )
    assert days(NAMED + lines) == [(date(2027, 3, 27), date(2027, 3, 28))]


@pytest.mark.parametrize(
    ("rule", "years"),
    [
        ("FREQ=YEARLY", range(2026, 2031)),
        ("FREQ=YEARLY;COUNT=3", range(2026, 2029)),
        ("FREQ=YEARLY;INTERVAL=2", range(2026, 2031, 2)),
        ("FREQ=YEARLY;UNTIL=20281219", range(2026, 2029)),
        ("FREQ=YEARLY;UNTIL=20281218T230000Z", range(2026, 2029)),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=19;WKST=MO", range(2026, 2031)),
    ],
)
def test_what_comes_back_each_year_is_there_for_as_long_as_anybody_plans(
    rule: str, years: range
) -> None:
    found = days(f"{NAMED}DTSTART;VALUE=DATE:20261219\nRRULE:{rule}")
    assert [each.year for each, _last in found] == list(years)


def test_a_rule_of_long_ago_says_what_comes_now() -> None:
    found = days(f"{NAMED}DTSTART;VALUE=DATE:19990427\nRRULE:FREQ=YEARLY")
    assert [each.year for each, _last in found] == list(range(2027, 2032))


def test_a_year_can_be_left_out_and_another_one_moved() -> None:
    yearly = f"{NAMED}DTSTART;VALUE=DATE:20270427\nRRULE:FREQ=YEARLY;COUNT=4"
    left_out = f"{yearly}\nEXDATE;VALUE=DATE:20280427"
    moved = f"{NAMED}RECURRENCE-ID;VALUE=DATE:20290427\nDTSTART;VALUE=DATE:20290426"
    assert [first for first, _last in days(left_out, moved)] == [
        date(2027, 4, 27),
        date(2029, 4, 26),
        date(2030, 4, 27),
    ]


def test_the_29th_of_february_comes_in_a_leap_year() -> None:
    found = days(f"{NAMED}DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY")
    assert [first for first, _last in found] == [date(2028, 2, 29)]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEEKLY",
        "FREQ=DAILY;COUNT=2",
        "FREQ=YEARLY;BYDAY=1MO",
        "FREQ=YEARLY;BYMONTH=5",
        "FREQ=X",
    ],
)
def test_what_comes_back_in_another_way_is_left_out_and_said(rule: str) -> None:
    found = read(f"{NAMED}DTSTART;VALUE=DATE:20261219\nRRULE:{rule}")
    assert (found.events, found.skipped) == ((), {Skipped.REPEATS: 1})


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("SUMMARY:Zomer\nDTSTART;VALUE=DATE:20260718\nDTEND;VALUE=DATE:20260831", Skipped.OVER),
        ("SUMMARY:X\nSTATUS:CANCELLED\nDTSTART;VALUE=DATE:20270101", Skipped.CANCELLED),
        (
            "SUMMARY:Year\nDTSTART;VALUE=DATE:20260801\nDTEND;VALUE=DATE:20270801",
            Skipped.TOO_LONG,
        ),
        ("SUMMARY:Later\nDTSTART;VALUE=DATE:20460801", Skipped.TOO_FAR),
        ("DTSTART;VALUE=DATE:20270101", Skipped.UNCLEAR),
        ("SUMMARY: \u200b\nDTSTART;VALUE=DATE:20270101", Skipped.UNCLEAR),
        ("SUMMARY:X", Skipped.UNCLEAR),
        ("SUMMARY:X\nDTSTART;VALUE=DATE:2027", Skipped.UNCLEAR),
        ("SUMMARY:X\nDTSTART:99999999T999999", Skipped.UNCLEAR),
        ("SUMMARY:X\nDTSTART;VALUE=DATE:20270105\nDTEND;VALUE=DATE:20270101", Skipped.UNCLEAR),
        ("SUMMARY:X\nDTSTART;VALUE=DATE:20270105\nDTSTART;VALUE=DATE:20270106", Skipped.UNCLEAR),
        ("SUMMARY:X\nDTSTART:99991231T235959Z", Skipped.UNCLEAR),
        ("SUMMARY:X\nDTSTART;VALUE=DATE:20270105\nDURATION:P9999999D", Skipped.UNCLEAR),
    ],
)
def test_what_is_left_out_is_counted_by_its_reason(lines: str, why: Skipped) -> None:
    good = f"{NAMED}DTSTART;VALUE=DATE:20261219"
    found = read(lines, good)
    assert found.skipped == {why: 1}
    assert [each.name for each in found.events] == ["Kerstvakantie"]


def test_a_break_that_has_begun_is_not_over() -> None:
    running = "SUMMARY:Herfst\nDTSTART;VALUE=DATE:20261120\nDTEND;VALUE=DATE:20261127"
    assert days(running) == [(date(2026, 11, 20), TODAY)]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", Unreadable.EMPTY),
        (b" \r\n\0", Unreadable.EMPTY),
        (b"<!doctype html><html><body>BEGIN:VCALENDAR", Unreadable.WEB_PAGE),
        (b"\xef\xbb\xbf  <html>", Unreadable.WEB_PAGE),
        (b"naam;datum\nKerst;19-12-2026", Unreadable.NO_CALENDAR),
        (b"PK\x03\x04", Unreadable.NO_CALENDAR),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:X\n", Unreadable.BROKEN),
        (b"BEGIN:VCALENDAR\nnonsense\nEND:VCALENDAR", Unreadable.BROKEN),
        (b"BEGIN:VCALENDAR\n" * 5000, Unreadable.BROKEN),
        (calendar(*["SUMMARY:X"] * (MOST_EVENTS + 1)), Unreadable.TOO_MANY),
    ],
)
def test_what_is_no_calendar_is_refused_for_its_reason(content: bytes, why: Unreadable) -> None:
    with pytest.raises(NotACalendar) as caught:
        read_calendar(content, TODAY)
    assert caught.value.why is why


@pytest.mark.parametrize("encode", [str.encode, lambda text: b"\xef\xbb\xbf" + text.encode()])
def test_letters_are_read_with_and_without_a_mark(encode: Callable[[str], bytes]) -> None:
    text = calendar("SUMMARY:Bébé\nDTSTART;VALUE=DATE:20270101").decode()
    assert read_calendar(encode(text), TODAY).events[0].name == "Bébé"
    assert read_calendar(text.encode("cp1252"), TODAY).events[0].name == "Bébé"


def test_several_calendars_in_one_file_are_all_read() -> None:
    one = calendar("UID:1\nSUMMARY:A\nDTSTART;VALUE=DATE:20270101")
    other = calendar("UID:2\nSUMMARY:B\nDTSTART;VALUE=DATE:20270102")
    assert [each.name for each in read_calendar(one + other, TODAY).events] == ["A", "B"]


def test_the_same_event_is_known_by_the_same_word_and_another_one_is_not() -> None:
    first = read(f"{NAMED}DTSTART;VALUE=DATE:20261219").events[0]
    moved = read(f"{NAMED}DTSTART;VALUE=DATE:20261220").events[0]
    other = read("UID:2\nSUMMARY:Kerstvakantie\nDTSTART;VALUE=DATE:20261219").events[0]
    assert first.source == moved.source != other.source
    nameless = [read(f"SUMMARY:{name}\nDTSTART;VALUE=DATE:20270101").events[0] for name in "AAB"]
    assert nameless[0].source == nameless[1].source != nameless[2].source
    yearly = read(f"{NAMED}DTSTART;VALUE=DATE:20261219\nRRULE:FREQ=YEARLY").events
    assert len({each.source for each in yearly}) == len(yearly)


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["DTSTART;VALUE=DATE:20270101", "DTEND:20270103T100000Z", "DURATION:P1D", "DTSTART:x"]
            + ["RRULE:FREQ=YEARLY", "RRULE:FREQ=YEARLY;INTERVAL=0", "EXDATE:20270101,x", "UID:1"]
            + ["RECURRENCE-ID:00010101T000000Z", "DTSTART:99991231T235959Z", "SUMMARY:A", "STATUS"]
        ),
        st.text(max_size=20),
    ),
    max_size=6,
)


@given(st.lists(LINES, max_size=4))
def test_whatever_a_calendar_holds_it_is_read_or_refused(events: list[list[str]]) -> None:
    try:
        found = read(*("\n".join(lines) for lines in events))
    except NotACalendar:
        return
    for each in found.events:
        assert isinstance(each, Event)
        assert each.name.strip()
        assert timedelta() <= each.last_day - each.first_day < LONGEST_BREAK
        assert TODAY <= each.last_day <= TODAY + FURTHEST


@given(st.binary(max_size=200))
def test_bytes_that_mean_nothing_are_refused(content: bytes) -> None:
    with pytest.raises(NotACalendar):
        read_calendar(content, TODAY)
