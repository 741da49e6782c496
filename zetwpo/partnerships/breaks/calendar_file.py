"""Reading the events that last whole days from a calendar in the form of iCalendar (RFC 5545)."""

import enum
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar.timezone import tzp

from zetwpo.accounts.rules import LONGEST_NAME
from zetwpo.characters import is_blank, without_controls
from zetwpo.clock import dutch
from zetwpo.partnerships.breaks.rules import FURTHEST, LONGEST_BREAK, Event

# Of a school with an event on every day of five years; more is no calendar of a school.
MOST_EVENTS = 2000
# Of text; such a calendar has some twenty for each event. A library takes each of them apart.
MOST_LINES = 50_000
# From which somebody can choose on one page; what is later can be had next year.
MOST_SHOWN = 150
# Of an event that comes back each year, in what is left of five years and in what is over.
MOST_TIMES = 100
DAY = timedelta(days=1)
BEGIN, EVENT = "BEGIN:VCALENDAR", "BEGIN:VEVENT"


class Unreadable(enum.Enum):
    """Why there is nothing to read in what came in."""

    EMPTY = "empty"
    WEB_PAGE = "web page"
    NO_CALENDAR = "no calendar"
    BROKEN = "broken"
    TOO_MANY = "too many events"


class Skipped(enum.Enum):
    """Why an event of a calendar is left out."""

    OVER = "over"
    CANCELLED = "cancelled"
    # More often than each year, or in a way that we do not follow.
    REPEATS = "repeats"
    TOO_LONG = "too long"
    TOO_FAR = "too far ahead"
    # Without a name, without a day, or with days that are none.
    UNCLEAR = "unclear"


class NotACalendar(ValueError):
    """Nothing in this can be read."""

    def __init__(self, why: Unreadable) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True)
class CalendarReading:
    """The events of a calendar from today on, the first one first, and what was left out."""

    events: tuple[Event, ...]
    skipped: Mapping[Skipped, int] = field(default_factory=dict)
    # As there is room for so many on a page.
    later: int = 0


class _Left(Exception):
    def __init__(self, why: Skipped) -> None:
        super().__init__(why)
        self.why = why


def read_calendar(content: bytes, today: date) -> CalendarReading:
    """The events of this calendar that are not over today. Raises NotACalendar.

    Moments count as the days that they are in the Netherlands. An event that comes back each year
    is one event for each year, for as far ahead as anybody plans.
    """
    text = _text(content)
    _refuse_what_is_none(text)
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        # It would keep the zones that this file describes, for the next one that anybody brings.
        tzp.use_default()
        found = [each for calendar in calendars for each in calendar.walk("VEVENT")]
    except Exception:
        # Whatever it is: the library says it in a dozen ways.
        raise NotACalendar(Unreadable.BROKEN) from None
    if not calendars:
        # It breaks off before its end.
        raise NotACalendar(Unreadable.BROKEN)
    events: dict[str, Event] = {}
    skipped: Counter[Skipped] = Counter()
    for component in found:
        try:
            read = list(_read(component, today))
        except _Left as left:
            skipped[left.why] += 1
            continue
        except (OverflowError, ValueError):
            # In the first year that there is, or in the last one.
            skipped[Skipped.UNCLEAR] += 1
            continue
        # One that says something else about one of its years comes later and counts.
        events |= {each.source: each for each in read}
    ordered = sorted(events.values(), key=lambda each: (each.first_day, each.last_day, each.name))
    shown = tuple(ordered[:MOST_SHOWN])
    return CalendarReading(shown, skipped, len(ordered) - len(shown))


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # As old programs write it; every byte is a letter there, or is left out.
        text = content.decode("cp1252", "ignore")
    return text.replace("\0", "").strip()


def _refuse_what_is_none(text: str) -> None:
    if not text:
        raise NotACalendar(Unreadable.EMPTY)
    if text[:1] == "<":
        raise NotACalendar(Unreadable.WEB_PAGE)
    if not text[: len(BEGIN)].upper() == BEGIN:
        raise NotACalendar(Unreadable.NO_CALENDAR)
    # Before it is taken apart, which takes long.
    if text.upper().count(EVENT) > MOST_EVENTS or text.count("\n") > MOST_LINES:
        raise NotACalendar(Unreadable.TOO_MANY)


