"""What asks a facilitator's attention in a trajectory, without a database or a clock.

Each matter is one thing to do, with the page on which it is done. None of them is about what
somebody wrote for themselves: that is closed (trust.md).
"""

import enum
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zetwpo.clock import dutch
from zetwpo.cycle.meetings.rules import last_of, next_of
from zetwpo.cycle.recaps.rules import due_on

# In which somebody prepares the next meeting, and hands out what is to be read for it.
PREPARED_AHEAD = timedelta(weeks=2)
# A reminder that leaves later than this is not about this week.
THIS_WEEK = timedelta(weeks=1)
# In the first week after a meeting its recap goes; who was there is asked until the next is near.
PLANS_AFTER = timedelta(weeks=1)
NOTED_WITHIN = timedelta(weeks=4)
# In the first one a group finds its question; plans are made from the second one on.
FIRST = 1
# So many of the meetings that come next have dates to look at: the others are looked at later.
NEAREST = 2


class What(enum.StrEnum):
    """What asks attention; the most urgent first: what was comes before what will be."""

    PEOPLE = "people"
    NOW = "now"
    WRITE_UP = "write_up"
    NOTE_PRESENCE = "note_presence"
    RECAP = "recap"
    # Somebody was not there, and not for the first time.
    MISSED = "missed"
    NO_QUESTION = "no_question"
    # Everybody whose words are in it left.
    QUESTION_LEFT = "question_left"
    # A question that nobody works on, and people who work on none.
    SUBGROUP_EMPTY = "subgroup_empty"
    WITHOUT_SUBGROUP = "without_subgroup"
    NOBODY_BRINGS = "nobody_brings"
    READY = "ready"
    PLANS = "plans"
    DATES = "dates"
    NOTHING_TO_READ = "nothing_to_read"
    PREPARE = "prepare"
    # It goes by itself: there is nothing to do, unless somebody wants it otherwise.
    REMINDER = "reminder"
    OVER = "over"


@dataclass(frozen=True)
class Held:
    """A meeting in the plan of a trajectory; numbers count from 1."""

    id: uuid.UUID
    number: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Course:
    """How a trajectory stands, as far as whoever leads it may know."""

    meetings: Sequence[Held]
    has_people: bool = True
    # Of the last meeting that is over.
    is_written_up: bool = True
    is_noted: bool = True
    recap_sent: bool = True
    homework_waits: bool = False
    # Who takes part and was not there, absent or excused, by the numbers of those meetings.
    missed: Mapping[uuid.UUID, frozenset[int]] | None = None
    has_question: bool = True
    left_questions: Sequence[str] = ()
    empty_subgroups: Sequence[int] = ()
    without_subgroup: frozenset[uuid.UUID] = frozenset()
    # Whether somebody's scan or question is not there.
    somebody_waits: bool = False
    # Whether anybody opened a plan to the group after the last meeting.
    has_open_plan: bool = True
    # What is odd about the date of a meeting, in words.
    odd: Mapping[uuid.UUID, Sequence[str]] | None = None
    # Of the next one.
    is_prepared: bool = True
    has_reading: bool = True
    # When the reminder halfway goes; None where none does.
    reminder_at: datetime | None = None


@dataclass(frozen=True)
class Matter:
    """One thing that asks attention, with what it is about."""

    what: What
    meeting: Held | None = None
    # Until when it is in time, or when it goes.
    until: date | None = None
    is_late: bool = False
    people: frozenset[uuid.UUID] = frozenset()
    number: int = 0
    words: Sequence[str] = ()


def matters(course: Course, now: datetime) -> list[Matter]:
    """What asks attention, the most urgent first; nothing else while the group meets."""
    last, following = last_of(course.meetings, now), next_of(course.meetings, now)
    if following and following.starts_at <= now:
        return [Matter(What.NOW, following)]
    if following and not course.has_people:
        return [Matter(What.PEOPLE)]
    found = [
        *(_looking_back(course, last, now) if last else ()),
        *(_on_the_way(course, last, following) if last else ()),
        *(_looking_ahead(course, last, following, now) if following else ()),
    ]
    return found if following else [*found, Matter(What.OVER)]


def next_step(course: Course, now: datetime) -> Matter:
    """The one thing to do: where nothing asks attention, what comes next."""
    found = matters(course, now)
    following = next_of(course.meetings, now)
    return found[0] if found else Matter(What.PREPARE, following)


def _looking_back(course: Course, last: Held, now: datetime) -> Iterator[Matter]:
    """What the last meeting still asks of whoever led it."""
    today = dutch(now).date()
    if not course.is_written_up:
        yield Matter(What.WRITE_UP, last)
    if not course.is_noted and now - last.ends_at <= NOTED_WITHIN:
        yield Matter(What.NOTE_PRESENCE, last)
    if not course.recap_sent and course.has_people:
        until = due_on(last.ends_at)
        yield Matter(What.RECAP, last, until, is_late=today > until)
    if away := frozenset(_away_again(course, last)):
        yield Matter(What.MISSED, last, people=away)


def _away_again(course: Course, last: Held) -> Iterator[uuid.UUID]:
    """Who was not at the last meeting, and neither at one before: whoever came back is not."""
    for person_id, numbers in (course.missed or {}).items():
        if last.number in numbers and len(numbers) > 1:
            yield person_id


def _on_the_way(course: Course, last: Held, following: Held | None) -> Iterator[Matter]:
    """Questions and homework that are nobody's, as long as there is a next meeting for them."""
    if following is None:
        return
    if not course.has_question:
        yield Matter(What.NO_QUESTION)
    for text in course.left_questions:
        yield Matter(What.QUESTION_LEFT, words=(text,))
    for number in course.empty_subgroups:
        yield Matter(What.SUBGROUP_EMPTY, number=number)
    if course.without_subgroup:
        yield Matter(What.WITHOUT_SUBGROUP, people=course.without_subgroup)
    if course.homework_waits:
        yield Matter(What.NOBODY_BRINGS, last)


def _looking_ahead(
    course: Course, last: Held | None, following: Held, now: datetime
) -> Iterator[Matter]:
    if last is None and course.somebody_waits:
        yield Matter(What.READY, following)
    asks_plans = last and last.number > FIRST and now - last.ends_at >= PLANS_AFTER
    if asks_plans and not course.has_open_plan:
        yield Matter(What.PLANS, last)
    ahead = [each for each in course.meetings if each.starts_at > now]
    for each in ahead[:NEAREST]:
        if odd := (course.odd or {}).get(each.id):
            yield Matter(What.DATES, each, words=tuple(odd))
    if following.starts_at - now <= PREPARED_AHEAD:
        if not course.has_reading and following.number > FIRST:
            yield Matter(What.NOTHING_TO_READ, following)
        if not course.is_prepared:
            yield Matter(What.PREPARE, following)
    if course.reminder_at and course.reminder_at - now <= THIS_WEEK:
        yield Matter(What.REMINDER, following, dutch(course.reminder_at).date())
