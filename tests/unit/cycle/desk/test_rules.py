"""What asks a facilitator's attention, when, and in which order."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.cycle.desk.rules import Course, Held, Matter, What, matters, next_step

FIRST = datetime(2027, 3, 3, 14, 30, tzinfo=UTC)
HOURS, DAY, WEEK = timedelta(hours=3), timedelta(days=1), timedelta(weeks=1)
MOMENT = timedelta(seconds=1)
OLGA, SVEN = uuid.UUID(int=1), uuid.UUID(int=2)


def planned(count: int = 3, weeks: int = 4) -> list[Held]:
    return [
        Held(uuid.UUID(int=100 + number), number, begins, begins + HOURS)
        for number in range(1, count + 1)
        for begins in [FIRST + (number - 1) * weeks * WEEK]
    ]


PLAN = planned()
ONE, TWO, THREE = PLAN
# All is done that can be done.
CALM = Course(PLAN)


def asked(course: Course, now: datetime) -> list[What]:
    return [each.what for each in matters(course, now)]


def only(course: Course, now: datetime) -> Matter:
    [found] = matters(course, now)
    return found


@pytest.mark.parametrize(
    "now",
    [FIRST - 9 * WEEK, FIRST - MOMENT, ONE.ends_at, TWO.ends_at + WEEK, TWO.ends_at + 2 * WEEK],
)
def test_a_group_for_which_all_is_done_asks_nothing(now: datetime) -> None:
    assert asked(CALM, now) == []


def test_while_the_group_meets_that_is_all() -> None:
    busy = replace(CALM, has_people=False, is_written_up=False, recap_sent=False)
    for now in (TWO.starts_at, TWO.ends_at - MOMENT):
        assert only(busy, now) == Matter(What.NOW, TWO)


def test_without_people_there_is_one_thing_to_do() -> None:
    alone = replace(
        CALM, has_people=False, recap_sent=False, somebody_waits=True, is_prepared=False
    )
    for now in (FIRST - DAY, ONE.ends_at):
        assert only(alone, now) == Matter(What.PEOPLE)


def test_after_the_last_meeting_it_is_over_and_what_was_still_asks() -> None:
    now = THREE.ends_at + DAY
    assert asked(CALM, now) == [What.OVER]
    late = replace(
        CALM,
        is_written_up=False,
        recap_sent=False,
        homework_waits=True,
        has_question=False,
        is_prepared=False,
        has_open_plan=False,
    )
    assert asked(late, now) == [What.WRITE_UP, What.RECAP, What.OVER]
    assert asked(replace(late, has_people=False), now) == [What.WRITE_UP, What.OVER]


# ---------------------------------------------------------------------------------- looking back


@pytest.mark.parametrize(
    ("after", "is_late"),
    [
        (timedelta(0), False),
        (7 * DAY, False),
        (7 * DAY + timedelta(hours=5), False),
        (8 * DAY, True),
    ],
)
def test_a_recap_is_in_time_until_the_end_of_the_seventh_day(
    after: timedelta, is_late: bool
) -> None:
    found = only(replace(CALM, recap_sent=False), ONE.ends_at + after)
    assert found == Matter(What.RECAP, ONE, date(2027, 3, 10), is_late)


def test_only_the_recap_of_the_last_meeting_is_asked_for() -> None:
    course = replace(CALM, recap_sent=False)
    assert only(course, TWO.ends_at).meeting == TWO
    assert asked(course, FIRST - DAY) == []


@pytest.mark.parametrize(
    ("after", "is_asked"), [(timedelta(0), True), (4 * WEEK, True), (4 * WEEK + MOMENT, False)]
)
def test_who_was_there_is_asked_for_four_weeks(after: timedelta, is_asked: bool) -> None:
    course = replace(Course(planned(weeks=8)), is_noted=False)
    assert (asked(course, ONE.ends_at + after) == [What.NOTE_PRESENCE]) is is_asked


@pytest.mark.parametrize(
    ("missed", "people"),
    [
        ({}, None),
        ({OLGA: {2}}, None),
        # They were there again.
        ({OLGA: {1}}, None),
        ({OLGA: {1, 2}}, {OLGA}),
        ({OLGA: {1, 2}, SVEN: {2}}, {OLGA}),
        ({OLGA: {1, 2}, SVEN: {1, 2}}, {OLGA, SVEN}),
        # Said beforehand of one that is to come.
        ({OLGA: {1, 3}}, None),
    ],
)
def test_somebody_who_was_not_there_twice(
    missed: dict[uuid.UUID, set[int]], people: set[uuid.UUID] | None
) -> None:
    course = replace(CALM, missed={key: frozenset(each) for key, each in missed.items()})
    found = matters(course, TWO.ends_at)
    expected = [Matter(What.MISSED, TWO, people=frozenset(people))] if people else []
    assert found == expected


# ---------------------------------------------------------------------- questions without an owner


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"has_question": False}, What.NO_QUESTION),
        ({"left_questions": ["How?"]}, What.QUESTION_LEFT),
        ({"empty_subgroups": [2]}, What.SUBGROUP_EMPTY),
        ({"without_subgroup": frozenset({OLGA})}, What.WITHOUT_SUBGROUP),
        ({"homework_waits": True}, What.NOBODY_BRINGS),
    ],
)
def test_what_is_nobodys_is_asked_from_the_first_meeting_to_the_last(
    changed: dict[str, Any], what: What
) -> None:
    course = replace(CALM, **changed)
    assert asked(course, FIRST - DAY) == []
    assert asked(course, ONE.ends_at) == [what]
    assert asked(course, THREE.ends_at) == [What.OVER]


def test_each_question_that_was_left_is_a_matter_of_its_own() -> None:
    course = replace(CALM, left_questions=["How?", "Why?"], empty_subgroups=[1, 3])
    found = matters(course, ONE.ends_at)
    assert [(each.words, each.number) for each in found] == [
        (("How?",), 0),
        (("Why?",), 0),
        ((), 1),
        ((), 3),
    ]


# --------------------------------------------------------------------------------- looking ahead


def test_scans_and_questions_are_asked_for_before_the_first_meeting_only() -> None:
    course = replace(CALM, somebody_waits=True)
    assert only(course, FIRST - 9 * WEEK) == Matter(What.READY, ONE)
    assert asked(course, ONE.ends_at) == []


@pytest.mark.parametrize(
    ("now", "is_asked"),
    [
        # After the first meeting nobody makes a plan yet.
        (ONE.ends_at + 2 * WEEK, False),
        (TWO.ends_at + WEEK - MOMENT, False),
        (TWO.ends_at + WEEK, True),
        (THREE.starts_at - MOMENT, True),
    ],
)
def test_plans_are_asked_after_a_week_from_the_second_meeting_on(
    now: datetime, is_asked: bool
) -> None:
    found = asked(replace(CALM, has_open_plan=False), now)
    assert found == ([What.PLANS] if is_asked else [])


def test_only_the_two_dates_that_come_next_are_looked_at() -> None:
    plan = planned(6)
    course = Course(plan, odd={each.id: [f"Odd {each.number}."] for each in plan})
    now = plan[1].ends_at
    assert [(each.meeting, each.words) for each in matters(course, now)] == [
        (plan[2], ("Odd 3.",)),
        (plan[3], ("Odd 4.",)),
    ]
    calm = replace(course, odd={plan[5].id: ["Odd 6."], plan[0].id: ["Odd 1."], plan[2].id: []})
    assert asked(calm, now) == []


@pytest.mark.parametrize(
    ("changed", "what"),
    [({"is_prepared": False}, What.PREPARE), ({"has_reading": False}, What.NOTHING_TO_READ)],
)
def test_the_next_meeting_is_prepared_in_the_two_weeks_before_it(
    changed: dict[str, Any], what: What
) -> None:
    course = replace(CALM, **changed)
    assert asked(course, TWO.starts_at - 2 * WEEK - MOMENT) == []
    for before in (2 * WEEK, MOMENT):
        assert only(course, TWO.starts_at - before) == Matter(what, TWO)


def test_nothing_is_read_for_the_first_meeting() -> None:
    assert asked(replace(CALM, has_reading=False), FIRST - DAY) == []


@pytest.mark.parametrize(
    ("before", "is_told"), [(WEEK + MOMENT, False), (WEEK, True), (timedelta(0), True)]
)
def test_a_reminder_is_told_of_in_the_week_before_it_goes(before: timedelta, is_told: bool) -> None:
    at = ONE.ends_at + 2 * WEEK
    found = matters(replace(CALM, reminder_at=at), at - before)
    assert found == ([Matter(What.REMINDER, TWO, date(2027, 3, 17))] if is_told else [])


# --------------------------------------------------------------------------------- in which order

COURSES = st.builds(
    Course,
    meetings=st.builds(planned, count=st.integers(0, 6), weeks=st.integers(1, 8)),
    has_people=st.booleans(),
    is_written_up=st.booleans(),
    is_noted=st.booleans(),
    recap_sent=st.booleans(),
    homework_waits=st.booleans(),
    missed=st.dictionaries(
        st.sampled_from([OLGA, SVEN]), st.frozensets(st.integers(1, 6)), max_size=2
    ),
    has_question=st.booleans(),
    left_questions=st.lists(st.just("How?"), max_size=2),
    empty_subgroups=st.lists(st.integers(1, 3), max_size=2),
    without_subgroup=st.sampled_from([frozenset(), frozenset({OLGA})]),
    somebody_waits=st.booleans(),
    has_open_plan=st.booleans(),
    odd=st.just({each.id: ["Odd."] for each in planned(6)}),
    is_prepared=st.booleans(),
    has_reading=st.booleans(),
    reminder_at=st.none() | st.just(FIRST + 2 * WEEK),
)
NOWS = st.integers(-20, 60).map(lambda days: FIRST + days * DAY)


def order(found: Sequence[Matter]) -> list[int]:
    return [list(What).index(each.what) for each in found]


@given(COURSES, NOWS)
def test_the_most_urgent_comes_first_and_is_the_next_step(course: Course, now: datetime) -> None:
    found = matters(course, now)
    assert order(found) == sorted(order(found))
    step = next_step(course, now)
    assert step == found[0] if found else step.what is What.PREPARE


@given(COURSES, NOWS)
def test_nothing_is_asked_of_a_meeting_that_is_not_there(course: Course, now: datetime) -> None:
    for each in matters(course, now):
        assert each.meeting is None or each.meeting in course.meetings
        if each.meeting and each.what in {What.WRITE_UP, What.RECAP, What.MISSED, What.PLANS}:
            assert each.meeting.ends_at <= now
        if each.meeting and each.what in {What.PREPARE, What.READY, What.DATES, What.REMINDER}:
            assert each.meeting.starts_at > now


@given(COURSES, NOWS)
def test_what_is_done_asks_for_less_and_for_nothing_new(course: Course, now: datetime) -> None:
    done = replace(course, is_written_up=True, is_noted=True, recap_sent=True, is_prepared=True)
    assert set(asked(done, now)) <= set(asked(course, now))


@given(COURSES, NOWS)
def test_it_is_the_same_whenever_it_is_asked(course: Course, now: datetime) -> None:
    assert matters(course, now) == matters(course, now)