def _read(component: Any, today: date) -> Iterator[Event]:
    """What this event is from today on. Raises _Left where that is nothing."""
    if str(component.get("STATUS", "")).upper() == "CANCELLED":
        raise _Left(Skipped.CANCELLED)
    name = " ".join(without_controls(str(component.get("SUMMARY", ""))).split())[:LONGEST_NAME]
    if is_blank(name):
        raise _Left(Skipped.UNCLEAR)
    first, last = _days(component)
    if last - first >= LONGEST_BREAK:
        raise _Left(Skipped.TOO_LONG)
    uid = str(component.get("UID", "")) or f"{name}\n{first}"
    times = list(_times(component, first, today))
    ahead = [day for day in times if day + (last - first) >= today]
    if not ahead:
        raise _Left(Skipped.OVER)
    near = [day for day in ahead if day + (last - first) - today <= FURTHEST]
    if not near:
        raise _Left(Skipped.TOO_FAR)
    for day in near:
        yield Event(name, day, day + (last - first), _source(uid, component, day))


def _source(uid: str, component: Any, day: date) -> str:
    """What this event is known by: the same in every copy of the calendar, and no words of it."""
    moved = _value(component, "RECURRENCE-ID")
    year = day.year if component.get("RRULE") else moved and _dutch_day(moved).year
    return hashlib.sha256(f"{uid}\n{year or ''}".encode()).hexdigest()


def _days(component: Any) -> tuple[date, date]:
    """The first and the last day. Raises _Left where there are none."""
    start, end = _value(component, "DTSTART"), _value(component, "DTEND")
    lasts = _value(component, "DURATION")
    if not isinstance(start, date):
        raise _Left(Skipped.UNCLEAR)
    if end is None and isinstance(lasts, timedelta):
        end = start + lasts
    first = _dutch_day(start)
    # Without an end, or ending as it begins, it lasts that day.
    last = _last_day(end) if isinstance(end, date) and end != start else first
    if last < first:
        raise _Left(Skipped.UNCLEAR)
    return first, last


def _value(component: Any, name: str) -> Any:
    """What stands there, as Python has it; None where there is nothing, or nothing readable."""
    try:
        return _in_known_zone(component[name].dt)
    except KeyError:
        return None
    except Exception:
        # Named twice, or no date: each version of the library has its own way to say so.
        raise _Left(Skipped.UNCLEAR) from None


def _in_known_zone(value: Any) -> Any:
    """The same; a moment in a zone that the file describes itself is one on the wall here.

    Such a zone can have a rule that changes the clock each second, and is worked out from 1970 on.
    """
    if isinstance(value, datetime) and not isinstance(value.tzinfo, ZoneInfo):
        return value.replace(tzinfo=None)
    return value


def _dutch_day(moment: date) -> date:
    """The day of it; a time without a zone is one on the wall here."""
    if not isinstance(moment, datetime):
        return moment
    return (dutch(moment) if moment.tzinfo else moment).date()


def _last_day(end: date) -> date:
    """The last day before this end, which itself is the first day or moment after it."""
    if not isinstance(end, datetime):
        return end - DAY
    here = dutch(end) if end.tzinfo else end
    return (here - timedelta.resolution).date()


def _times(component: Any, first: date, today: date) -> Iterator[date]:
    """On which days it begins, each year again or once. Raises _Left for any other rule."""
    rule = component.get("RRULE")
    if rule is None:
        yield first
        return
    every, count, until = _yearly(rule, first)
    left_out = {_dutch_day(each) for each in _left_out(component)}
    for time in range(min(count, MOST_TIMES)):
        try:
            day = first.replace(year=first.year + time * every)
        except ValueError:
            # The 29th of February, or after the last year that there is.
            continue
        if day > until or day > today + 2 * FURTHEST:
            return
        if day not in left_out:
            yield day


def _yearly(rule: Any, first: date) -> tuple[int, int, date]:
    """How many years lie between, how often it comes, and until which day."""
    try:
        parts = {str(name).upper(): list(values) for name, values in rule.items()}
        if [str(each).upper() for each in parts.pop("FREQ")] != ["YEARLY"]:
            raise _Left(Skipped.REPEATS)
        [every] = parts.pop("INTERVAL", [1])
        [count] = parts.pop("COUNT", [MOST_TIMES])
        [until] = parts.pop("UNTIL", [date.max])
        parts.pop("WKST", None)
        # These say what the first day says already; others move it.
        is_same = parts.pop("BYMONTH", [first.month]) == [first.month]
        is_same &= parts.pop("BYMONTHDAY", [first.day]) == [first.day]
        if parts or not is_same or not 1 <= every <= MOST_TIMES or count < 1:
            raise _Left(Skipped.REPEATS)
        return every, count, _dutch_day(until)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise _Left(Skipped.REPEATS) from None


def _left_out(component: Any) -> Iterator[date]:
    found = component.get("EXDATE", [])
    for each in found if isinstance(found, list) else [found]:
        try:
            yield from (_in_known_zone(day.dt) for day in each.dts)
        except Exception:
            raise _Left(Skipped.UNCLEAR) from None
