"""The desk: what asks attention in all trajectories of somebody, and nothing of what is closed."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from tests.application import Stored
from tests.factories import Maker, Someone, Trajectory
from tests.pages.client import Browser, Page
from tests.pages.statements import statements
from tests.people import Browse
from zetwpo.accounts.actors import Role

Clock = time_machine.Traveller
FIRST = date(2027, 3, 3)
BEGINS = datetime.fromisoformat("2027-03-03T14:30:00+00:00")
HOURS, WEEK = timedelta(hours=3), timedelta(weeks=1)


@pytest.fixture(autouse=True)
def time() -> Iterator[Clock]:
    with time_machine.travel(BEGINS - 9 * WEEK, tick=False) as time:
        yield time


@pytest.fixture
def trajectory(
    make: Maker, facilitator: Someone, owner: Someone, stranger: Someone, time: Clock
) -> Trajectory:
    """Everything is done for it that is to be done before it begins."""
    made = make.trajectory(facilitator, owner, stranger, title="Ask more", first_day=FIRST, count=3)
    for person in (owner, stranger):
        make.learning_question(make.scan(person), "How do I ask more?")
    make.questions_opened(made, facilitator)
    make.common_question(made, facilitator, "How do we ask more?")
    return made


def lines(page: Page, title: str = "Ask more") -> list[str]:
    """What asks attention in this trajectory."""
    found = [each for each in page.main.all("section") if title in each.all("h2")[0].text]
    return [each.text for section in found for each in section.all("h3")]


def desk(browse: Browse, person: Someone) -> Page:
    return browse(person).get("/desk")


def written_up(make: Maker, trajectory: Trajectory, number: int, *people: Someone) -> None:
    """All that a meeting asks of whoever led it."""
    for person in people:
        make.noted(trajectory, number, person, "present")
    make.agreements(trajectory, number, "Noted.", "Read the plan.", people, "deepen")


def without_reminder(browser: Browser, trajectory: Trajectory) -> None:
    browser.get(f"{trajectory.path}/halfway").send({"is_on": "no"}, form="halfway")


def test_nothing_asks_attention_where_all_is_done(
    browse: Browse, facilitator: Someone, trajectory: Trajectory
) -> None:
    page = desk(browse, facilitator)
    assert "Nothing asks your attention this week." in page.text
    assert page.main.all("h3")[0].text == "Ask more"
    assert trajectory.path in page.links


def test_whoever_leads_nothing_is_told_so(browse: Browse, facilitator: Someone) -> None:
    assert "You lead no trajectory at this moment." in desk(browse, facilitator).text


def test_each_line_leads_to_where_it_is_done(
    browse: Browse,
    make: Maker,
    facilitator: Someone,
    trajectory: Trajectory,
    owner: Someone,
    stranger: Someone,
    time: Clock,
) -> None:
    first, second = (f"/meetings/{each}" for each in trajectory.meetings[:2])
    time.move_to(BEGINS + HOURS)
    page = desk(browse, facilitator)
    assert lines(page) == [
        "Write down what you agreed at meeting 1",
        "Note who was at meeting 1",
        "Send the recap of meeting 1",
    ]
    assert "until Wednesday, 10 March 2027" in page.text
    for address in (f"{first}/agreements", f"{first}/attendance", f"{first}/recap"):
        assert address in page.links
    for person in (owner, stranger):
        make.noted(trajectory, 1, person, "present")
    make.agreements(trajectory, 1, homework="Read the plan.")
    make.recap(trajectory, 1, facilitator)
    assert lines(desk(browse, facilitator)) == ["Who brings the homework in?"]
    make.agreements(trajectory, 1, homework="Read the plan.", bringers=[owner])
    assert lines(desk(browse, facilitator)) == []
    without_reminder(browse(facilitator), trajectory)
    time.move_to(BEGINS + 3 * WEEK)
    page = desk(browse, facilitator)
    assert lines(page) == ["Choose what to read for meeting 2", "Prepare meeting 2"]
    for address in (f"{second}/reading", f"{second}/preparation"):
        assert address in page.links
    make.prepared(trajectory, 2, "Words")
    assert lines(desk(browse, facilitator)) == ["Choose what to read for meeting 2"]


def test_a_recap_that_is_late_says_so_in_words(
    browse: Browse, make: Maker, facilitator: Someone, trajectory: Trajectory, time: Clock
) -> None:
    time.move_to(BEGINS + HOURS + 8 * timedelta(days=1))
    assert "was to have it by Wednesday, 10 March 2027" in desk(browse, facilitator).text


def test_a_reminder_that_is_about_to_go_is_told_of(
    browse: Browse,
    make: Maker,
    facilitator: Someone,
    trajectory: Trajectory,
    owner: Someone,
    stranger: Someone,
    time: Clock,
) -> None:
    written_up(make, trajectory, 1, owner, stranger)
    time.move_to(BEGINS + HOURS)
    make.recap(trajectory, 1, facilitator)
    assert lines(desk(browse, facilitator)) == []
    time.move_to(BEGINS + 8 * timedelta(days=1))
    page = desk(browse, facilitator)
    assert lines(page) == ["A reminder goes by itself"]
    assert "On Wednesday, 17 March 2027" in page.text
    assert f"{trajectory.path}/halfway" in page.links
    without_reminder(browse(facilitator), trajectory)
    assert lines(desk(browse, facilitator)) == []


def test_who_was_not_there_twice_is_named_to_whoever_leads(
    browse: Browse,
    make: Maker,
    facilitator: Someone,
    trajectory: Trajectory,
    owner: Someone,
    stranger: Someone,
    time: Clock,
) -> None:
    written_up(make, trajectory, 1, owner)
    make.noted(trajectory, 1, stranger, "excused")
    written_up(make, trajectory, 2, owner)
    make.noted(trajectory, 2, stranger, "absent")
    time.move_to(BEGINS + 4 * WEEK + HOURS)
    make.recap(trajectory, 2, facilitator)
    page = desk(browse, facilitator)
    assert lines(page) == ["Somebody was not there again"]
    assert "Sven Stranger was not at meeting 2, nor at one before it." in page.text
    assert "Olga" not in page.text
    # Whoever left misses nothing.
    make.left(trajectory, stranger)
    assert lines(desk(browse, facilitator)) == []


def test_a_closed_plan_changes_nothing_and_an_open_one_does(
    browse: Browse,
    make: Maker,
    facilitator: Someone,
    trajectory: Trajectory,
    owner: Someone,
    stranger: Someone,
    time: Clock,
) -> None:
    written_up(make, trajectory, 2, owner, stranger)
    time.move_to(BEGINS + 5 * WEEK + HOURS)
    make.recap(trajectory, 2, facilitator)
    before = desk(browse, facilitator)
    assert "Ask the group how their plans are going" in lines(before)
    make.plan(trajectory, owner, "I wait", number=2)
    make.note(trajectory, owner, "I waited", number=2)
    assert desk(browse, facilitator).text == before.text
    opened = make.plan(trajectory, stranger, "I ask", is_open=True, number=2)
    assert "Ask the group how their plans are going" not in lines(desk(browse, facilitator))
    make.closed_plan(opened)
    assert desk(browse, facilitator).text == before.text
    make.plan(trajectory, stranger, "I ask", is_open=True, number=2)
    make.left(trajectory, stranger)
    assert "Ask the group how their plans are going" in lines(desk(browse, facilitator))


def test_a_question_whose_authors_left_is_nobodys(
    browse: Browse,
    make: Maker,
    facilitator: Someone,
    owner: Someone,
    stranger: Someone,
    time: Clock,
) -> None:
    made = make.trajectory(facilitator, owner, stranger, first_day=FIRST, count=3, title="Ask more")
    make.brought_in(made, stranger, "How do I wait?")
    make.questions_opened(made, facilitator)
    make.common_question(made, facilitator, "How do we wait?", stranger)
    written_up(make, made, 1, owner)
    time.move_to(BEGINS + HOURS)
    make.recap(made, 1, facilitator)
    assert lines(desk(browse, facilitator)) == []
    make.left(made, stranger)
    page = desk(browse, facilitator)
    assert lines(page) == ["A question without its authors"]
    assert "How do we wait?" in page.text
    assert "How do I wait?" not in page.text


def test_subgroups_without_people_and_people_without_one(
    browse: Browse,
    make: Maker,
    facilitator: Someone,
    trajectory: Trajectory,
    owner: Someone,
    stranger: Someone,
    time: Clock,
) -> None:
    make.subgroup(trajectory, facilitator, "pedagogical", stranger)
    written_up(make, trajectory, 1, owner, stranger)
    time.move_to(BEGINS + HOURS)
    make.recap(trajectory, 1, facilitator)
    page = desk(browse, facilitator)
    assert lines(page) == ["Somebody is in no subgroup"]
    assert "Without a question to work on: Olga Owner." in page.text
    make.left(trajectory, stranger)
    assert lines(desk(browse, facilitator)) == [
        "A question that nobody works on",
        "Somebody is in no subgroup",
    ]


def test_dates_on_a_holiday_and_too_far_apart(
    browse: Browse, facilitator: Someone, trajectory: Trajectory
) -> None:
    move = f"{trajectory.meeting(2)}/move"
    browser = browse(facilitator)
    # On the day of the King, and nearly eight weeks after the first one.
    for day in ("2027-04-28", "2027-04-27"):
        last = browser.get(f"{trajectory.meeting(3)}/move")
        last.send({"day": "2027-05-20"}, form="move")
        assert browser.get(move).send({"day": day}, form="move").status == 303
        page = browser.get("/desk")
        assert lines(page) == ["Look at the date of meeting 2"]
        assert "More than a month after the one before" in page.text
        assert ("This is a holiday" in page.text) is (day == "2027-04-27")
        assert move in page.links


def test_five_trajectories_of_twelve_cost_as_many_statements_as_one(
    app: Flask,
    browse: Browse,
    make: Maker,
    facilitator: Someone,
    trajectory: Trajectory,
    time: Clock,
) -> None:
    people = [make.person(f"Person {number}", Role.SUPERVISOR) for number in range(12)]
    time.move_to(BEGINS + HOURS)
    browser = browse(facilitator)
    with statements(app) as few:
        browser.get("/desk")
    time.move_to(BEGINS - 9 * WEEK)
    for number in range(4):
        make.trajectory(facilitator, *people, title=f"Group {number}", first_day=FIRST, count=6)
    time.move_to(BEGINS + HOURS)
    with statements(app) as many:
        page = browser.get("/desk")
    assert "Group 3" in page.text
    assert len(many) == len(few)


def test_only_whoever_leads_it_finds_it_on_a_desk(
    browse: Browse,
    make: Maker,
    trajectory: Trajectory,
    owner: Someone,
    facilitator: Someone,
    programme_leader: Someone,
    school_leader: Someone,
    administrator: Someone,
    time: Clock,
) -> None:
    time.move_to(BEGINS + HOURS)
    for person in (owner, programme_leader, school_leader, administrator):
        assert browse(person).get("/desk").status == 403
    other = make.person("Otto Other", Role.FACILITATOR)
    elsewhere = make.person("Els Elsewhere", Role.FACILITATOR, partnership="Elsewhere")
    for person in (other, elsewhere):
        assert "Ask more" not in desk(browse, person).text
    make.lead(trajectory, other)
    assert lines(desk(browse, other)) == lines(desk(browse, facilitator)) != []


def test_a_closed_trajectory_asks_nothing_and_is_found_below(
    browse: Browse, make: Maker, facilitator: Someone, trajectory: Trajectory, time: Clock
) -> None:
    time.move_to(BEGINS + 20 * WEEK)
    assert "All meetings are over" in lines(desk(browse, facilitator))
    make.closed(trajectory)
    page = desk(browse, facilitator)
    assert lines(page) == []
    assert "closed since" in page.text


def test_looking_changes_nothing(
    browse: Browse, facilitator: Someone, trajectory: Trajectory, stored: Stored
) -> None:
    browser = browse(facilitator)
    before = stored.everything()
    browser.get("/desk")
    assert stored.everything() == before


def folded(page: Page) -> tuple[bool, list[str]]:
    """Whether the links of facilitators stand open, and what they are called."""
    [found] = page.main.all("nav")[0].all("details") or [None]
    if found is None:
        return False, []
    return "open" in found.attributes, [each.text for each in found.all("a")]


def test_the_pages_of_facilitators_are_folded_until_one_is_open(
    browse: Browse, facilitator: Someone, owner: Someone, trajectory: Trajectory
) -> None:
    browser = browse(facilitator)
    is_open, links = folded(browser.get(trajectory.path))
    assert not is_open
    assert links[:3] == ["Before meeting one", "Dates", "Pairs"]
    assert links[-1] == "Your desk, of all your groups"
    is_open, again = folded(browser.get(f"{trajectory.path}/dates"))
    assert is_open
    assert again == links
    assert folded(browse(owner).get(trajectory.path)) == (False, [])


def test_the_first_page_leads_to_the_desk(
    browse: Browse, facilitator: Someone, trajectory: Trajectory, time: Clock
) -> None:
    time.move_to(BEGINS + HOURS)
    browser: Browser = browse(facilitator)
    page = browser.get("/start")
    assert "And more on your desk" in page.text
    assert "/desk" in page.links
