"""The page on which a facilitator plans: dates with what is odd about them, moved and cancelled."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from tests.application import Stored
from tests.factories import Maker, Someone, Trajectory
from tests.pages.client import Browser, Page
from tests.pages.statements import statements
from tests.people import CLOSED, Browse, sign_in
from zetwpo.accounts.actors import Role
from zetwpo.clock import dutch
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.cycle.trajectories.models import Trajectory as TrajectoryRow
from zetwpo.extensions import db

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
# On Wednesdays: 20 January, 17 February, 17 March, 14 April, 12 May, 9 June.
FIRST = date(2027, 1, 20)
WEEK = timedelta(weeks=1)


@pytest.fixture(autouse=True)
def time() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW) as traveller:
        yield traveller


@pytest.fixture
def group(make: Maker, facilitator: Someone, owner: Someone) -> Trajectory:
    return make.trajectory(facilitator, owner, first_day=FIRST)


def days(stored: Stored) -> list[date]:
    found = stored.values(sa.select(Meeting.starts_at).order_by(Meeting.number))
    return [dutch(each).date() for each in found]


def numbers(stored: Stored) -> list[int]:
    return stored.values(sa.select(Meeting.number).order_by(Meeting.starts_at))


def move(fem: Browser, group: Trajectory, number: int, **typed: str) -> Page:
    return fem.get(f"{group.meeting(number)}/move").send(typed)


def rows(page: Page) -> list[str]:
    """What the plan says of each meeting."""
    [listed] = [each for each in page.main.all("ol") if each.get("class") == "kept"]
    return [each.text for each in listed.children if getattr(each, "tag", "") == "li"]


# ------------------------------------------------------------------------------ where they fall


def test_meetings_fall_outside_holidays_and_breaks(
    make: Maker, facilitator: Someone, stored: Stored
) -> None:
    place = make.partnership()
    make.school_break(place, "Spring break", date(2027, 2, 13), date(2027, 2, 21))
    make.school_break(place, "May break", date(2027, 4, 24), date(2027, 5, 9))
    make.trajectory(facilitator, first_day=FIRST)
    assert days(stored) == [
        date(2027, 1, 20),
        # A week before the break, and four weeks on from there.
        date(2027, 2, 10),
        date(2027, 3, 10),
        date(2027, 4, 7),
        # After the break, as that is nearer.
        date(2027, 5, 12),
        date(2027, 6, 9),
    ]


def test_each_meeting_begins_at_the_same_time_on_the_wall(
    group: Trajectory, stored: Stored
) -> None:
    starts = stored.values(sa.select(Meeting.starts_at).order_by(Meeting.number))
    assert {f"{dutch(each):%H:%M}" for each in starts} == {"15:30"}
    assert {each.utcoffset() for each in starts} == {timedelta(0)}
    assert {each.hour for each in starts} == {13, 14}


# ---------------------------------------------------------------------------- what is odd about


def test_what_is_odd_stands_beside_each(
    fem: Browser, make: Maker, facilitator: Someone, group: Trajectory
) -> None:
    for number, typed in {
        2: {"day": "2027-03-13"},
        3: {"day": "2027-03-29", "begins": "07:30"},
        4: {"day": "2027-04-28", "begins": "16:00", "minutes": "180"},
    }.items():
        # The later one first, so that they stay in order.
        assert move(fem, group, number, **typed).status in {303, 422}
    move(fem, group, 4, day="2027-04-28", begins="16:00")
    move(fem, group, 3, day="2027-03-29", begins="07:30")
    move(fem, group, 2, day="2027-03-13")
    make.school_break(make.partnership(), "May break", date(2027, 4, 24), date(2027, 5, 9))
    first, second, third, fourth, fifth, _sixth = rows(fem.get(f"{group.path}/dates"))
    assert "odd" not in first
    assert "This is at the weekend." in second
    assert "More than a month after the one before: 52 days." in second
    assert "This is a holiday: Easter Monday." in third
    assert "This begins before 8 in the morning." in third
    assert "This is in a school break: May break." in fourth
    assert "This ends after 6 in the evening." in fourth
    assert "More than" not in fifth


# -------------------------------------------------------------------------------------- moving one


def test_a_meeting_is_moved(fem: Browser, group: Trajectory, stored: Stored) -> None:
    page = move(fem, group, 3, day="2027-03-24", begins="14:00", minutes="120", place="Room 9")
    assert "Everybody in the trajectory gets an email" in page.follow().text
    row = stored.rows(
        sa.select(Meeting.starts_at, Meeting.minutes, Meeting.place, Meeting.sequence).where(
            Meeting.number == 3
        )
    )
    assert row == [(datetime(2027, 3, 24, 13, tzinfo=UTC), 120, "Room 9", 1)]


def test_what_stays_the_same_tells_nobody(fem: Browser, group: Trajectory, stored: Stored) -> None:
    before = stored.everything()
    page = move(fem, group, 3).follow()
    assert "email" not in page.text
    assert stored.everything() == before


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"day": "2026-12-16"}, "day", "This moment has passed."),
        ({"day": "2030-12-16"}, "day", "more than two years ahead"),
        ({"day": "2027-02-17"}, "day", "The meeting before it is on this day too."),
        ({"day": "2027-04-14"}, "day", "The meeting after it is on this day too."),
        ({"day": "2027-02-16"}, "day", "earlier than the meeting before it"),
        ({"day": "2027-04-15"}, "day", "later than the meeting after it"),
        ({"day": ""}, "day", "Choose a day."),
        ({"day": "the third of May"}, "day", "Choose a day."),
        ({"day": "0001-01-01", "begins": "00:00"}, "day", "Choose a day."),
        ({"day": "9999-12-31", "begins": "23:59", "minutes": "480"}, "day", "Choose a day."),
        ({"begins": "soon"}, "begins", "Fill in a time"),
        ({"begins": "25:00"}, "begins", "Fill in a time"),
        ({"minutes": "5"}, "minutes", "Fill in a whole number"),
        ({"minutes": "many"}, "minutes", "Fill in a whole number"),
        ({"place": "R" * 121}, "place", "there is room for 120"),
        ({"day": "2027-03-28", "begins": "02:30"}, "begins", "This time does not exist"),
    ],
)
def test_what_cannot_be_is_said_at_its_place_and_what_was_typed_is_kept(
    fem: Browser,
    group: Trajectory,
    stored: Stored,
    typed: dict[str, str],
    field: str,
    words: str,
) -> None:
    before = stored.everything()
    page = move(fem, group, 3, **typed)
    assert page.status == 422
    assert page.errors == [field]
    assert words in page.text
    assert {name: page.value(name) for name in typed} == typed
    assert stored.everything() == before


def test_a_time_that_comes_twice_is_none(fem: Browser, make: Maker, facilitator: Someone) -> None:
    group = make.trajectory(facilitator, first_day=date(2027, 10, 24), count=1)
    page = move(fem, group, 1, day="2027-10-31", begins="02:00")
    assert page.errors == ["begins"]
    assert "This time comes twice on this day" in page.text
    assert move(fem, group, 1, day="2027-10-31", begins="03:00").status == 303


def test_a_meeting_that_has_begun_stays(
    fem: Browser,
    facilitator: Someone,
    group: Trajectory,
    stored: Stored,
    time: time_machine.Traveller,
) -> None:
    page = fem.get(f"{group.meeting(1)}/move")
    time.move_to(datetime(2027, 1, 20, 14, 31, tzinfo=UTC))
    sign_in(fem, facilitator)
    before = stored.everything()
    answer = page.send({"day": "2027-01-27"})
    assert answer.status == 409
    assert "This meeting is going on or over" in answer.text
    assert stored.everything() == before
    assert not fem.get(f"{group.meeting(1)}/move").main.all("form", method="post")
    assert "going on now" in rows(fem.get(f"{group.path}/dates"))[0]


def test_two_facilitators_both_keep_what_they_filled_in(
    fem: Browser, make: Maker, browse: Browse, group: Trajectory, stored: Stored
) -> None:
    ina = make.person("Ina Institute", Role.FACILITATOR)
    make.lead(group, ina)
    path = f"{group.meeting(3)}/move"
    first, second = fem.get(path), browse(ina).get(path)
    first.send({"day": "2027-03-24"})
    # What she did not touch is as the other one left it.
    assert second.send({"place": "Room 9"}).status == 303
    third = fem.get(path)
    browse(ina).get(path).send({"day": "2027-03-18", "place": "Room 10"})
    answer = third.send({"day": "2027-03-25"})
    assert answer.status == 409
    assert answer.errors == ["day"]
    assert "2027-03-18" in answer.text
    assert (answer.value("day"), answer.value("place")) == ("2027-03-25", "Room 10")
    assert days(stored)[2] == date(2027, 3, 18)
    assert answer.send().status == 303
    assert days(stored)[2] == date(2027, 3, 25)


def test_two_who_together_choose_what_cannot_be_see_both(
    fem: Browser, group: Trajectory, stored: Stored
) -> None:
    path = f"{group.meeting(3)}/move"
    first, second = fem.get(path), fem.get(path)
    first.send({"day": "2027-03-28"})
    answer = second.send({"begins": "02:30"})
    assert answer.status == 422
    assert answer.errors == ["begins"]
    assert "This time does not exist on this day" in answer.text
    # The day that the other one chose, with the time that was typed here.
    assert (answer.value("day"), answer.value("begins")) == ("2027-03-28", "02:30")
    assert answer.send({"begins": "14:00"}).status == 303
    assert days(stored)[2] == date(2027, 3, 28)


def test_the_plan_takes_as_many_statements_for_twelve_meetings_as_for_two(
    fem: Browser, make: Maker, facilitator: Someone
) -> None:
    def counted(group: Trajectory) -> int:
        fem.get(f"{group.path}/dates")
        with statements(fem.app) as taken:
            fem.get(f"{group.path}/dates")
        return len(taken)

    small, large = (make.trajectory(facilitator, first_day=FIRST, count=each) for each in (2, 12))
    assert counted(small) == counted(large)


def test_two_who_move_neighbours_at_once_never_change_their_order(
    fem: Browser, make: Maker, browse: Browse, group: Trajectory, stored: Stored
) -> None:
    ina = make.person("Ina Institute", Role.FACILITATOR)
    make.lead(group, ina)
    pages = [
        fem.get(f"{group.meeting(3)}/move"),
        browse(ina).get(f"{group.meeting(4)}/move"),
    ]
    wishes = ["2027-04-10", "2027-03-20"]
    with ThreadPoolExecutor(2) as pool:
        answers = list(
            pool.map(lambda at: at[0].send({"day": at[1]}), zip(pages, wishes, strict=True))
        )
    assert sorted(each.status for each in answers) == [303, 422]
    assert days(stored) == sorted(days(stored))


# ------------------------------------------------------------------------ one more, one less


def test_one_more_is_proposed_after_the_last(
    fem: Browser, group: Trajectory, stored: Stored
) -> None:
    page = fem.get(f"{group.path}/dates")
    assert (page.value("day"), page.value("begins")) == ("2027-07-07", "15:30")
    sent = page.send()
    assert sent.status == 303
    assert days(stored)[-1] == date(2027, 7, 7)
    # The same page once more is the same meeting.
    page.send()
    assert len(days(stored)) == 7


def test_one_more_in_between_gives_the_later_ones_another_number(
    fem: Browser, group: Trajectory, stored: Stored
) -> None:
    fem.get(f"{group.path}/dates").send({"day": "2027-03-03"})
    assert numbers(stored) == [1, 2, 3, 4, 5, 6, 7]
    assert days(stored)[2] == date(2027, 3, 3)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-12-02", "This moment has passed."),
        ("2027-02-17", "is on this day too"),
        ("2027-01-13", "The first meeting stays the first."),
    ],
)
def test_one_more_needs_a_day_of_its_own(
    fem: Browser, group: Trajectory, stored: Stored, day: str, words: str
) -> None:
    page = fem.get(f"{group.path}/dates").send({"day": day, "place": "Room 9"})
    assert page.status == 422
    assert words in page.text
    assert page.value("place") == "Room 9"
    assert len(days(stored)) == 6


def test_there_is_room_for_twelve(fem: Browser, make: Maker, facilitator: Someone) -> None:
    group = make.trajectory(facilitator, first_day=FIRST, count=12)
    page = fem.get(f"{group.path}/dates").send()
    assert page.status == 422
    assert "There is no room for more meetings." in page.text


def test_one_is_cancelled_after_a_question(fem: Browser, group: Trajectory, stored: Stored) -> None:
    page = fem.get(f"{group.meeting(3)}/cancel")
    assert "Wednesday, 17 March 2027, 15:30–18:30" in page.text
    assert len(days(stored)) == 6
    sent = page.send()
    assert "The meeting is cancelled." in sent.follow().text
    assert numbers(stored) == [1, 2, 3, 4, 5]
    assert days(stored)[2] == date(2027, 4, 14)
    # A second click finds none, and leads to where the first one led.
    assert page.send().location == sent.location
    assert numbers(stored) == [1, 2, 3, 4, 5]


def test_the_first_one_and_what_has_been_are_not_cancelled(
    fem: Browser,
    browse: Browse,
    facilitator: Someone,
    group: Trajectory,
    stored: Stored,
    time: time_machine.Traveller,
) -> None:
    assert fem.get(f"{group.meeting(1)}/cancel").status == 303
    assert fem.post(f"{group.meeting(1)}/cancel").status == 303
    time.move_to(datetime(2027, 2, 17, 9, tzinfo=UTC))
    fem = browse(facilitator)
    page = fem.get(f"{group.meeting(2)}/cancel")
    time.move_to(datetime(2027, 2, 17, 15, tzinfo=UTC))
    sign_in(fem, facilitator)
    assert "This meeting is going on or over" in page.send().follow().text
    assert len(days(stored)) == 6


def test_a_closed_trajectory_keeps_its_dates(
    fem: Browser, group: Trajectory, make: Maker, stored: Stored
) -> None:
    page, move_page = fem.get(f"{group.path}/dates"), fem.get(f"{group.meeting(3)}/move")
    with make.request():
        db.session.execute(sa.update(TrajectoryRow).values(closed_at=NOW))
    for answer in (page.send(), move_page.send({"day": "2027-03-24"})):
        assert answer.status == 409
        assert "This trajectory is closed" in answer.text
    assert days(stored)[2] == date(2027, 3, 17)
    assert not fem.get(f"{group.path}/dates").main.all("form", method="post")


# ---------------------------------------------------------------------------------------- who may


@pytest.mark.parametrize("who", ["owner", "stranger", "programme_leader", "school_leader", "other"])
def test_nobody_else_plans(
    request: pytest.FixtureRequest, make: Maker, browse: Browse, group: Trajectory, who: str
) -> None:
    person = (
        make.person("Otto Other", Role.FACILITATOR)
        if who == "other"
        else request.getfixturevalue(who)
    )
    browser, one = browse(person), group.meetings[2]
    for path in (f"{group.path}/dates", f"/meetings/{one}/move", f"/meetings/{one}/cancel"):
        assert browser.get(path).status in CLOSED
        assert browser.post(path).status in CLOSED


def test_whoever_left_plans_no_more(
    fem: Browser, make: Maker, group: Trajectory, facilitator: Someone
) -> None:
    make.lead(group, make.person("Ina Institute", Role.FACILITATOR))
    page = fem.get(f"{group.meeting(3)}/move")
    make.left(group, facilitator)
    assert page.send({"day": "2027-03-24"}).status in CLOSED
